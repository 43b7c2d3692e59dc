import type { CheckReport } from '../../intake/vcf/conform/check-vcf.ts'
import type { Finding, Place } from '../../intake/vcf/conform/findings.ts'
import type { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'

/** What `garrod vcf check` says of one file, for a terminal. */
export function checkText(name: string, report: CheckReport): string {
  const { verdict, version, records, samples, findings } = report
  const size = `${howMany(records, 'record')}, ${howMany(samples, 'sample')}`
  const lines = [`${name}: ${verdict} (VCF ${version ?? 'of unknown version'}, ${size})`]
  for (const finding of findings) lines.push(...findingLines(finding))
  return `${lines.join('\n')}\n`
}

export function faultText(name: string, fault: Fault): string {
  return `${name}: refused\n  refuse  ${fault.code}  ${fault.what}\n          ${fault.mend}\n`
}

function findingLines(finding: Finding): string[] {
  const { code, severity, title, section, mend, assumed, first } = finding
  const lines = [`  ${severity.padEnd(6)}  ${code}  ${title} (${section})`]
  for (const place of first) lines.push(`          ${placeText(place)}: ${place.what}`)
  const more = finding.count - first.length
  if (more > 0) lines.push(`          and ${more.toLocaleString('en')} more`)
  lines.push(`          ${mend}`)
  if (severity === 'warn' && assumed !== undefined) lines.push(`          Taken for granted: ${assumed}.`)
  return lines
}

/** "line 7, INFO AC". */
function placeText({ line, column, field }: Place): string {
  const where = [column, field].filter((one) => one !== undefined).join(' ')
  return where === '' ? `line ${line}` : `line ${line}, ${where}`
}
