import type { ReportInput } from './report-input.ts'

/** The command that makes the same report again, under the same facts. For a POSIX shell. */
export function rerunCommand({ record, plan, reportedOn }: ReportInput): string {
  const sets = record.genotypes.filter((one) => plan.sample === undefined || one.sample === plan.sample)
  const words = [
    'garrod report',
    ...(sets.length > 0 ? sets.map((one) => quoted(one.source.name)) : ['FILE']),
  ]
  if (plan.sample !== undefined) words.push(`--sample ${quoted(plan.sample)}`)
  for (const name of new Set(record.outsideCalls.map((one) => one.source.name)))
    words.push(`--outside ${quoted(name)}`)
  for (const drug of record.drugs)
    words.push(`--${drug.status === 'taking' ? 'taking' : 'drug'} ${quoted(drug.text)}`)
  for (const { id, version } of plan.facts) words.push(`--pin ${quoted(`${id}@${version}`)}`)
  words.push(`--date ${reportedOn}`)
  return words.join(' ')
}

function quoted(text: string): string {
  return /^[A-Za-z0-9_./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
