import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writtenNumber } from './number-interval.ts'

// FHIR R4, "Search", number: the table of the standard.
for (const [text, value, low, high] of [
  ['100', 100, 99.5, 100.5],
  ['100.00', 100, 99.995, 100.005],
  ['1e2', 100, 95, 105],
  ['5.4', 5.4, 5.35, 5.45],
  ['5.40e-3', 0.0054, 0.005395, 0.005405],
  ['-2.0', -2, -2.05, -1.95],
  ['0.3', 0.3, 0.25, 0.35],
  ['0', 0, -0.5, 0.5],
] as const) {
  test(`${text} is ${low} to ${high}`, () => assert.deepEqual(writtenNumber(text), { value, low, high }))
}

for (const text of ['', '.5', '5.', '1e', 'NaN', '0x10', '1,5', '1e999']) {
  test(`"${text}" is not a number`, () => assert.equal(writtenNumber(text), undefined))
}
