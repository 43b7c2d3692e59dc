import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action } from '../knowledge/guideline/guideline-rule.ts'
import type { Recommendation } from './plan.ts'
import { reconcile } from './reconcile.ts'

const words = { say: (_: string, code: string) => code.replaceAll('-', ' '), isNote: () => false }

const AVOID: Action = { code: 'AVOID' }
const HALF: Action = { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: { from: 50, to: 50 } } }
const STANDARD: Action = { code: 'STANDARD' }
const NONE: Action = { code: 'NO_RECOMMENDATION' }

function said(
  source: Recommendation['source'],
  severity: Recommendation['severity'],
  actions: readonly Action[],
  what: Partial<Recommendation> = {},
): Recommendation {
  return {
    rule: `${source}-${severity}`,
    source,
    population: { code: 'general' },
    applies: 'yes',
    asks: [],
    basis: [],
    actions,
    effects: [],
    strength: 'unspecified',
    severity,
    doThis: '',
    because: '',
    citation: { source, title: '', version: '', url: undefined, pmids: [], pack: { id: 'x', version: '1' } },
    ...what,
  }
}
const order = (...found: Recommendation[]) =>
  reconcile('drug', found, words).recommendations.map((one) => one.rule)
const agreement = (...found: Recommendation[]) => reconcile('drug', found, words).agreement

test('the most restrictive speaks first, whoever publishes it', () => {
  const found = reconcile('codeine', [said('CPIC', 'info', [HALF]), said('DPWG', 'critical', [AVOID])], words)
  assert.equal(found.severity, 'critical')
  assert.equal(found.headline, 'Avoid codeine.')
  assert.deepEqual(
    found.recommendations.map((one) => one.source),
    ['DPWG', 'CPIC'],
  )
})

test('avoid is never outranked by a smaller dose, however weakly it is graded; the louder severity stays', () => {
  const found = reconcile('drug', [said('DPWG', 'warning', [HALF]), said('CPIC', 'info', [AVOID])], words)
  assert.equal(found.headline, 'Avoid drug.')
  assert.equal(found.severity, 'warning')
})

test('two genes, one drug, one publisher: the smaller dose speaks first', () => {
  const share = (percent: number): Action => ({
    code: 'DOSE_DECREASE',
    dose: { of: 'start', percentOfStandard: { from: percent, to: percent } },
  })
  const found = [
    said('DPWG', 'warning', [share(60)], { rule: 'a-vkorc1' }),
    said('DPWG', 'warning', [share(45)], { rule: 'b-cyp2c9' }),
  ]
  assert.deepEqual(order(...found), ['b-cyp2c9', 'a-vkorc1'])
})

test('of equal severity: keep away before less; unconditional before conditional', () => {
  const conditional = said('CPIC', 'warning', [{ ...AVOID, condition: ['if-possible'] }], {
    rule: 'conditional',
  })
  assert.deepEqual(
    order(
      said('CPIC', 'warning', [HALF], { rule: 'half' }),
      said('DPWG', 'warning', [AVOID], { rule: 'avoid' }),
    ),
    ['avoid', 'half'],
  )
  assert.deepEqual(order(conditional, said('DPWG', 'warning', [HALF], { rule: 'half' })), [
    'half',
    'conditional',
  ])
})

test('of equal advice: a population known to apply, then CPIC, then the stronger', () => {
  assert.deepEqual(
    order(
      said('CPIC', 'warning', [HALF], { rule: 'a', applies: 'unknown' }),
      said('DPWG', 'warning', [HALF], { rule: 'b' }),
    ),
    ['b', 'a'],
  )
  assert.deepEqual(
    order(
      said('FDA label', 'warning', [HALF], { rule: 'a' }),
      said('CPIC', 'warning', [HALF], { rule: 'b' }),
    ),
    ['b', 'a'],
  )
  assert.deepEqual(
    order(
      said('CPIC', 'warning', [HALF], { rule: 'a', strength: 'optional' }),
      said('CPIC', 'warning', [HALF], { rule: 'b', strength: 'strong' }),
    ),
    ['b', 'a'],
  )
})

test('the order does not depend on the order of the input', () => {
  const all = [
    said('CPIC', 'warning', [HALF], { rule: 'a' }),
    said('CPIC', 'warning', [HALF], { rule: 'b' }),
    said('DPWG', 'info', [STANDARD], { rule: 'c' }),
  ]
  assert.deepEqual(order(...all), order(...all.toReversed()))
})

for (const [what, found, expected] of [
  ['nobody', [], 'single'],
  ['one publisher', [said('CPIC', 'warning', [AVOID])], 'single'],
  ['both avoid', [said('CPIC', 'warning', [AVOID]), said('DPWG', 'critical', [AVOID])], 'agree'],
  [
    'avoid and another drug',
    [said('CPIC', 'warning', [AVOID]), said('DPWG', 'warning', [{ code: 'ALTERNATIVE' }])],
    'agree',
  ],
  ['avoid and half', [said('CPIC', 'warning', [AVOID]), said('DPWG', 'warning', [HALF])], 'differ'],
  ['standard and half', [said('CPIC', 'none', [STANDARD]), said('DPWG', 'warning', [HALF])], 'differ'],
  [
    'one without a recommendation',
    [said('CPIC', 'warning', [AVOID]), said('DPWG', 'none', [NONE])],
    'single',
  ],
  [
    'one that only informs quietly',
    [said('CPIC', 'none', [STANDARD]), said('FDA PGx table', 'none', [{ code: 'INFORM', inform: ['x'] }])],
    'single',
  ],
] as const) {
  test(`agreement, ${what}: ${expected}`, () => {
    assert.equal(agreement(...found), expected)
  })
}

test('a difference is said with each publisher’s first line', () => {
  const { difference } = reconcile(
    'codeine',
    [said('DPWG', 'warning', [HALF]), said('CPIC', 'critical', [AVOID])],
    words,
  )
  assert.equal(difference, 'CPIC: Avoid codeine; DPWG: Codeine: start at 50% of the standard dose.')
})

test('where everybody says as usual, the line says just that', () => {
  const child = said('CPIC', 'none', [STANDARD], { population: { code: 'child' }, rule: 'a' })
  const adult = said('CPIC', 'none', [STANDARD], { population: { code: 'adult' }, rule: 'b' })
  assert.equal(reconcile('codeine', [child, adult], words).headline, 'Use codeine at the standard dose.')
  assert.deepEqual(order(child, adult), ['b', 'a'], 'then by population')
})

test('one that informs comes before one that says nothing', () => {
  assert.deepEqual(
    order(
      said('CPIC', 'none', [NONE], { rule: 'none' }),
      said('FDA label', 'none', [{ code: 'INFORM', inform: ['x'] }], { rule: 'informs' }),
    ),
    ['informs', 'none'],
  )
})

test('no recommendation at all: no headline, no severity', () => {
  const found = reconcile('codeine', [], words)
  assert.deepEqual([found.headline, found.severity, found.difference], [undefined, 'none', undefined])
})
