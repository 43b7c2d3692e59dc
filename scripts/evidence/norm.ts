// Writes docs/evidence/norm.md: bcftools norm and "garrod vcf norm" on the same files.
// Run with the evaluation data beside the checkout and bcftools installed: node_modules/.bin/node scripts/evidence/norm.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bcftoolsVersion, compareFile, compareRandom } from '../../test/peers/norm/random-runs.ts'
import { compareRuns } from '../../test/peers/norm/runs.ts'
import { sharedData } from '../../test/support/shared-data.ts'

const SEEDS = [1, 2, 3, 4, 5]
const runs = await compareRuns()
const version = bcftoolsVersion()
if (version === undefined) throw new Error('bcftools is not installed')
const random = await compareRandom(SEEDS)

const real: string[] = []
for (const file of ['giab-ashkenazim-trio-b37.vcf.gz', 'pfeiffer-exome-b37.vcf.gz']) {
  for (const args of ['-m-', '-m+any', '-a', '-d both']) {
    const { records, same } = await compareFile(sharedData(`vcf/real/${file}`)!, args.split(' '))
    real.push(`| ${file} | \`${args}\` | ${records} | ${same} |`)
  }
}

const lines = [
  '# Evidence: normalisation',
  '',
  'Made by `node_modules/.bin/node scripts/evidence/norm.ts`, with the evaluation data in `../shared/data` and bcftools installed;',
  '`test/peers/norm` holds the first table.',
  '',
  '## The runs of the peer’s own test suite',
  '',
  'Same bytes: every record and every header line but the peer’s own version lines.',
  '',
  '| input | options | records | same bytes |',
  '|---|---|---:|---|',
  ...runs.map(
    ({ input, args, records, different }) =>
      `| ${input} | \`${args}\` | ${records} | ${different.length === 0 ? 'yes' : `no, ${different.length} lines`} |`,
  ),
  '',
  `## Random records, ${version} in the same run`,
  '',
  `Two samples, repeats, several ALTs, \`*\` and \`<DEL>\`, seeds ${SEEDS.join(', ')}. Records that are the same byte for byte:`,
  '',
  '| options | records | same |',
  '|---|---:|---:|',
  ...random.map(({ args, records, same }) => `| \`${args}\` | ${records} | ${same} |`),
  '',
  '## Real genomes, in the same run',
  '',
  'A trio and an exome; without a reference, since none is at hand. Records that are the same byte for byte:',
  '',
  '| file | options | records | same |',
  '|---|---|---:|---:|',
  ...real,
  '',
  '## Where Garrod differs on purpose',
  '',
  '| what | bcftools 1.16 | Garrod |',
  '|---|---|---|',
  '| joining phased genotypes whose ALTs would come to stand on another copy, `0\\|1` and `0\\|1` | `2\\|1`: a phase that nobody saw | `2/1` |',
  '| joining genotypes that name more alleles than the sample has copies | drops one, silently | drops it, counts it, exit 1 |',
  '| joining a PL that one record leaves out | values shifted or cut (`.,44`) | `.` for what is not known |',
  '| setting REF (`-c s`) so that REF and ALT change places | genotypes and AC follow; AD, AF, PL stay in the old order | all fields per allele follow; AF of the new ALT is `.` |',
  '| the same, ALT is `*` | writes `N` | stays `*` |',
  '| `-c s` leaves out an ALT that is REF | not aligned afterwards | aligned |',
  '| `-m+indels`, `-m-indels` | looks at MNVs | looks at insertions and deletions |',
  '| fields per allele of the specification (AD, PL, AC …) that the header leaves out | copied as they are to every part | split as the specification says |',
  '| a lone `.` in a field per allele when splitting | refused | stays `.` |',
  '| `-d` together with `-f` | drops repeats of the positions before aligning, too | drops repeats of what is written |',
  '| the same allele in other letter case, `-a` | a change of `c` to `C` | no change |',
  '| an integer AD missing in a part that two alleles share, `-a` | garbage (`.,2,.`) | `.` |',
  '| joining a record without ALT that has a PL or GL | its one value replaces that of 0/0, or stands alone (`1,.`) | left out |',
  '| ADF and ADR of a change that several ALTs have, `-a` | reads of the first ALT only (AD and QS are added up) | added up, as AD |',
  '| values per genotype in INFO, `-a` | left out, or the program ends in a fault of memory | kept |',
  '| local alleles (LAA, LAD, LPL) and pairs per ALT (CIPOS with four values for two ALTs), when splitting | copied as they are to every part | split |',
  '| text in FORMAT, one per ALT or allele | other texts run into it (`a,`, `bcbc`), or the key is left out | split as INFO is |',
  '| a sample that leaves out its last fields, when splitting | an empty field (`1/0:`) | `.` |',
  '',
  '`--strict-filter` does what bcftools 1.16 does, not what its manual says: a later record that passed makes the joined one PASS.',
  'Garrod’s help says so. Numbers are written in single precision as bcftools does; `--keep-numbers` leaves them as they came.',
  '',
  'Speed: `node_modules/.bin/node bench/norm.ts` runs both programs on the same files and prints the ratio.',
  '',
]
writeFileSync(fileURLToPath(new URL('../../docs/evidence/norm.md', import.meta.url)), lines.join('\n'))
