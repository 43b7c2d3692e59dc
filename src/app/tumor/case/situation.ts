import type { DrugAdvice } from '../../../decide/plan.ts'
import type { TargetSituation } from '../../../decide/target/option.ts'
import { drugBook } from '../../../knowledge/drug.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import { approvals } from '../../../knowledge/tumor/approvals.ts'
import type { PatientRecord } from '../../../record/patient-record.ts'
import { Fault } from '../../../terms/fault.ts'
import { patientId } from '../../../terms/ids.ts'
import type { Arguments } from '../../command.ts'
import { readConfig } from '../../config.ts'
import { openGarrod } from '../../garrod.ts'
import { readOutsideFile } from '../../outside-file.ts'
import { planFor } from '../../whole-plan.ts'

/** What the options say of the patient beside the tumour: --stage, --lines-given, --outside. Throws USAGE_CHOICE, USAGE_NUMBER. */
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
  const sheets = input.texts('outside')
  const agency = agencyOf(input, facts)
  return {
    agency: agency ?? 'FDA',
    ...(stage === undefined ? {} : { stage }),
    ...(given === undefined ? {} : { linesGiven: Number(given) }),
    ...(sheets.length === 0 ? {} : { advice: await adviceOf(sheets, input, facts) }),
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
  input: Arguments,
  facts: Facts,
): Promise<readonly DrugAdvice[]> {
  const garrod = openGarrod(readConfig(), { pins: input.texts('pin') })
  const book = drugBook(facts)
  const named = new Set(
    approvals(facts).all.flatMap(({ drug, regimens }) => [
      ...drug.split(/, | and /),
      drug,
      ...regimens.flat(),
    ]),
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
    genotypes: [],
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
