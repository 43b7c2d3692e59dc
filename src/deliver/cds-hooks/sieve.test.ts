import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BuiltCard } from './built-card.ts'
import type { Card } from './card.ts'
import { type CardState, keyOf, type Mute, type SiteSettings, sieve } from './sieve.ts'

const card = (
  change: Partial<BuiltCard['about']> = {},
  indicator: Card['indicator'] = 'warning',
): BuiltCard => ({
  card: {
    uuid: 'c0ffee00-0000-4000-8000-000000000001',
    summary: 'Use less codeine',
    indicator,
    source: { label: 'CPIC' },
    links: [],
  } as unknown as Card,
  about: {
    rules: [
      { rule: 'r1', pack: 'cpic 1' },
      { rule: 'r2', pack: 'dpwg 1' },
    ],
    drugs: ['codeine'],
    genes: ['CYP2D6'],
    ...change,
  },
})
const call = { service: 'garrod-order-sign', hook: 'order-sign', at: '2026-11-22T10:00:00Z' } as const
const mute = (of: Mute['of'], value: string, change: Partial<Mute> = {}): Mute => ({
  of,
  value,
  service: undefined,
  evenCritical: false,
  until: undefined,
  ...change,
})
const none: SiteSettings = { mutes: [], thresholds: [] }
const stateWith = (settings: Partial<SiteSettings>, built: BuiltCard = card()): CardState =>
  sieve([built], call, { ...none, ...settings }, [])[0]!.state

test('nothing set: shown', () => assert.equal(stateWith({}), 'shown'))

const MUTES: readonly (readonly [string, readonly Mute[], CardState])[] = [
  ['its drug', [mute('drug', 'codeine')], 'muted'],
  ['another drug', [mute('drug', 'tramadol')], 'shown'],
  ['its gene', [mute('gene', 'CYP2D6')], 'muted'],
  ['one of its two rules', [mute('rule', 'r1')], 'shown'],
  ['both of its rules', [mute('rule', 'r1'), mute('rule', 'r2')], 'muted'],
  ['a rule and the release of the other', [mute('rule', 'r1'), mute('pack', 'dpwg 1')], 'muted'],
  ['its drug, in another service', [mute('drug', 'codeine', { service: 'garrod-order-select' })], 'shown'],
  ['its drug, in this service', [mute('drug', 'codeine', { service: 'garrod-order-sign' })], 'muted'],
  ['its drug, until this very moment', [mute('drug', 'codeine', { until: call.at })], 'shown'],
  ['its drug, until a second later', [mute('drug', 'codeine', { until: '2026-11-22T10:00:01Z' })], 'muted'],
]
for (const [what, mutes, state] of MUTES)
  test(`muted: ${what}: ${state}`, () => assert.equal(stateWith({ mutes }), state))

test('a card about two drugs is muted only when both are', () => {
  const two = card({ drugs: ['codeine', 'paroxetine'] })
  assert.equal(stateWith({ mutes: [mute('drug', 'codeine')] }, two), 'shown')
  assert.equal(stateWith({ mutes: [mute('drug', 'codeine'), mute('drug', 'paroxetine')] }, two), 'muted')
})

test('a critical card is muted only by a mute that says so', () => {
  const critical = card({}, 'critical')
  assert.equal(stateWith({ mutes: [mute('drug', 'codeine')] }, critical), 'shown')
  assert.equal(stateWith({ mutes: [mute('drug', 'codeine', { evenCritical: true })] }, critical), 'muted')
})

test('a card that says why nothing was checked is always shown', () => {
  const doubt = card({ rules: [], drugs: [], genes: [] })
  const all = {
    mutes: [mute('drug', 'codeine')],
    thresholds: [{ service: undefined, indicator: 'critical' as const }],
  }
  assert.equal(stateWith(all, doubt), 'shown')
})

test('a threshold holds back what is quieter, and only that', () => {
  const thresholds = [{ service: undefined, indicator: 'warning' as const }]
  assert.equal(stateWith({ thresholds }, card({}, 'info')), 'below-threshold')
  assert.equal(stateWith({ thresholds }, card({}, 'warning')), 'shown')
  assert.equal(stateWith({ thresholds }, card({}, 'critical')), 'shown')
  const elsewhere = [{ service: 'garrod-patient-view', indicator: 'critical' as const }]
  assert.equal(stateWith({ thresholds: elsewhere }, card({}, 'info')), 'shown')
})

const REPEATS: readonly (readonly [
  string,
  Card['indicator'],
  outcome: 'accepted' | 'overridden' | undefined,
  CardState,
])[] = [
  ['a warning, no word of it', 'warning', undefined, 'duplicate'],
  ['a warning, overridden', 'warning', 'overridden', 'duplicate'],
  ['a warning, accepted, and still true of the draft', 'warning', 'accepted', 'shown'],
  ['critical, no word of it', 'critical', undefined, 'shown'],
  ['critical, overridden', 'critical', 'overridden', 'duplicate'],
  ['critical, accepted, and still true of the draft', 'critical', 'accepted', 'shown'],
]
for (const [what, indicator, outcome, state] of REPEATS)
  test(`order-sign after order-select: ${what}: ${state}`, () => {
    const built = card({}, indicator)
    const earlier = [{ hook: 'order-select', key: keyOf(built), outcome }]
    assert.equal(sieve([built], call, none, earlier)[0]!.state, state)
    assert.equal(sieve([built], { ...call, hook: 'order-select' }, none, earlier)[0]!.state, 'shown')
  })

test('what order-sign showed before, or another card, is no reason to hold back', () => {
  const built = card()
  const other = card({ genes: ['CYP2C19'] })
  for (const earlier of [
    { hook: 'order-sign', key: keyOf(built), outcome: undefined },
    { hook: 'order-select', key: keyOf(other), outcome: undefined },
  ])
    assert.equal(sieve([built], call, none, [earlier])[0]!.state, 'shown')
})
