import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { identityOf } from './identity-part.ts'

function shown(label: string, change: Partial<typeof exampleCase.record>, reportedOn = '2026-11-22'): string {
  const { findings, plan } = exampleCase
  const input = { record: { ...exampleCase.record, ...change }, findings, plan, reportedOn, packs: [] }
  const { patient, test: tested } = identityOf(input)
  return [...patient, ...tested].find((one) => one.label === label)!.value
}

for (const [birthDate, reportedOn, text] of [
  ['1957-04-12', '2026-04-11', '1957-04-12 (68 years)'],
  ['1957-04-12', '2026-04-12', '1957-04-12 (69 years)'],
  ['2025-04-12', '2026-04-12', '2025-04-12 (1 year)'],
  ['1957-04', '2026-04-12', '1957-04'],
  ['1957', '2026-04-12', '1957'],
  ['2027-01-01', '2026-04-12', '2027-01-01'],
  [undefined, '2026-04-12', 'not known'],
] as const) {
  test(`born ${birthDate}, reported ${reportedOn}: ${text}`, () =>
    assert.equal(shown('Born', { birthDate }, reportedOn), text))
}

test('what nobody gave is printed as not known', () => {
  assert.equal(shown('Sex', { sex: 'unknown' }), 'not known')
  assert.equal(shown('Identifiers', { identifiers: [] }), 'not known')
  assert.equal(shown('File', { genotypes: [] }), 'no genotype file')
})
