import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inUnit } from './lab-unit.ts'

for (const [name, value, from, to, expected] of [
  ['hemoglobin', 90, 'g/L', 'g/dL', 9],
  ['platelets', 150, '10*9/L', '/uL', 150_000],
  ['platelets', 150, '10^9/L', 'K/uL', 150],
  ['ANC', 1500, 'cells/mm3', '10*9/L', 1.5],
  ['ANC', 1.5, 'x 10^9/L', '10*3/uL', 1.5],
  ['albumin', 3.1, 'g/dL', 'g/L', 31],
  ['calcium', 2.5, 'mmol/L', 'umol/L', 2500],
  ['creatinine', 88.4, 'umol/L', 'mg/dL', 1],
  ['total bilirubin', 17.1, 'µmol/l', 'mg/dL', 1],
] as const)
  test(`${value} ${from} of ${name} in ${to}`, () => {
    const found = inUnit(name, value, from, to, 5)
    assert.ok(found !== undefined && Math.abs(found / expected - 1) < 0.002, String(found))
  })

test('what cannot be told is not', () => {
  assert.equal(inUnit('ALT', 40, 'U/L', 'ukat/L', 1), undefined, 'activities are not converted')
  assert.equal(inUnit('testosterone', 1, 'nmol/L', 'ng/dL', 50), undefined, 'no molar mass here')
  assert.equal(inUnit('creatinine', 132.6, 'umol/L', 'mg/dL', 1.5), undefined, 'too near the limit')
  assert.equal(inUnit('eGFR', 60, 'mL/min', 'mL/min/{1.73_m2}', 50), undefined)
  assert.equal(inUnit('hemoglobin', 9, 'g/dL', '', 9), undefined)
})

test('there and back is the same value', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (value) => {
      const there = inUnit('hemoglobin', value, 'g/L', 'mg/dL', 0)!
      assert.ok(Math.abs(inUnit('hemoglobin', there, 'mg/dL', 'g/L', 0)! / value - 1) < 1e-9)
    }),
    { numRuns: 200 },
  )
})
