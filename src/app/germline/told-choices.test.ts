import assert from 'node:assert/strict'
import { test } from 'node:test'
import { combineChoices } from './told-choices.ts'

const YES = { wanted: true, consent: 'c1' } as const
const NO = { wanted: false, consent: 'c2' } as const
const NOBODY = { wanted: undefined } as const
const ask = (secondary: boolean, carrier: boolean, carrierRefused = false) => ({
  secondary,
  carrier,
  carrierRefused,
})

test('the record of the person decides; the option only where nobody asked', () => {
  assert.deepEqual(combineChoices(ask(false, false), [YES, NO]).sought, ask(true, false, true))
  assert.deepEqual(combineChoices(ask(true, false), [NOBODY, NOBODY]).sought, ask(true, false))
  assert.deepEqual(combineChoices(ask(false, false), [NOBODY, NOBODY]).sought, ask(false, false))
  assert.match(combineChoices(ask(false, false), [YES, NOBODY]).notes.join(), /wanted \(Consent c1\)/)
})

test('a refusal is never overruled', () => {
  assert.throws(() => combineChoices(ask(true, false), [NO, NOBODY]), { code: 'CHOICE_REFUSED' })
  assert.throws(() => combineChoices(ask(false, true), [NOBODY, NO]), { code: 'CHOICE_REFUSED' })
})
