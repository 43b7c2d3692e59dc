import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listed } from './list.ts'
import { amountText, plainNumber, range, shareText, spanText, timesText } from './quantity.ts'

test('numbers have no trailing zeros and no rounding noise', () => {
  const cases: [number, string][] = [
    [0.1 + 0.2, '0.3'],
    [7.5, '7.5'],
    [0.05, '0.05'],
    [1.4, '1.4'],
    [600, '600'],
  ]
  for (const [value, text] of cases) assert.equal(plainNumber(value), text)
})

test('a range of one value is that value', () => {
  assert.equal(range(50, 50), '50')
  assert.equal(range(40, 50), '40–50')
})

test('shares of the standard dose: percent up to the standard dose, times above it', () => {
  const cases: [number, number, 'below' | 'at-least' | undefined, string][] = [
    [50, 50, undefined, '50% of'],
    [40, 50, undefined, '40–50% of'],
    [100, 100, undefined, '100% of'],
    [125, 125, undefined, '1.25 times'],
    [150, 200, undefined, '1.5–2 times'],
    [200, 200, undefined, 'twice'],
    [250, 250, undefined, '2.5 times'],
    [0, 25, 'below', 'less than 25% of'],
    [150, 150, 'at-least', 'at least 1.5 times'],
    [70, 70, 'at-least', 'at least 70% of'],
  ]
  for (const [from, to, bound, text] of cases) assert.equal(shareText(from, to, bound), text)
})

test('amounts', () => {
  const amount = (
    from: number,
    to: number,
    unit: string,
    per: 'dose' | 'day' | 'week' | '2-weeks' | 'month',
  ) => amountText({ from, to, unit, per })
  assert.equal(amount(10, 10, 'mg', 'day'), '10 mg/day')
  assert.equal(amount(0.05, 0.05, 'mg/kg', 'day'), '0.05 mg/kg/day')
  assert.equal(amount(600, 600, 'mg', 'dose'), '600 mg')
  assert.equal(amount(75, 75, 'mg', '2-weeks'), '75 mg every 2 weeks')
  assert.equal(amount(300, 300, 'mg', 'month'), '300 mg/month')
  assert.equal(amount(2, 3, 'mg/m2', 'week'), '2–3 mg/m²/week')
  assert.equal(amount(50, 50, 'ug', 'dose'), '50 µg')
})

test('spans and frequencies', () => {
  assert.equal(spanText({ from: 1, to: 1, unit: 'week' }), '1 week')
  assert.equal(spanText({ from: 3, to: 3, unit: 'day' }), '3 days')
  assert.equal(spanText({ from: 7, to: 10, unit: 'day' }), '7–10 days')
  assert.equal(timesText(1, 'daily'), 'once daily')
  assert.equal(timesText(2, 'daily'), 'twice daily')
  assert.equal(timesText(3, 'weekly'), '3 times weekly')
})

test('lists', () => {
  assert.equal(listed([], 'and'), '')
  assert.equal(listed(['a'], 'or'), 'a')
  assert.equal(listed(['a', 'b'], 'or'), 'a or b')
  assert.equal(listed(['a', 'b', 'c'], 'and'), 'a, b and c')
})
