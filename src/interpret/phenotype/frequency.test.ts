import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addFrequency, frequencyOf } from './frequency.ts'

function frequency(...texts: string[]): number {
  const tally = { having: 0, counted: 0, said: 0, sayings: 0 }
  for (const text of texts) addFrequency(tally, text)
  return frequencyOf(tally)
}

for (const [texts, expected] of [
  [['1/1'], 0.75],
  [['9/9'], 0.95],
  [['0/9'], 0.05],
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
    assert.ok(Math.abs(frequency(...texts) - expected) < 1e-12))
