// Writes docs/evidence/germline.md: classes of ClinGen expert panels beside those that their criteria make here, calibrated
// scores on variants of known class, and families.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/germline.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { criterionText } from '../../src/interpret/germline/germline.ts'
import { acmgCombining } from '../../src/knowledge/acmg/combining.ts'
import { acmgCriteria } from '../../src/knowledge/acmg/criteria.ts'
import { secondaryList } from '../../src/knowledge/acmg/secondary.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { rangeResults } from '../../test/peers/germline/calibration.ts'
import {
  type Agreement,
  agreement,
  crossValidated,
  disagreements,
  panelRows,
  ways,
} from '../../test/peers/germline/erepo.ts'
import { COMPOUND, familyOf, TRIO } from '../../test/peers/germline/family.ts'
import { readTsv } from '../../test/peers/pgx/tsv.ts'

const facts = Facts.find([fileURLToPath(new URL('../../facts', import.meta.url))])
const rules = acmgCombining(facts)
const rows = panelRows()
const all = ways(rules)
const reasons = new Map(
  readTsv(fileURLToPath(new URL('../../test/peers/germline/differences.tsv', import.meta.url))).map((row) => [
    row['allele'],
    row,
  ]),
)
const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(2)
const line = (name: string, one: Agreement) =>
  `| ${name} | ${one.rows} | ${percent(one.five, one.rows)} | ${percent(one.three, one.rows)} | ${one.opposite} |`
const different = disagreements(rows, rules)
const kinds = Map.groupBy(different, ({ row }) => reasons.get(row.alleleId)?.['kind'] ?? 'NOT EXPLAINED')
const list = secondaryList(facts)
const ranges = rangeResults(acmgCriteria(facts), {
  REVEL: 'REVEL_score',
  BayesDel: 'BayesDel_nsfp33a_noAF',
  VEST4: 'VEST4_score',
  CADD: 'CADDv1.6_PHRED',
})
const trio = await familyOf(TRIO)
const compound = await familyOf(COMPOUND)
const modes = Map.groupBy(
  trio.people[0]!.findings.flatMap(({ inheritance }) => inheritance),
  ({ mode, certainty }) => `${mode}, ${certainty}`,
)

const text = `# Evidence: inherited variants

Made by \`node_modules/.bin/node scripts/evidence/germline.ts\`, with the evaluation data in \`../shared/data\`; \`npm test\` holds it.

## From criteria to a class

${rows.length} classifications of ${new Set(rows.map(({ panel }) => panel)).size} ClinGen expert panels (Evidence Repository, CC0; ${new Set(rows.map(({ gene }) => gene)).size} genes; retracted ones left out): the criteria as the
panel listed them go in, the class comes out. Opposite: pathogenic or likely so on one side, benign or likely so on the other.

| way | rows | 5 classes, % | 3 classes, % | opposite |
|---|---:|---:|---:|---:|
${line('Garrod, each panel in its own way (--panel)', agreement(rows, all.panel))}
${line('the same, each panel’s way chosen on nine tenths and tried on the tenth', crossValidated(rows, rules))}
${line('Garrod, the general way for everybody', agreement(rows, all.general))}
${line('points alone (Tavtigian 2020)', agreement(rows, all.points))}
${line('the table of 2015 alone', agreement(rows, all.table))}

The general way was written with these rows in sight, though it knows no panel: on panels that were not seen expect less than
its row. The rows of \`facts/acmg-combining/*/panels.tsv\` that were inferred are worth what the second line says.

What the ${different.length} that differ come from, each read with the panel's own text:

| reason | rows |
|---|---:|
${[
  ['judgement', 'the panel says that it set its own rules aside'],
  ['record', 'the list of criteria or the class in the repository is not that of the panel’s text beside it'],
  ['rule', 'the panel combines this evidence otherwise, or not always alike'],
]
  .map(([kind, words]) => `| ${words} | ${kinds.get(kind!)?.length ?? 0} |`)
  .join('\n')}

| panel | variant | criteria | panel | Garrod | decided by | why |
|---|---|---|---|---|---|---|
${different
  .map(
    ({ row, found }) =>
      `| ${rules.panel(row.panel)?.id} | ${row.variation.replaceAll('|', '/')} | ${row.criteria.map(criterionText).join(', ')} | ${row.class} | ${found.class} | ${found.decidedBy.clause} | ${reasons.get(row.alleleId)?.['why'] ?? 'NOT EXPLAINED'} |`,
  )
  .join('\n')}

## Scores

PP3 and BP4 use one tool at the cut-offs of Pejaver 2022. On missense variants that ClinVar had classified in 2019 (the set those
cut-offs were calibrated with, so no independent one): how many fall into each range, and how much more often than variants of the
other kind. Tavtigian 2020 asks for 2.1 (supporting), 4.3 (moderate), 18.7 (strong).

| tool | criterion | range | pathogenic | benign | times as often |
|---|---|---|---:|---:|---:|
${ranges
  .map(
    (one) =>
      `| ${one.tool} | ${one.code} | ${one.strength} | ${one.pathogenic} | ${one.benign} | ${Number.isFinite(one.ratio) ? one.ratio.toFixed(1) : 'no variant of the other kind'} |`,
  )
  .join('\n')}

## Families

Genome in a Bottle, son, father and mother (an excerpt of 9,940 sites):

| pair | by the pedigree | by the genotypes | kinship | sites |
|---|---|---|---:|---:|
${trio.family.kinships.map((one) => `| ${one.a} and ${one.b} | ${one.stated} | ${one.is} | ${one.coefficient} | ${one.sites} |`).join('\n')}

Ways of inheritance of the son's ${trio.people[0]!.findings.length} findings (the file has no frequencies, so common variants are among them):
${[...modes].map(([mode, found]) => `${mode}: ${found.length}`).join('; ')}.

slivar's made-up trio of compound heterozygotes (\`comphet.vcf\`; its parents have reads that contradict their genotypes, so every
pair is "possible" here):

| gene | slivar expects | Garrod |
|---|---|---|
${(
  [
    ['geneA', 'a pair'],
    ['geneB', 'none: both are new'],
    ['geneC', 'a pair, one of them new'],
    ['geneD', 'none: both from one parent'],
    ['geneE', 'pairs'],
    ['geneF', 'one pair; a third variant that both parents carry is left out'],
  ] as const
)
  .map(([gene, expected]) => {
    const pairs = compound.people[0]!.findings.filter(({ variant }) => variant.gene === gene).flatMap(
      ({ variant, inheritance }) =>
        inheritance
          .filter(({ partner }) => partner !== undefined)
          .map(({ partner }) =>
            [variant.position, Number(/:(\d+)/.exec(partner!)?.[1])].sort().join(' and '),
          ),
    )
    return `| ${gene} | ${expected} | ${[...new Set(pairs)].join('; ') || 'none'} |`
  })
  .join('\n')}

Two new variants of one gene, and one that both parents carry, may lie on the two copies: Garrod keeps the pair and says that the
phase is not known.

## Secondary findings

ACMG SF v3.3: ${list.genes.size} genes, ${[...list.genes].reduce((sum, gene) => sum + list.of(gene).length, 0)} gene and disease rows. \`src/interpret/germline/secondary.test.ts\` holds the special rules: HFE C282Y on
both copies only, TTN truncating only, two variants for recessive diseases but TRDN (in cis none, phase not known "possible"), ABCD1 on the only
copy or on both, a truncating APOB, PCSK9, RET or RYR1 "possible" only, because these diseases are no loss of function. Without a yes of the person the genes of the list are left out, but for those that the test was ordered for.

## What was not measured

No file of population frequencies, of ClinVar or of scores is part of this evaluation, so the 28 criteria were not run on variants
from end to end beside another program; \`src/interpret/germline/assess.test.ts\` holds both sides of every cut-off instead.
`
writeFileSync(fileURLToPath(new URL('../../docs/evidence/germline.md', import.meta.url)), text)
process.stdout.write('docs/evidence/germline.md\n')
