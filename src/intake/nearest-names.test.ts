import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestNames } from './nearest-names.ts'

for (const [wanted, names, nearest] of [
  ['NA12878', ['HG002', 'NA12878', 'NA12891'], ['NA12878', 'NA12891']],
  ['na12878', ['NA12878'], ['NA12878']],
  ['NA1287', ['NA12878', 'NA12879'], ['NA12878', 'NA12879']],
  ['HG2', ['HG002', 'HG2000'], ['HG002']],
  ['somebody', ['HG002'], []],
  ['', ['A', 'AB', 'ABC'], ['A', 'AB']],
] as const) {
  test(`"${wanted}" among ${names.join(', ')}`, () =>
    assert.deepEqual(nearestNames(wanted, names, 3), nearest))
}
