import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { upgradeRule } from '../../knowledge/hpo/reanalysis.ts'
import type { PhenotypeFinding } from '../finding/phenotype.ts'
import { keptRanking, upgradesSince } from './upgrade.ts'

const RULE = upgradeRule(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))

function ranking(shares: Readonly<Record<string, number>>, observed = ['HP:0001250']): PhenotypeFinding {
  return {
    kind: 'phenotype',
    observed: observed.map((id) => ({ id, name: id })) as unknown as PhenotypeFinding['observed'],
    excluded: [],
    remarks: [],
    inCatalogue: 0.9,
    verdict: 'possible',
    undecided: undefined,
    diseases: Object.entries(shares).map(([id, probability], i) => ({
      ...{ rank: i + 1, id, name: id, genes: [], probability },
    })),
    ...{ genes: [], dual: [], questions: [], why: [], facts: [] },
  }
}

for (const [what, before, now, told] of [
  ['a new disease that fits well', { a: 0.1 }, { b: 0.4, a: 0.1 }, ['b']],
  ['a disease that rose clearly', { a: 0.3, b: 0.1 }, { b: 0.5, a: 0.2 }, ['b']],
  ['one that was likely already', { a: 0.4 }, { a: 0.6 }, []],
  ['one that doubled to little', { a: 0.05 }, { a: 0.12 }, []],
  ['small movements', { a: 0.3, b: 0.25 }, { b: 0.31, a: 0.29 }, []],
  ['one that fell', { a: 0.6 }, { a: 0.2 }, []],
] as const) {
  test(`${what}: ${told.join() || 'nothing is told'}`, () => {
    const upgrades = upgradesSince(keptRanking(ranking(before)), ranking(now), RULE)
    assert.deepEqual(
      upgrades.map(({ id }) => id),
      told,
    )
  })
}

test('of other features nothing is told: somebody has seen that ranking', () => {
  const before = keptRanking(ranking({ a: 0.1 }))
  assert.deepEqual(upgradesSince(before, ranking({ b: 0.6 }, ['HP:0001250', 'HP:0001166']), RULE), [])
})
