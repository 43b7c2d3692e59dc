import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allLetters } from './all-letters.ts'

test('every letter counts, however long the text is', () => {
  const long = 'ACGT'.repeat(4 << 20)
  assert.equal(allLetters(long, /^[ACGT]+$/), true)
  assert.equal(allLetters(`${long}N`, /^[ACGT]+$/), false)
  assert.equal(allLetters(`N${long}`, /^[ACGT]+$/), false)
  assert.equal(allLetters('', /^[ACGT]+$/), false)
})
