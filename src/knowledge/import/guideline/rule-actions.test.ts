import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodedAction, CodedText } from './codebook.ts'
import { actionsFor } from './rule-actions.ts'

function coded(actions: CodedAction[], considerations: CodedAction[] = []): CodedText {
  const hash = '0'.repeat(16)
  return { textSha256: hash, plainSha256: hash, mainSha256: hash, actions, considerations }
}

test('considerations follow the recommendation', () => {
  const text = coded([{ code: 'AVOID' }], [{ code: 'INFORM', inform: ['x'] }])
  assert.deepEqual(actionsFor(text, 'codeine'), [{ code: 'AVOID' }, { code: 'INFORM', inform: ['x'] }])
})

test('an action for one drug of the text is left out for the others', () => {
  const limit: CodedAction = {
    code: 'LIMIT_DOSE',
    dose: { of: 'any', max: { from: 20, to: 20, unit: 'mg', per: 'day' } },
    onlyFor: ['citalopram'],
  }
  const text = coded([{ code: 'STANDARD' }], [limit])
  assert.equal(actionsFor(text, 'citalopram').length, 2)
  assert.deepEqual(actionsFor(text, 'escitalopram'), [{ code: 'STANDARD' }])
})

test('a consideration completes the first action of its code', () => {
  const text = coded(
    [
      { code: 'ALTERNATIVE', alternatives: ['class:p2y12-inhibitor'], condition: ['if-not-contraindicated'] },
      { code: 'TITRATE', monitor: ['plasma-concentration'] },
    ],
    [
      { code: 'ALTERNATIVE', into: 'ALTERNATIVE', alternatives: ['ticagrelor'], inform: ['known'] },
      { code: 'TITRATE', into: 'TITRATE', monitor: ['plasma-concentration', 'clinical-response'] },
    ],
  )
  assert.deepEqual(actionsFor(text, 'clopidogrel'), [
    {
      code: 'ALTERNATIVE',
      alternatives: ['ticagrelor'],
      condition: ['if-not-contraindicated'],
      inform: ['known'],
    },
    { code: 'TITRATE', monitor: ['plasma-concentration', 'clinical-response'] },
  ])
})

test('a number given in the considerations fills the dose that the recommendation left open', () => {
  const text = coded(
    [
      { code: 'AVOID' },
      { code: 'DOSE_DECREASE', dose: { of: 'any' }, condition: ['if-alternative-not-suitable'] },
    ],
    [
      { code: 'TEST_FIRST', before: 'DOSE_DECREASE', test: ['dpd-phenotype'] },
      {
        code: 'DOSE_DECREASE',
        into: 'DOSE_DECREASE',
        dose: { of: 'start', percentOfStandard: { from: 0, to: 25 }, bound: 'below' },
        condition: ['if-no-phenotype-test'],
      },
    ],
  )
  assert.deepEqual(actionsFor(text, 'fluorouracil'), [
    { code: 'AVOID' },
    { code: 'TEST_FIRST', test: ['dpd-phenotype'] },
    {
      code: 'DOSE_DECREASE',
      dose: { of: 'start', percentOfStandard: { from: 0, to: 25 }, bound: 'below' },
      condition: ['if-alternative-not-suitable', 'if-no-phenotype-test'],
    },
  ])
})

test('a consideration without an action to complete stands by itself', () => {
  const text = coded([{ code: 'AVOID' }], [{ code: 'MONITOR', into: 'MONITOR', monitor: ['ecg'] }])
  assert.deepEqual(actionsFor(text, 'x'), [{ code: 'AVOID' }, { code: 'MONITOR', monitor: ['ecg'] }])
})
