// Writes docs/evidence/approvals.md: the approvals of the pack beside an evaluation set, drug by drug.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence-approvals.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { agreement } from '../test/peers/tumor/approvals.ts'
import { EXTRA_BECAUSE, MISSED_BECAUSE } from '../test/peers/tumor/approvals-read.ts'

const found = agreement('fda')
const share = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
const onLabel = found.extra.filter(({ id }) => EXTRA_BECAUSE[id] !== undefined)
const wrong = found.missed.filter(({ statement }) => MISSED_BECAUSE[statement.id] !== undefined)
const [right, all] = [found.ours.length - found.extra.length, found.ours.length]

const text = `# Evidence: approvals

Made by \`node_modules/.bin/node scripts/evidence-approvals.ts\`, with the evaluation data in \`../shared/data\`; \`npm test\` holds it.

\`facts/approvals\` beside the FDA statements of the Molecular Oncology Almanac (GPL-2.0; read here to be counted, nothing of it is
in the product): ${found.statements} statements, ${found.indications} indications. A statement is found when one of our approvals of the drug has the disease
and one alternative of its biomarker says the same, no more and no less; a class and its member count as the same (IDH1 R132 and
R132C), and so do the names that labels use for one measure (TC and TPS).

| | as printed | after reading each disagreement against the label text |
|---|---:|---:|
| statements found (recall) | ${share(found.recalled, found.statements)} | ${share(found.recalled, found.statements - wrong.length)} |
| indications with a statement found | ${share(found.indicationsRecalled, found.indications)} | |
| with the same drugs in combination | ${share(found.combined, found.recalled)} | |
| our approvals of these drugs that the set has (precision) | ${share(right, all)} | ${share(right + onLabel.length, all)} |

## How well drugs do that nobody compared

The first version of the pack was written drug by drug from knowledge of the labels, before the statements of all but four of these
drugs had been read. Measured so: 369 of 409 statements (90.2 %) and 162 of 180 approvals (90.0 %). Read against the label text, 20 of its 40
missed statements do not say what the label says and 3 say the same in other words, so 372 of 389 (95.6 %); 13 of the 18 approvals
that the set lacked are on the label, so 175 of 180 (97.2 %). It named every one of the 81 drugs. The first version is the honest estimate
for other drugs; the table above is after its errors were mended: a scale of PD-L1 that the label does not name (tislelizumab),
"not before a targeted therapy" as a condition of its own (EGFR, ALK), and three rows whose label names no biomarker (ponatinib).

## Statements that are not found

| statement | drug | what | why |
|---|---|---|---|
${found.missed
  .map(
    ({ statement: { id, generic }, kind }) =>
      `| ${id} | ${generic} | ${kind} | ${MISSED_BECAUSE[id] ?? 'NOT EXPLAINED'} |`,
  )
  .join('\n')}

## Approvals that the set does not have

| approval | why |
|---|---|
${found.extra.map(({ id }) => `| ${id} | ${EXTRA_BECAUSE[id] ?? 'NOT EXPLAINED'} |`).join('\n')}
`
writeFileSync(fileURLToPath(new URL('../docs/evidence/approvals.md', import.meta.url)), text)
process.stdout.write('docs/evidence/approvals.md\n')
