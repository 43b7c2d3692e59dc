// Writes docs/evidence/vcf.md: what the conformance checker says of the GA4GH conformance files and of files of programs.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/vcf.ts
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type ConformanceCase,
  conformanceCases,
  refusing,
  VERSIONS,
} from '../../test/peers/vcf/conformance.ts'
import { fieldFiles } from '../../test/peers/vcf/field-files.ts'

const cases = await conformanceCases()
const bad = cases.filter((one) => !one.good)
const good = cases.filter((one) => one.good)

const bcftools = spawnSync('bcftools', ['--version'], { encoding: 'utf8' })
  .stdout?.split('\n')[0]
  ?.split(' ')[1]
const byBcftools = new Set(bcftools === undefined ? [] : cases.filter((one) => refusedByBcftools(one.path)))

function refusedByBcftools(path: string): boolean {
  return spawnSync('bcftools', ['view', path], { stdio: 'ignore' }).status !== 0
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`
const rulesOf = (one: ConformanceCase): string =>
  refusing(one.strict)
    .map(({ code }) => `\`${code}\``)
    .join(' ')

function total(name: string, list: readonly ConformanceCase[]): string {
  const refused = list.filter((one) => one.strict.verdict === 'refused')
  const lenient = list.filter((one) => one.lenient.verdict === 'refused')
  const peer = list.filter((one) => byBcftools.has(one)).length
  const named = list.filter((one) => one.named).length
  const isGood = list[0]?.good === true
  return `| ${name} | ${list.length} | ${refused.length} | ${isGood ? '' : `${named} (${percent(named, list.length)})`} | ${lenient.length} | ${bcftools === undefined ? '' : peer} |`
}

/** Each cause with the rules that answered it, once for all versions and files that say the same. */
function causeRows(): string[] {
  const rows = new Map<string, { files: number; named: boolean }>()
  for (const one of bad) {
    const key = `| ${one.kind} | ${one.cause.replaceAll('|', '\\|') || '(not said)'} | ${rulesOf(one) || 'not refused'} |`
    const row = rows.get(key) ?? { files: 0, named: true }
    rows.set(key, { files: row.files + 1, named: row.named && one.named })
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, row]) => `${key} ${row.files} | ${row.named ? '' : 'no'} |`)
}

const lines = [
  '# Evidence: conformance of VCF files',
  '',
  'Made by `node_modules/.bin/node scripts/evidence/vcf.ts`, with the evaluation data in `../shared/data`;',
  '`test/peers/vcf-conformance.test.ts` holds it.',
  '',
  '## Conformance files of GA4GH hts-specs',
  '',
  'Files for VCF 4.1 to 4.3, made by the authors of EBI vcf-validator: the good must be read, the bad refused. Most bad files say in a',
  'header line of their own what is wrong with them. "Reason named": strict refuses the file, and a refusing rule is about that: the same',
  'column and, where the authors name a key and its Type or Number, the same key and rule. The checker does not read that line. Rules were',
  'written from the specification and two thirds of the bad files; of the 131 bad files set aside it refused 128 (97.7 %) at first sight. The',
  'three were then read: a FORMAT key with "_" in 4.1 and 4.2, and "*" in the ID of a sample.',
  '',
  `| files | number | refused, strict | reason named | refused, lenient | refused by bcftools${bcftools === undefined ? ' (not installed)' : ` ${bcftools}`} |`,
  '|---|---:|---:|---:|---:|---:|',
  ...VERSIONS.map((version) =>
    total(
      `bad, ${version}`,
      bad.filter((one) => one.version === version),
    ),
  ),
  total('bad, all', bad),
  total('good, all', good),
  '',
  '## Every cause and the rules that answered it',
  '',
  'Read row by row. Where several rules stand, the file breaks each of them.',
  '',
  '| kind | what the authors say is wrong | refused for | files | reason not named |',
  '|---|---|---|---:|---|',
  ...causeRows(),
  '',
  '## Files of programs',
  '',
  'Real files and the test files of bcftools and vcf-js. Lenient refuses what cannot be read without guessing; strict refuses what breaks the',
  'letter of the version that the file names. Only files that one of them refuses are listed.',
  '',
  '| file | version | lenient | strict | why |',
  '|---|---|---|---|---|',
  ...(await fieldFiles()),
  '',
  '## Where the checker is milder than the letter',
  '',
  'Warnings in strict mode too, since good files do it and nothing can be mistaken:',
  '',
  '- `PASS` beside a failed filter, "=" or double quotes within an INFO value, a flag written `=0` or `=1`: the good conformance files do so.',
  '- A FORMAT key with "_" or "." in 4.1 and 4.2, which say "alphanumeric", when a `##FORMAT` line declares it: every gVCF has `MIN_DP`.',
  '- A `##contig` line whose name has a bracket, quote or other mark that 1.4.7 rules out; a record on it is refused.',
  '- A CHROM with ":" when a `##contig` line declares that very name: HLA genes of GRCh38.',
  '- Keys, filters, contigs and symbolic alleles that no line declares: the specification says "should".',
  '- A second `##INFO` of one ID, a repeated INFO key, identifier or filter before 4.3, which is the first version to forbid them.',
  '- In 4.1 and 4.2, CR LF line ends and a last line without a line break.',
  '- From 4.4 on, a DEL or DUP without SVCLAIM (an example of the specification has none), a length told by END alone, a negative SVLEN.',
  "- From 4.3 on, a line of a program's own in angle brackets without an ID.",
  '- Values of Number=G in INFO, since a site has no ploidy.',
  '- One identifier in records of two places: the good conformance files repeat theirs. Records of one place may share it.',
  '',
  'Stricter than most readers: the same variant in two spellings (`TTAT>TTGT` and, two bases on, `A>G`) is refused as a repetition.',
  '',
  '## Damaged files',
  '',
  '`node_modules/.bin/node scripts/test.mjs test/fuzz/parsers.test.ts` mutates these files and others for every reader, two seconds each',
  '(`GARROD_FUZZ_SECONDS` for more), in a thread with 256 MB: an answer or a coded fault, the same in one piece or several, no hang.',
  '',
]

writeFileSync(fileURLToPath(new URL('../../docs/evidence/vcf.md', import.meta.url)), lines.join('\n'))
console.log(
  `docs/evidence/vcf.md: ${bad.filter((one) => one.named).length} of ${bad.length} bad files refused by name, ${good.filter((one) => one.strict.verdict === 'refused').length} of ${good.length} good ones refused`,
)
