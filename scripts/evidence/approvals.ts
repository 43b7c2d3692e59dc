// Writes docs/evidence/approvals.md: the approvals of the pack beside an evaluation set, drug by drug.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/approvals.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../src/knowledge/facts.ts'
import { approvals } from '../../src/knowledge/tumor/approvals.ts'
import { agreement, SET_UNTIL } from '../../test/peers/tumor/approvals.ts'
import { EXTRA_BECAUSE, MISSED_BECAUSE } from '../../test/peers/tumor/approvals-read.ts'

const found = agreement('fda')
const share = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
const onLabel = found.extra.filter(({ id }) => EXTRA_BECAUSE[id] !== undefined)
const wrong = found.missed.filter(({ statement }) => MISSED_BECAUSE[statement.id] !== undefined)
const [right, all] = [found.ours.length - found.extra.length, found.ours.length]

const now = approvals(Facts.find([fileURLToPath(new URL('../../facts', import.meta.url))]))
const newer = now.all.filter(({ approved, agency }) => agency === 'FDA' && (approved ?? '') > SET_UNTIL)
const verified = now.all.filter(({ checked }) => checked !== undefined).length

const text = `# Evidence: approvals

Made by \`node_modules/.bin/node scripts/evidence/approvals.ts\`, with the evaluation data in \`../shared/data\`; \`npm test\` holds it.

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
| indications dated as the set dates them | ${share(found.dates.same, found.dates.same + found.dates.later + found.dates.earlier.length)} | |

Our approvals that are newer than the set (after ${SET_UNTIL}) are not counted, nor are withdrawn ones of drugs that have others. Where the
days differ, ${found.dates.later} times the set has that of a later version of the label, ours being the first approval of the indication; ${found.dates.earlier.length} time
(${found.dates.earlier.join(', ')}) its year is a slip.

## How well drugs do that nobody compared

The first version of the pack was written drug by drug from knowledge of the labels, before the statements of all but four of these
drugs had been read. Measured so: 369 of 409 statements (90.2 %) and 162 of 180 approvals (90.0 %). Read against the label text, 20 of its 40
missed statements do not say what the label says and 3 say the same in other words, so 372 of 389 (95.6 %); 13 of the 18 approvals
that the set lacked are on the label, so 175 of 180 (97.2 %). It named every one of the 81 drugs. The first version is the honest estimate
for other drugs; the table above is after its errors were mended: a scale of PD-L1 that the label does not name (tislelizumab),
"not before a targeted therapy" as a condition of its own (EGFR, ALK), and three rows whose label names no biomarker (ponatinib).

## What a comparison cannot tell

The drugs were gone through one by one from knowledge of their labels and from the FDA's announcements to 8 October 2026, as far as
copies of them could be read; the FDA's own tables of biomarkers and of companion tests were not at hand as files. No drug approved until
${SET_UNTIL} for a biomarker was found to be missing, which is not proof that none is. ${verified} of ${now.all.length} rows were compared with the
text of a label or with an announcement; beside every other one the product prints that it is not verified.

The comparison looks at drug, disease, biomarker and combination, not at ages, basis and the past. Fourteen errors of these kinds were
mended by reading, of which it had found none: an age without its limit, a basis or a line that had changed, and a row that no source had,
fda.niraparib.1, which had counted as found, because changes of BRCA are one way to be deficient in recombination.

${newer.length} approvals are newer than the set:

${newer.map(({ id }) => `- ${id}`).join('\n')}

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
writeFileSync(fileURLToPath(new URL('../../docs/evidence/approvals.md', import.meta.url)), text)
process.stdout.write('docs/evidence/approvals.md\n')
