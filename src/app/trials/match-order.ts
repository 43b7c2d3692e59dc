import { readFileSync } from 'node:fs'
import { readAssay } from '../../intake/candidate/own-candidate.ts'
import type { Assay } from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'
import { notJson } from '../../terms/not-json.ts'
import type { Arguments } from '../command.ts'
import { type PostalCodes, readPostalCodes } from './postal-codes.ts'

/** What "garrod trials match" was asked. */
export interface MatchOrder {
  readonly trials: readonly string[]
  readonly patients: readonly string[]
  /** Files of signatures of drafts. */
  readonly signed: readonly string[]
  readonly patient: string | undefined
  readonly trial: string | undefined
  readonly assay: Assay | undefined
  /** YYYY-MM-DD. */
  readonly today: string
  readonly closed: boolean
  readonly deceased: boolean
  readonly compat: boolean
  /** A site must be open within so many kilometres of where the person lives. */
  readonly withinKilometres?: number
  readonly postalCodes?: PostalCodes
  readonly json: boolean
}

/** Reads the options. Throws USAGE_TRIALS, USAGE_DATE, USAGE_COMPAT. */
export function matchOrder(input: Arguments): MatchOrder {
  const trials = input.texts('trials')
  const patients = input.texts('patients')
  if (trials.length === 0 || patients.length === 0) {
    throw new Fault(
      'USAGE_TRIALS',
      'garrod trials match',
      `no file of ${trials.length === 0 ? 'trials' : 'patients'} is named`,
      'Give --trials FILE and --patients FILE.',
    )
  }
  const compat = input.text('compat')
  if (compat !== undefined && compat !== 'matchminer') {
    throw new Fault('USAGE_COMPAT', '--compat', `"${compat}" is not a matcher`, 'Write --compat matchminer.')
  }
  const codes = input.text('postal-codes')
  const today = input.text('as-of') ?? new Date().toISOString().slice(0, 10)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today) || Number.isNaN(Date.parse(today)))
    throw new Fault('USAGE_DATE', '--as-of', `"${today}" is no date`, 'Write YYYY-MM-DD.')
  return {
    trials,
    patients,
    signed: input.texts('signed'),
    today,
    patient: input.text('patient'),
    trial: input.text('trial'),
    assay: assayOf(input.text('assay')),
    closed: input.flag('closed'),
    deceased: input.flag('deceased'),
    compat: compat !== undefined,
    ...kilometresOf(input.text('within')),
    ...(codes === undefined ? {} : { postalCodes: readPostalCodes(codes) }),
    json: input.flag('json'),
  }
}

function kilometresOf(text: string | undefined): Pick<MatchOrder, 'withinKilometres'> {
  if (text === undefined) return {}
  if (!/^\d{1,5}(\.\d+)?$/.test(text))
    throw new Fault('USAGE_DISTANCE', '--within', `"${text}" is no distance`, 'Write kilometres, as 80.')
  return { withinKilometres: Number(text) }
}

function assayOf(path: string | undefined): Assay | undefined {
  if (path === undefined) return undefined
  const text = readFileSync(path, 'utf8')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new Fault('ASSAY_UNREADABLE', path, notJson(error, text), 'Give JSON with name, genes and finds.')
  }
  return readAssay(document, path)
}
