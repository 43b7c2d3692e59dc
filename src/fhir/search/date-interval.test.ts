import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateInterval, periodInterval, timingInterval } from './date-interval.ts'

const iso = (text: string) => {
  const found = dateInterval(text)
  return found && [new Date(found.low).toISOString(), new Date(found.high).toISOString()]
}

for (const [text, low, high] of [
  ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2026-11', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['0099-03-01', '0099-03-01T00:00:00.000Z', '0099-03-02T00:00:00.000Z'],
  ['2026-11-22T09:30Z', '2026-11-22T09:30:00.000Z', '2026-11-22T09:31:00.000Z'],
  ['2026-11-22T09:30:15Z', '2026-11-22T09:30:15.000Z', '2026-11-22T09:30:16.000Z'],
  ['2026-11-22T09:30:15.5Z', '2026-11-22T09:30:15.500Z', '2026-11-22T09:30:15.600Z'],
  ['2026-11-22T09:30:15.123456Z', '2026-11-22T09:30:15.123Z', '2026-11-22T09:30:15.124Z'],
  ['2026-11-22T23:30:00-05:00', '2026-11-23T04:30:00.000Z', '2026-11-23T04:30:01.000Z'],
  // A plus sign that a URL turned into a blank.
  ['2026-11-22T01:00:00 02:00', '2026-11-21T23:00:00.000Z', '2026-11-21T23:00:01.000Z'],
  ['2026-11-22T09:30', '2026-11-22T09:30:00.000Z', '2026-11-22T09:31:00.000Z'],
] as const) {
  test(`${text} covers ${low} to ${high}`, () => assert.deepEqual(iso(text), [low, high]))
}

for (const text of [
  '',
  '26',
  '2026-13',
  '2026-00-01',
  '2023-02-29',
  '2026-11-31',
  '2026-11-22T24:00Z',
  '2026-11-22T09:60Z',
  '2026-11-22T09:30+15:00',
  'today',
  '2026-11-22Z',
]) {
  test(`"${text}" is not a date`, () => assert.equal(dateInterval(text), undefined))
}

test('every instant lies in the interval of its day, month and year', () => {
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(date, (at) => {
      const text = at.toISOString()
      for (const length of [4, 7, 10]) {
        const { low, high } = dateInterval(text.slice(0, length))!
        assert.ok(low <= at.getTime() && at.getTime() < high)
      }
    }),
  )
})

test('a period without an end is open there; without any end it is nothing', () => {
  assert.deepEqual(periodInterval({ start: '2026' }), { low: Date.UTC(2026), high: undefined })
  assert.deepEqual(periodInterval({ end: '2026-01' }), { low: undefined, high: Date.UTC(2026, 1) })
  assert.equal(periodInterval({}), undefined)
})

test('a timing covers its events and its bounds', () => {
  const events = { event: ['2026-03-01', '2026-01-01'] }
  assert.deepEqual(timingInterval(events), { low: Date.UTC(2026), high: Date.UTC(2026, 2, 2) })
  assert.deepEqual(timingInterval({ ...events, repeat: { boundsPeriod: { start: '2025' } } }), {
    low: Date.UTC(2025),
    high: undefined,
  })
  assert.equal(timingInterval({}), undefined)
})
