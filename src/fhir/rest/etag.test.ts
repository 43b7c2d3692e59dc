import assert from 'node:assert/strict'
import { test } from 'node:test'
import { etagOf, httpDate, isFresh, versionOf } from './etag.ts'

const STORED = { version: 3, lastUpdated: '2026-11-22T09:30:00.500Z' }

test('If-Match names one version, or any', () => {
  assert.equal(versionOf('W/"3"'), 3)
  assert.equal(versionOf('"3"'), 3)
  assert.equal(versionOf('*'), undefined)
  assert.equal(versionOf(undefined), undefined)
  for (const text of ['3', 'W/"a"', '"1","2"', ''])
    assert.throws(() => versionOf(text), /tag of one version/, text)
})

for (const [match, since, fresh] of [
  ['W/"3"', undefined, true],
  ['"2", W/"3"', undefined, true],
  ['*', undefined, true],
  ['W/"2"', undefined, false],
  [undefined, 'Sun, 22 Nov 2026 09:30:00 GMT', true],
  [undefined, 'Sun, 22 Nov 2026 09:29:59 GMT', false],
  [undefined, 'yesterday', false],
  // If-None-Match decides alone where both are sent (RFC 9110, 13.2.2).
  ['W/"2"', 'Sun, 22 Nov 2026 09:30:00 GMT', false],
  [undefined, undefined, false],
] as const) {
  test(`${match} and ${since}: ${fresh ? 'not sent again' : 'sent'}`, () =>
    assert.equal(isFresh(STORED, match, since), fresh))
}

test('tags and dates as HTTP writes them', () => {
  assert.equal(etagOf(3), 'W/"3"')
  assert.equal(httpDate(STORED.lastUpdated), 'Sun, 22 Nov 2026 09:30:00 GMT')
})
