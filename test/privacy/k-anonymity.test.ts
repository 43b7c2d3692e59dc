import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { anonymityReport } from '../../src/safeguard/deidentify/k-anonymity.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const VECTORS = 'trust/privacy/k_anonymity.json'

interface Vector {
  readonly id: string
  readonly dataset: string
  readonly quasi_identifiers: readonly string[]
  readonly generalisation: { readonly age?: string }
  readonly sensitive: string
  readonly expected: Readonly<Record<string, number>>
}

/** The generalisations that the vectors name. */
function generalise(text: string, how: string | undefined): string {
  if (how === undefined || text === '') return text
  const whole = Math.floor(Number(text))
  if (how.startsWith('decade')) return String(Math.floor(whole / 10) * 10)
  return String(how.startsWith('HIPAA') ? Math.min(whole, 90) : whole)
}

function csv(path: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',').map((one) => one.replaceAll('"', ''))
  return lines.map((line) => {
    const cells = line.split(',').map((one) => one.replaceAll('"', ''))
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

test('class sizes, unique records, diversity and risk', { skip: needs(VECTORS) }, () => {
  const vectors = JSON.parse(readFileSync(sharedData(VECTORS)!, 'utf8')) as Vector[]
  for (const { id, dataset, quasi_identifiers, generalisation, sensitive, expected } of vectors) {
    const rows = csv(sharedData(dataset.replace('..', 'trust'))!)
    const report = anonymityReport(
      rows.map((row) => ({
        quasi: quasi_identifiers.map((name) =>
          generalise(row[name]!, name === 'age' ? generalisation.age : undefined),
        ),
        sensitive: row[sensitive]!,
      })),
    )
    assert.deepEqual(
      {
        n: report.records,
        classes: report.classes,
        k: report.k,
        unique_records: report.unique,
        records_in_classes_below_5: report.below5,
        records_in_classes_below_11: report.below11,
        max_reid_risk: report.maximumRisk,
        mean_reid_risk: report.meanRisk,
        l_diversity_distinct: report.diversity,
        records_suppressed_for_k5: report.below5,
      },
      expected,
      id,
    )
  }
})
