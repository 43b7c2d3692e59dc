import type { PatientRecord } from '../../record/patient-record.ts'
import type { ReportInput } from './report-input.ts'

/** The command that makes the same report again, under the same facts. For a POSIX shell. */
export function rerunCommand({ record, plan, reportedOn, options = [] }: ReportInput): string {
  const sets = record.genotypes.filter((one) => plan.sample === undefined || one.sample === plan.sample)
  const words = ['garrod report', ...sets.map((one) => quoted(one.source.name))]
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) words.push(`--${name} ${quoted(value)}`)
  }
  add('sample', plan.sample)
  for (const name of new Set(record.outsideCalls.map((one) => one.source.name))) add('outside', name)
  for (const drug of record.drugs) add(drug.status === 'taking' ? 'taking' : 'drug', drug.text)
  for (const [name, value] of circumstances(record)) add(name, value)
  for (const { id, version } of plan.facts) add('pin', `${id}@${version}`)
  return [...words, ...options, `--as-of ${reportedOn}`].join(' ')
}

/** Measurements that advice depends on. A measured INR is not among them: equations ask for the INR aimed at. */
const MEASURED: ReadonlySet<string> = new Set(['age', 'weight', 'height'])

function circumstances(record: PatientRecord): readonly (readonly [string, string | undefined])[] {
  const { name, sex, birthDate, identifiers, measurements, context } = record
  return [
    ['name', name],
    ['birth-date', birthDate],
    ...identifiers.map((one) => ['identifier', `${one.system}|${one.value}`] as const),
    ['sex', sex === 'unknown' ? undefined : sex],
    ...measurements
      .filter((one) => MEASURED.has(one.kind))
      .map((one) => [one.kind, String(one.value)] as const),
    ['ancestry', context.race],
    ['smoker', context.smoker === undefined ? undefined : context.smoker ? 'yes' : 'no'],
    ['target-inr', context.targetInr === undefined ? undefined : String(context.targetInr)],
    ...(context.indications ?? []).map((code) => ['indication', code] as const),
  ]
}

function quoted(text: string): string {
  return /^[A-Za-z0-9_./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
