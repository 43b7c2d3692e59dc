import { basename } from 'node:path'
import type { DrugAdvice } from '../../../decide/plan.ts'
import type { TargetSituation } from '../../../decide/target/option.ts'
import { readGenotypes } from '../../../intake/receive.ts'
import { drugBook } from '../../../knowledge/drug.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import { approvals } from '../../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../../knowledge/tumor/combination.ts'
import type { GenotypeSet } from '../../../record/genotype.ts'
import type { PatientRecord } from '../../../record/patient-record.ts'
import type { PersonCondition } from '../../../record/person-condition.ts'
import type { TumorPart } from '../../../record/tumor-part.ts'
import { Fault } from '../../../terms/fault.ts'
import { patientId } from '../../../terms/ids.ts'
import type { Arguments } from '../../command.ts'
import { choiceOption } from '../../command-line/choice-option.ts'
import { readOutsideFile } from '../../command-line/outside-file.ts'
import { readConfig } from '../../config.ts'
import { type Garrod, openGarrod } from '../../garrod.ts'
import { planFor } from '../../pgx/whole-plan.ts'
import { givenTreatments } from '../given-treatments.ts'
import { clearanceStated, conditionsNamed } from '../person-conditions.ts'

/**
 * What the options say of the patient beside the tumour: --stage, --lines-given, --given, --given-advanced, --condition, --creatinine-clearance, --age, --sex, --outside, --germline. Throws USAGE_CHOICE, USAGE_NUMBER and
 * the faults of genotype files and sheets.
 */
export async function situationOf(input: Arguments, facts: Facts): Promise<TargetSituation> {
  const stage = input.text('stage')
  if (stage !== undefined && stage !== 'early' && stage !== 'advanced')
    throw new Fault('USAGE_CHOICE', '--stage', `"${stage}" is not a choice`, 'Use early or advanced.')
  const given = input.text('lines-given')
  if (given !== undefined && !/^\d{1,2}$/.test(given))
    throw new Fault(
      'USAGE_NUMBER',
      '--lines-given',
      `"${given}" is no count of treatments`,
      'Use 0, 1, 2 ...',
    )
  const had = input.texts('given')
  const advanced = input.texts('given-advanced')
  if (had.some((one) => /^none$/i.test(one.trim())) && advanced.length > 0)
    throw new Fault(
      'USAGE_CHOICE',
      '--given',
      'nothing was given, and a treatment of advanced disease was',
      'Leave one of --given none and --given-advanced out.',
    )
  const before = givenTreatments(had, facts, advanced)
  const lines = given === undefined ? undefined : Number(given)
  if (before.givenAll === true && lines !== undefined && lines > 0)
    throw new Fault(
      'USAGE_CHOICE',
      '--given',
      `nothing was given, and ${lines} treatments were`,
      'Leave one of --given none and --lines-given out.',
    )
  const conditions = clearanceStated(
    conditionsNamed(input.texts('condition'), facts),
    input.text('creatinine-clearance'),
    facts,
  )
  const sheets = input.texts('outside')
  const file = input.text('germline')
  const agency = agencyOf(input, facts)
  return {
    agency: agency ?? 'FDA',
    ...(stage === undefined ? {} : { stage }),
    ...(lines === undefined ? {} : { linesGiven: lines }),
    ...before,
    ...(before.givenAll === true ? { linesGiven: 0 } : {}),
    ...labelPersonOf(input),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(sheets.length === 0 && file === undefined
      ? {}
      : { advice: await adviceOf(sheets, file, input, facts) }),
  }
}

/** With what a record among the files says of other conditions: what a user says of one goes before it. */
export function withConditions(situation: TargetSituation, parts: readonly TumorPart[]): TargetSituation {
  const found = parts.flatMap(({ conditions }) => conditions ?? [])
  // A user may say no more than that the kidneys are impaired, and the record by how much.
  const measured = (one: PersonCondition) =>
    found
      .flatMap(({ present }) => present)
      .filter(({ key, clearance }) => key === one.key && clearance !== undefined)
  const stated = (situation.conditions ?? []).flatMap((one) =>
    one.clearance === undefined && measured(one).length > 0 ? measured(one) : [one],
  )
  const isNew = ({ key }: PersonCondition) => !stated.some((one) => one.key === key)
  const present = [...stated, ...found.flatMap((one) => one.present).filter(isNew)]
  const possible = found
    .flatMap((one) => one.possible)
    .filter((one) => !present.some(({ key }) => key === one.key))
  return {
    ...situation,
    ...(present.length === 0 ? {} : { conditions: present }),
    ...(possible.length === 0 ? {} : { possibleConditions: possible }),
  }
}

/** Conditions of a record among the files that nobody could read: they were not weighed. */
export function unreadConditions(parts: readonly TumorPart[]): readonly string[] {
  const all = [
    ...new Set(parts.flatMap(({ conditions }) => conditions?.notUnderstood.map(({ says }) => says) ?? [])),
  ]
  if (all.length === 0) return []
  const more = all.length > MOST_NAMED ? `; and ${all.length - MOST_NAMED} more` : ''
  return [
    `Conditions of the person that were not understood, and not weighed beside labels: ${all.slice(0, MOST_NAMED).join('; ')}${more}.`,
  ]
}

const MOST_NAMED = 5

/** --age and --sex. Throws USAGE_NUMBER, USAGE_CHOICE. */
function labelPersonOf(input: Arguments): Pick<TargetSituation, 'person'> {
  const age = input.text('age')
  if (age !== undefined && (!/^\d{1,3}$/.test(age) || Number(age) > 130))
    throw new Fault('USAGE_NUMBER', '--age', `"${age}" is no age in whole years`, 'Use 0, 1, 2 … up to 130.')
  const sex = choiceOption(input, 'sex', ['female', 'male'])
  if (age === undefined && sex === undefined) return {}
  return {
    person: {
      ...(age === undefined ? {} : { age: { from: Number(age), to: Number(age) } }),
      ...(sex === undefined ? {} : { sex }),
    },
  }
}

/** --agency as the pack writes it; undefined: not given. Throws AGENCY_UNKNOWN. */
export function agencyOf(input: Arguments, facts: Facts): string | undefined {
  const given = input.text('agency')?.toUpperCase()
  const known = [...new Set(approvals(facts).all.map(({ agency }) => agency))].sort()
  if (given === undefined || known.includes(given)) return given
  throw new Fault(
    'AGENCY_UNKNOWN',
    '--agency',
    `no approvals of "${given}" are known`,
    `Use ${known.join(' or ')}.`,
  )
}

/** What results of the germline say of the drugs of all approvals and of what they are given with. */
async function adviceOf(
  sheets: readonly string[],
  file: string | undefined,
  input: Arguments,
  facts: Facts,
): Promise<readonly DrugAdvice[]> {
  const garrod = openGarrod(readConfig(), { pins: input.texts('pin') })
  const book = drugBook(facts)
  const named = new Set(
    approvals(facts).all.flatMap(({ drug, regimens }) => [...partsOf(drug), drug, ...regimens.flat()]),
  )
  const drugs = [...named]
    .filter((name) => book.get(name) !== undefined)
    .sort()
    .map((text) => ({ text, rxcui: undefined, atc: undefined, status: 'considered' as const }))
  const record: PatientRecord = {
    id: patientId('this-run'),
    name: undefined,
    sex: 'unknown',
    birthDate: undefined,
    identifiers: [],
    genotypes: file === undefined ? [] : [await germlineOf(file, input.text('germline-sample'), garrod)],
    outsideCalls: (await Promise.all(sheets.map(readOutsideFile))).flat(),
    drugs: [],
    measurements: [],
    context: {},
  }
  const findings = garrod.findings(record)
  const asOf = new Date().toISOString().slice(0, 10)
  return planFor({ record, findings, facts, asOf }, drugs).drugs.filter(
    ({ state }) => state !== 'no-guideline',
  )
}

/** The one person of a genotype file. Throws GERMLINE_SAMPLES where it holds several and none is named, and the faults of its reader. */
async function germlineOf(file: string, sample: string | undefined, { pgx }: Garrod): Promise<GenotypeSet> {
  const found: GenotypeSet[] = []
  const options = sample === undefined ? {} : { samples: [sample] }
  for await (const one of readGenotypes({
    name: basename(file),
    content: { path: file },
    panel: pgx.panel,
    options,
  })) {
    found.push(one)
    if (found.length > 1) break
  }
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  throw new Fault(
    'GERMLINE_SAMPLES',
    '--germline',
    `${basename(file)} holds several samples, and it must not be guessed which one is the patient`,
    'Name the blood or saliva sample with --germline-sample.',
  )
}
