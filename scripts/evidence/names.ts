// Writes docs/evidence/names.md: names of variants against the tests of biocommons/hgvs, GA4GH VRS, the ClinGen Allele Registry and
// published pairs of HGVS and VCF. Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/names.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../src/terms/fault.ts'
import { formatHgvs } from '../../src/variant/hgvs/format.ts'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import { compareClinvar } from '../../test/variant/clinvar-rows.ts'
import { compareRows, type Difference, ROW_FILES } from '../../test/variant/projection-rows.ts'
import { providerCache } from '../../test/variant/provider-cache.ts'
import { sharedLines } from '../../test/variant/shared-lines.ts'
import { type Compared, compareNeighbours, compareSets, compareTriples } from '../../test/variant/triples.ts'

const cache = providerCache()
const rows = ROW_FILES.map((file) => compareRows(file, cache))

function readable(file: string, texts: readonly string[]): string {
  let refused = 0
  let unstable = 0
  for (const text of texts) {
    try {
      const written = formatHgvs(parseHgvs(text))
      if (formatHgvs(parseHgvs(written)) !== written) unstable++
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      refused++
    }
  }
  return `| ${file} | ${texts.length} | ${texts.length - refused} | ${refused} | ${unstable} |`
}

const clinvarTexts = sharedLines('reference/hgvs/clinvar-hgvs.tsv.gz')
  .slice(1)
  .filter((line) => !line.startsWith('#'))
  .flatMap((line) => line.split('\t')[2]!.split(' '))

/** Why a row of the projection tables does not come out as it is written there. */
function why({ from, expected }: Difference): string {
  if (/c\.54(58|59)[+-]/.test(`${from} ${expected}`)) {
    return 'the table counts this intron from c.5458; in the alignment that the peer recorded, the exon ends at c.5460'
  }
  if (from === 'NM_001277115.1:c.9640G>A')
    return 'the table contradicts itself: G>A in the first base of an alanine codon makes threonine'
  return 'NOT EXPLAINED'
}

const explained = new Map<string, Difference[]>()
for (const one of rows.flatMap(({ differences }) => differences)) {
  const key = `${one.file} | ${one.step} | ${why(one)}`
  explained.set(key, [...(explained.get(key) ?? []), one])
}

function comparedLine(what: string, { pairs, same, unknown, different, refused }: Compared): string {
  const open = Object.entries(unknown)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')
  return `| ${what} | ${pairs} | ${same} | ${different.length} | ${open === '' ? '0' : open} | ${refused.length} |`
}

const triples = compareTriples()
const lines = [
  '# Evidence: names of variants',
  '',
  'Made by `node_modules/.bin/node scripts/evidence/names.ts`, with the evaluation data in `../shared/data/reference`; `node scripts/test.mjs',
  'test/variant src/variant` holds it. The peers are programs and registries, not truth: every disagreement was read.',
  '',
  '## Grammar',
  '',
  'Every row of the grammar table of biocommons/hgvs (300 rows, 813 texts) is accepted or refused as the table says; every line of its',
  'gauntlet is read and the one of its reject list refused (`test/variant/hgvs-grammar.test.ts`). One written form differs on purpose: a',
  'frameshift without a stop stays "Arg97fs", as HGVS has its short form, where the peer adds "Ter".',
  '',
  '| expressions of | texts | read | refused | not stable when written and read again |',
  '|---|---:|---:|---:|---:|',
  readable('ClinVar', clinvarTexts),
  readable('a laboratory (random-vars)', sharedLines('reference/hgvs/random-vars.txt.gz')),
  '',
  'The refused ones are all of the form "g.145414772-?_145416946+?dup": a genomic position has no intron to lie in; HGVS writes',
  '"g.(?_145414772)_(145416946_?)dup", which is read.',
  '',
  '## Projection',
  '',
  'Tables of g., c. and p. expressions of one variant, projected as they are written, through the alignments and bases that the tests of',
  'biocommons/hgvs recorded. "p.(=)" of a table is met by "p.(Arg65=)", "p.Trp445Valfs" by "p.(Trp445ValfsTer99)".',
  '',
  '| table | rows | no alignment recorded | g to c | c to g | c to p | not equal |',
  '|---|---:|---:|---:|---:|---:|---:|',
  ...rows.map(
    ({ file, rows: all, without, same, differences }) =>
      `| ${file} | ${all} | ${without} | ${same['g>c']} | ${same['c>g']} | ${same['c>p']} | ${differences.length} |`,
  ),
  '',
  'Beside these, the 34 rows of proj-near-disc.tsv, where transcript and genome differ, are all equal.',
  '',
  'Every row that is not equal:',
  '',
  '| table | step | why | rows | for example | the table says | Garrod |',
  '|---|---|---|---:|---|---|---|',
  ...[...explained].map(
    ([key, list]) =>
      `| ${key} | ${list.length} | ${list[0]!.from} | ${list[0]!.expected} | ${list[0]!.got} |`,
  ),
  '',
  '## One variant or two',
  '',
  '`garrod name --same` on pairs that are the same variant (the first three lines) and on neighbours that are not (the last). No sequence',
  'is given but in the second line. "only-if-repeat" names the stretch of the reference that would decide it.',
  '',
  '| pairs | compared | same | different | unknown, because | refused |',
  '|---|---:|---:|---:|---|---:|',
  comparedLine('HGVS g. and VCF record (phenopacket-store, VariantValidator)', triples),
  comparedLine('g. and c. or n. of ClinVar, through an alignment', compareClinvar(cache)),
  comparedLine('expressions of one allele on one sequence (ClinGen Allele Registry)', compareSets()),
  comparedLine('expressions of two alleles on one sequence', compareNeighbours()),
  '',
  ...triples.different.map(
    (pair) => `- ${pair}: the published record has another position than its own expression.`,
  ),
  '- ClinVar, two unknown pairs: at FBN1 c.1415 and PMS2 c.1621 the transcript has another base than the genome, and neither sequence was',
  '  recorded there. A base of the one is not taken for a base of the other.',
  '',
  '## VRS',
  '',
  'Every object of the GA4GH VRS 2 validation file (models.yaml): serialisation, digest and identifier are equal; sha512t24u as well',
  '(`test/variant/vrs.test.ts`).',
  '',
  '## What is not covered',
  '',
  '- Mosaics ("=/", "//"), unknown alleles ("[?]", "[0]") and the old counts "T(5_9)" are refused as no HGVS that is read here.',
  '- RNA and protein expressions are read, checked and written; they are not projected back to the genome.',
  '- No protein is predicted where the coding sequence does not read as one: a frameshift of the ribosome (OAZ1, PEG10), a stop that only the',
  '  genome has, a record that begins inside a codon. A TGA before the end is read as selenocysteine.',
  '- Fusions, and changes of several places in one expression, are read but not converted.',
  '- Effects on splicing are not part of a predicted protein: "p.?" wherever a change touches an intron.',
]
writeFileSync(
  fileURLToPath(new URL('../../docs/evidence/names.md', import.meta.url)),
  `${lines.join('\n')}\n`,
)
