import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addFrequency, emptyTally, frequencyOf, statedOf } from './frequency.ts'

function tallyOf(...texts: readonly string[]) {
  const tally = emptyTally()
  for (const text of texts) addFrequency(tally, text)
  return tally
}

for (const [texts, expected] of [
  [['1/1'], 0.75],
  [['9/9'], 0.95],
  [['0/9'], 0],
  [['0/9', '0040283'], 0.17],
  [['0/9', '1/9'], 1.5 / 19],
  [['3/7', '4/13'], 7.5 / 21],
  [['0040280'], 1],
  [['0040283'], 0.17],
  [['45%'], 0.45],
  [['45%', '55%'], 0.5],
  [['3/7', '0040280'], 3.5 / 8],
  [[''], 0.5],
  [['5/3'], 0.5],
  [['0/0'], 0.5],
  [['many'], 0.5],
] as const)
  test(`${texts.join(' and ') || 'nothing'} is ${expected.toFixed(3)}`, () =>
    assert.ok(Math.abs(frequencyOf(tallyOf(...texts)) - expected) < 1e-12))

for (const [texts, expected] of [
  [['1/1'], { kind: 'counted', having: 1, counted: 1 }],
  [['3/7', '4/13', '0040280'], { kind: 'counted', having: 7, counted: 20 }],
  [['0040281'], { kind: 'said', least: 0.8, most: 0.99 }],
  [['0040281', '45%'], { kind: 'said', least: 0.45, most: 0.99 }],
  [['50%'], { kind: 'said', least: 0.5, most: 0.5 }],
  [[''], { kind: 'unstated' }],
  [['0/0'], { kind: 'unstated' }],
] as const)
  test(`what ${texts.join(' and ') || 'nothing'} states`, () =>
    assert.deepEqual(statedOf(tallyOf(...texts)), expected))
