import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { patientId } from '../../terms/ids.ts'
import type { AuditEntry } from './audit-entry.ts'
import { auditEventOf, entryOf } from './audit-event.ts'
import { hmacSha256 } from './audit-key.ts'
import { canonicalJson, orderedJson } from './canonical-json.ts'

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.-]{0,20}$/)
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const entries = fc
  .record({
    at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
    action: fc.constantFrom('C', 'R', 'U', 'D', 'E'),
    kind: fc.oneof(fc.constantFrom('rest', 'search', 'login', 'export', 'break-glass', 'cds-hooks'), word),
    interaction: fc.oneof(fc.constantFrom('read', 'search-type', 'order-sign'), word),
    outcome: fc.constantFrom('success', 'refused', 'failed'),
    code: optional(word),
    who: fc.record({
      id: fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      roles: fc.array(word),
      reference: optional(fc.constant('Practitioner/p1')),
      session: optional(word),
      client: optional(word),
      address: optional(fc.ipV4()),
    }),
    purpose: word,
    patients: fc.array(word.map(patientId)),
    what: fc.array(
      fc.oneof(fc.constantFrom('Observation/1', 'Patient/p1', 'Observation?code&subject'), word),
    ),
    count: optional(fc.nat()),
    reason: optional(word),
  })
  .map(
    ({ at, who, ...rest }) =>
      defined({ at: at.toISOString(), who: defined(who), ...rest }) as unknown as AuditEntry,
  )

function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
}

test('an entry is told by its AuditEvent and read from it again', () => {
  fc.assert(
    fc.property(entries, (entry) => {
      assert.deepEqual(entryOf(JSON.parse(orderedJson(auditEventOf('main', entry, '1-x')))), entry)
    }),
  )
})

test('an AuditEvent is written with its keys in canonical order', () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const event = auditEventOf('main', entry, '1-x')
      assert.equal(orderedJson(event), canonicalJson(event))
    }),
  )
})

test('canonical JSON as in RFC 8785: the examples of sections 3.2.2 and 3.2.3', () => {
  const sorted = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  assert.equal(
    canonicalJson(sorted),
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  )
  assert.equal(
    canonicalJson(
      JSON.parse('{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0]}'),
    ),
    '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}',
  )
  assert.equal(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/'), '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  assert.equal(canonicalJson({ a: undefined, b: [true, false, null] }), '{"b":[true,false,null]}')
})

test('what JSON cannot tell is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, () => 1]) {
    assert.throws(() => canonicalJson(value), RangeError)
  }
  assert.throws(() => orderedJson({ a: 'half \ud800 pair' }), RangeError)
  assert.equal(orderedJson({ a: '\\ud800' }), '{"a":"\\\\ud800"}', 'a backslash and letters are a text')
})

test('the keyed digest is HMAC-SHA-256', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 100 }), (secret, text) => {
      assert.deepEqual(hmacSha256(secret)(text), createHmac('sha256', secret).update(text).digest())
    }),
  )
})
