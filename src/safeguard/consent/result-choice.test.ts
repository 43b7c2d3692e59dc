import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '../../record/resource.ts'
import { compileConsent } from './compile-consent.ts'
import { RESULT_CHOICE } from './consent-codes.ts'
import { type ResultChoice, resultChoice } from './result-choice.ts'

const AT = Date.parse('2026-11-22T12:00:00Z')
const said = (
  id: string,
  dateTime: string | undefined,
  type: string,
  more: { choice?: ResultChoice; status?: string; end?: string } = {},
) =>
  ({
    resourceType: 'Consent',
    id,
    status: more.status ?? 'active',
    ...(dateTime === undefined ? {} : { dateTime }),
    provision: {
      type,
      ...(more.end === undefined ? {} : { period: { end: more.end } }),
      code: [{ coding: [{ system: RESULT_CHOICE, code: more.choice ?? 'recontact' }] }],
    },
  }) satisfies Resource

test('who was not asked said neither yes nor no', () => {
  assert.deepEqual(resultChoice([], 'recontact', AT), { wanted: undefined })
  const other = said('a', '2026-01-01', 'permit', { choice: 'carrier-findings' })
  assert.deepEqual(resultChoice([other], 'recontact', AT), { wanted: undefined })
})

test('the newest word holds; of two of one day the refusal', () => {
  const yes = said('a', '2026-02-01', 'permit')
  const no = said('b', '2026-01-01', 'deny')
  assert.deepEqual(resultChoice([no, yes], 'recontact', AT), { wanted: true, consent: 'a' })
  const sameDay = said('c', '2026-02-01', 'deny')
  assert.deepEqual(resultChoice([yes, sameDay], 'recontact', AT), { wanted: false, consent: 'c' })
  assert.deepEqual(resultChoice([said('d', undefined, 'permit'), no], 'recontact', AT), {
    wanted: false,
    consent: 'b',
  })
})

test('what was withdrawn or has ended is not a word any more', () => {
  const withdrawn = said('a', '2026-02-01', 'permit', { status: 'inactive' })
  const ended = said('b', '2026-03-01', 'permit', { end: '2026-11-21' })
  const lastDay = said('c', '2026-01-01', 'permit', { end: '2026-11-22' })
  assert.deepEqual(resultChoice([withdrawn, ended], 'recontact', AT), { wanted: undefined })
  assert.deepEqual(resultChoice([withdrawn, ended, lastDay], 'recontact', AT), {
    wanted: true,
    consent: 'c',
  })
})

test('an exception within a Consent may name a choice', () => {
  const consent: Resource = {
    resourceType: 'Consent',
    id: 'a',
    status: 'active',
    dateTime: '2026-02-01',
    provision: {
      type: 'permit',
      provision: [
        { type: 'deny', code: [{ coding: [{ system: RESULT_CHOICE, code: 'secondary-findings' }] }] },
      ],
    },
  }
  assert.deepEqual(resultChoice([consent], 'secondary-findings', AT), { wanted: false, consent: 'a' })
})

test('a choice alone decides no access; with anything else it is obeyed like any Consent', () => {
  assert.equal(compileConsent(said('a', '2026-02-01', 'deny')).active, false)
  const more = said('a', '2026-02-01', 'deny')
  const label = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }]
  const both = { ...more, provision: { ...more.provision, securityLabel: label } }
  assert.equal(compileConsent(both).active, true)
  assert.equal(compileConsent({ resourceType: 'Consent', id: 'b', status: 'active' }).active, true)
})
