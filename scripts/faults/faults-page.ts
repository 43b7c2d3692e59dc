import { statusOf } from '../../src/app/http/fault-reply.ts'
import { fhirStatusOf } from '../../src/fhir/rest/outcome.ts'
import { type MadeFault, madeFaults } from './made-faults.ts'
import { MEANINGS } from './meanings.ts'

/** Words of so many places are printed for a code; where there are more, its meaning says what they share. */
const MOST = 3

/** Status of a fault that the tables of statuses do not name: content that cannot be used. */
const OTHER = 422

/** Places by code, in order of the code. */
export function faultsByCode(root: string): ReadonlyMap<string, readonly MadeFault[]> {
  return Map.groupBy(
    [...madeFaults(root)].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)),
    ({ code }) => code,
  )
}

/** The folder of a place, two floors deep at the most: "intake/vcf". Places in one room are held to mean the same by who writes it. */
export const roomOf = ({ place }: MadeFault) => place.split('/').slice(1, -1).slice(0, 2).join('/')

/** docs/faults.md: every code with its meaning, its HTTP status and what to do. */
export function faultsPage(root: string): string {
  const rows = [...faultsByCode(root)].map(([code, places]) => {
    const what = MEANINGS[code] ?? listed(places.flatMap((one) => one.what))
    return `| \`${code}\` | ${statusText(code)} | ${cell(what)} | ${cell(listed(places.flatMap((one) => one.mend)) || 'as the answer says')} |`
  })
  return `# Faults

Written from the sources: \`node_modules/.bin/node scripts/write-docs.ts\`.

Input that cannot be used is answered with a fault: \`code\`, \`where\` (file and line, field, option or segment), \`what\` is wrong, and how to
\`mend\` it. A program may act on the code: it does not change between versions, and means one thing. The other words are for people and
may change. "…" stands for what depends on the input.

- On the command line: on stderr, exit code 2. Codes that begin with \`USAGE_\` are about the command line itself.
- Over HTTP: JSON \`{"code","where","what","mend"}\` with the status below.
- Over FHIR: an OperationOutcome with the code in \`issue.details.coding\` (system \`urn:garrod:fault\`).
- In HL7 v2: in the ERR segment of the acknowledgment, ERR-5.
- From \`garrod db verify\` and in a list of files or rows: beside what could be used.

What \`garrod vcf check\` finds in a file has rules of its own: \`garrod vcf check --rules\`. What \`garrod trials check\` warns of is in
[trials.md](trials.md).

| code | HTTP | what is wrong | what to do |
|---|---|---|---|
${rows.join('\n')}
`
}

/** One status, or two where FHIR has its own. Who has no word on a code answers 422. */
function statusText(code: string): string {
  if (code.startsWith('USAGE_')) return ''
  const [http, fhir] = [code === 'INTERNAL' ? 500 : statusOf(code), fhirStatusOf(code)]
  if (fhir === http || fhir === OTHER) return String(http)
  return http === OTHER ? String(fhir) : `${http}, FHIR ${fhir}`
}

function listed(texts: readonly string[]): string {
  return [...new Set(texts)].slice(0, MOST).join(' / ')
}

const cell = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;')
