import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCodes } from './codes.ts'
import type { Action, Effect, GuidelineRule } from './guideline-rule.ts'
import { type Interrupting, interruptOf } from './interrupt.ts'

const codes = parseCodes(
  'code\tkind\tenglish\tgrave\nsjs-ten\tterm\tSJS/TEN\tyes\nadverse-effects\tterm\tside effects\t\n',
  'codes.tsv',
)
const grave: Effect = { gene: 'HLA-B', exposure: 'none', risk: 'toxicity', term: 'sjs-ten' }
const mild: Effect = { gene: 'CYP2D6', exposure: 'up', risk: 'toxicity', term: 'adverse-effects' }
const harmless: Effect = { gene: 'CYP2D6', exposure: 'none', risk: 'none' }
const unknown: Effect = { gene: 'CYP2D6', exposure: 'unknown', risk: 'unknown' }

const standard: Action = { code: 'STANDARD' }
const avoid: Action = { code: 'AVOID' }
const alternative: Action = { code: 'ALTERNATIVE' }
const consider: Action = { code: 'ALTERNATIVE', wording: 'consider' }
const share = (to: number): Action => ({
  code: 'DOSE_DECREASE',
  dose: { of: 'start', percentOfStandard: { from: 10, to } },
})

function of(
  strength: GuidelineRule['strength'],
  actions: readonly Action[],
  effect: Effect = mild,
): GuidelineRule['interrupt'] {
  const rule: Interrupting = { strength, actions: [...actions], effects: [effect] }
  return interruptOf(rule, codes)
}

test('a contraindication is critical at any strength', () => {
  assert.equal(of('optional', [{ code: 'CONTRAINDICATED' }]), 'critical')
})

test('avoid is critical only when strong and the harm is grave', () => {
  assert.equal(of('strong', [avoid], grave), 'critical')
  assert.equal(of('moderate', [avoid], grave), 'warning')
  assert.equal(of('strong', [avoid], mild), 'warning')
  assert.equal(of('optional', [avoid], grave), 'info')
})

test('to avoid one dose of the drug is a warning, not a refusal of the drug', () => {
  const dose = { of: 'any', amount: { from: 75, to: 75, unit: 'mg', per: 'day' } } as const
  assert.equal(of('strong', [{ ...avoid, dose }], grave), 'warning')
})

test('a quarter of the dose or less is critical where the standard dose may kill', () => {
  assert.equal(of('strong', [share(25)], grave), 'critical')
  assert.equal(of('strong', [share(26)], grave), 'warning')
  assert.equal(of('strong', [share(25)], mild), 'warning')
})

test('a moderate "consider" informs unless the harm is grave; a strong one warns', () => {
  assert.equal(of('moderate', [consider], mild), 'info')
  assert.equal(of('moderate', [consider], grave), 'warning')
  assert.equal(of('strong', [consider], mild), 'warning')
  assert.equal(of('moderate', [alternative], mild), 'warning')
})

test('a required test warns; one to consider, or only in some cases, informs', () => {
  const first: Action = { code: 'TEST_FIRST', test: ['g6pd-enzyme-activity'] }
  assert.equal(of('moderate', [first]), 'warning')
  assert.equal(of('moderate', [{ ...first, wording: 'consider' }]), 'info')
  assert.equal(of('moderate', [{ ...first, condition: ['if-needed'] }]), 'info')
})

test('what starts with the standard dose informs, unless the dose then changes for everyone', () => {
  const later: Action = { ...alternative, condition: ['if-no-response'] }
  assert.equal(of('strong', [standard, later]), 'info')
  assert.equal(of('strong', [standard, share(50)]), 'warning')
  assert.equal(of('strong', [{ code: 'INFORM', inform: ['x'] }, standard, later]), 'info')
})

test('routine use is silent unless the result raises a risk', () => {
  const monitor: Action = { code: 'MONITOR', monitor: ['toxicity'] }
  assert.equal(of('strong', [standard], mild), 'none')
  assert.equal(of('strong', [standard, monitor], harmless), 'none')
  assert.equal(of('strong', [standard, monitor], unknown), 'none')
  assert.equal(of('strong', [standard, monitor], mild), 'info')
  assert.equal(of('strong', [monitor], { ...unknown, term: 'sjs-ten' }), 'info')
})

test('no recommendation is silent', () => {
  assert.equal(of('none', [{ code: 'NO_RECOMMENDATION' }], grave), 'none')
})

test('a result that changes nothing is silent, whatever else the advice goes on to', () => {
  const start: Action = {
    code: 'DOSE_SET',
    dose: { of: 'start', amount: { from: 40, to: 40, unit: 'mg', per: 'day' } },
  }
  const apart: Action = { code: 'AVOID_COMEDICATION', exclude: ['class:x'] }
  const more: Action = { ...share(200), code: 'DOSE_INCREASE', condition: ['indication:x'] }
  const asUsual: Effect = { gene: 'CYP2D6', exposure: 'none', risk: 'unknown' }
  for (const actions of [[start], [apart, standard], [standard, more]]) {
    assert.equal(of('strong', actions, harmless), 'none')
    assert.equal(of('strong', actions, asUsual), 'none')
    assert.notEqual(of('strong', actions, mild), 'none')
  }
  assert.equal(of('strong', [start], { ...asUsual, term: 'sjs-ten' }), 'warning')
  assert.equal(of('strong', [start], { ...asUsual, exposure: 'unknown' }), 'warning')
})

test('a result said to change nothing does not silence a refusal, a smaller dose or a test', () => {
  assert.equal(of('strong', [avoid], harmless), 'warning')
  assert.equal(of('strong', [share(50)], harmless), 'warning')
  assert.equal(of('strong', [{ code: 'TEST_FIRST', test: ['x'] }], harmless), 'warning')
  assert.equal(of('strong', [{ code: 'CONTRAINDICATED', condition: ['x'] }], harmless), 'critical')
})
