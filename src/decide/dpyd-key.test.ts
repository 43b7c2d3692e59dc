import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dpwgDpydKey } from './dpyd-key.ts'

const key = (score: string | undefined, ...values: (string | undefined)[]): string | undefined =>
  dpwgDpydKey(
    score,
    values.map((activityValue) => ({ activityValue })),
  )

test('DPWG looks DPYD up by score and how it comes about', () => {
  assert.equal(key('2.0', '1.0', '1.0'), '2.0 (Normal Metabolizer)')
  assert.equal(key('1.5', '1.0', '0.5'), '1.5 (Intermediate Metabolizer)')
  assert.equal(key('1.0', '1.0', '0.0'), '1.0 (Intermediate Metabolizer)')
  assert.equal(key('1.0', '0.5', '0.5'), '1.0 (Phenotyping)')
  assert.equal(key('0.5', '0.5', '0.0'), '0.5 (Phenotyping)')
  assert.equal(key('0.0', '0.0', '0.0'), '0.0 (Poor Metabolizer)')
})

test('a score of 1 without its alleles is measured first', () => {
  assert.equal(key('1.0'), '1.0 (Phenotyping)')
  assert.equal(key('1.0', undefined, '1.0'), '1.0 (Phenotyping)')
  assert.equal(key('1.5'), '1.5 (Intermediate Metabolizer)')
})

test('no score, or one that DPWG does not list, has no name', () => {
  assert.equal(key(undefined), undefined)
  assert.equal(key('n/a'), undefined)
  assert.equal(key('3.0'), undefined)
})
