import assert from 'node:assert/strict'
import { test } from 'node:test'
import { primitiveFault } from './primitive.ts'

/** Both sides of every edge of hl7.org/fhir/R4/datatypes.html. */
const VALUES: readonly (readonly [type: string, value: unknown, good: boolean])[] = [
  ['boolean', true, true],
  ['boolean', 'true', false],
  ['integer', 2147483647, true],
  ['integer', 2147483648, false],
  ['integer', -2147483648, true],
  ['integer', 1.5, false],
  ['positiveInt', 1, true],
  ['positiveInt', 0, false],
  ['unsignedInt', 0, true],
  ['unsignedInt', -1, false],
  ['decimal', 1.5e3, true],
  ['decimal', '1.5', false],
  ['string', 'two\nlines\tand a tab', true],
  ['string', 'bell\u0007', false],
  ['string', 'x'.repeat(1_048_576), true],
  ['string', 'x'.repeat(1_048_577), false],
  ['code', 'entered-in-error', true],
  ['code', 'two words', true],
  ['code', 'two  spaces', false],
  ['code', ' padded', false],
  ['id', 'a'.repeat(64), true],
  ['id', 'a'.repeat(65), false],
  ['id', 'under_score', false],
  ['uri', 'urn:oid:1.2.3', true],
  ['uri', 'with space', false],
  ['oid', 'urn:oid:1.2.3', true],
  ['oid', 'urn:oid:3.2.3', false],
  ['oid', '1.2.3', false],
  ['uuid', 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', true],
  ['uuid', 'c757873d-ec9a-4326-a141-556f43239520', false],
  ['base64Binary', 'aGVsbG8=', true],
  ['base64Binary', 'aGVs\nbG8=', true],
  ['base64Binary', 'aGVsbG8', false],
  ['base64Binary', 'aGVsbG8=a===', false],
  ['base64Binary', 'aGVsb-8=', false],
  ['date', '2020', true],
  ['date', '2020-12', true],
  ['date', '2020-13', false],
  ['date', '2020-02-29', true],
  ['date', '2021-02-29', false],
  ['date', '1900-02-29', false],
  ['date', '2000-02-29', true],
  ['date', '2021-04-31', false],
  ['date', '0000-01-01', false],
  ['date', '2020-1-1', false],
  ['date', '2020-01-01T00:00:00Z', false],
  ['dateTime', '2020-01-01', true],
  ['dateTime', '2020-01-01T10:00:00+14:00', true],
  ['dateTime', '2020-01-01T10:00:00+14:30', false],
  ['dateTime', '2020-01-01T10:00:00', false],
  ['dateTime', '2020-01-01T10:00Z', false],
  ['dateTime', '2020-01-01T24:00:00Z', false],
  ['dateTime', '2016-12-31T23:59:60Z', true],
  ['dateTime', '2023-02-29T10:00:00Z', false],
  ['instant', '2020-01-01T10:00:00.123Z', true],
  ['instant', '2020-01-01', false],
  ['time', '23:59:59', true],
  ['time', '24:00:00', false],
  ['time', '10:00', false],
  ['xhtml', '<div xmlns="http://www.w3.org/1999/xhtml">x</div>', true],
  ['xhtml', 'x', false],
  ['markdown', '**x**', true],
  ['url', 'https://example.org/a', true],
  ['canonical', 'http://example.org/a|1', true],
]

for (const [type, value, good] of VALUES) {
  const shown = JSON.stringify(value).slice(0, 40)
  test(`${shown} is ${good ? 'a' : 'no'} ${type}`, () => {
    assert.equal(primitiveFault(type, value) === undefined, good)
  })
}

test('what is wrong is said without the value', () => {
  assert.equal(primitiveFault('date', '2021-02-30'), 'is not a date of the calendar')
})
