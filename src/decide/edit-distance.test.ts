import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editDistance } from './edit-distance.ts'

for (const [a, b, distance] of [
  ['codeine', 'codeine', 0],
  ['codeine', 'codiene', 1], // two neighbours swapped
  ['codeine', 'codine', 1],
  ['codeine', 'codeinne', 1],
  ['codeine', 'cadeine', 1],
  ['warfarin', 'wafrain', 2],
  ['plavix', 'paxil', 3],
  ['', 'abc', 3],
] as const) {
  test(`${a} to ${b} takes ${distance}`, () => {
    assert.equal(editDistance(a, b, 9), distance)
  })
}

test('stops at the limit', () => {
  assert.equal(editDistance('plavix', 'paxil', 2), 3)
  assert.equal(editDistance('a', 'abcdefgh', 2), 3)
})

test('is symmetric, and zero only for equal words', () => {
  const word = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      const there = editDistance(a, b, 20)
      assert.equal(there, editDistance(b, a, 20))
      assert.equal(there === 0, a === b)
    }),
  )
})
