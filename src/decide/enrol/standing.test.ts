import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from './explain.ts'
import { byStanding, type Standing, scoreOf, standingOf } from './standing.ts'

const met = (found: boolean): Reason => ({
  criterion: 'BRAF',
  verdict: 'met',
  because: 'it was found',
  ...(found ? { found: true as const } : {}),
})
const missing = (datum: string): Reason => ({
  criterion: datum,
  verdict: 'unknown',
  because: 'nobody said',
  missing: { datum },
})
const unknown = (...reasons: readonly Reason[]) => standingOf('unknown', { reasons }, undefined)

test('what is missing is counted as a test or as a question; a place that is not known is a question', () => {
  const reasons = [met(true), missing('performance'), missing('fusion')]
  assert.deepEqual(
    standingOf('unknown', { reasons }, { verdict: 'unknown', because: 'no home', missing: 'home' } as never),
    { verdict: 'unknown', found: true, toTest: 1, toAsk: 2 },
  )
})

test('a trial for what was found comes before one that would take anybody, though more of it is open', () => {
  const forThisTumour = unknown(met(true), missing('lab'), missing('performance'), missing('treatments'))
  const forAnybody = unknown(met(false), missing('performance'))
  const byFusion = unknown(missing('fusion'), missing('performance'))
  assert.deepEqual([byFusion, forAnybody, forThisTumour].sort(byStanding), [
    forThisTumour,
    forAnybody,
    byFusion,
  ])
})

test('the score is in the same order, from 1 for met to 0 for not met', () => {
  const all: Standing[] = (['met', 'unknown', 'not met'] as const).flatMap((verdict) =>
    [true, false].flatMap((found) =>
      [0, 1, 2, 30].flatMap((toTest) => [0, 1, 2, 30].map((toAsk) => ({ verdict, found, toTest, toAsk }))),
    ),
  )
  for (const a of all)
    for (const b of all)
      if (byStanding(a, b) < 0) assert.ok(scoreOf(a) >= scoreOf(b), JSON.stringify({ a, b }))
  assert.equal(scoreOf({ verdict: 'met', found: false, toTest: 0, toAsk: 0 }), 1)
  assert.equal(scoreOf({ verdict: 'not met', found: true, toTest: 0, toAsk: 0 }), 0)
})
