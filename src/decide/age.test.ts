import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../terms/fault.ts'
import { ageOn } from './age.ts'

for (const [birth, asOf, from, to] of [
  ['1957-04-12', '2025-04-11', 67, 67], // the day before the birthday
  ['1957-04-12', '2025-04-12', 68, 68],
  ['1957-04', '2025-04-12', 67, 68],
  ['1957-04', '2025-05-01', 68, 68],
  ['1957', '2025-06-30', 67, 68],
  ['1957', '2025-12-31', 68, 68],
  ['2025', '2025-06-30', 0, 0],
  ['2004-02-29', '2022-02-28', 17, 17],
  ['2004-02-29', '2022-03-01', 18, 18],
] as const) {
  test(`born ${birth}, on ${asOf}: ${from} to ${to}`, () => {
    assert.deepEqual(ageOn(birth, asOf), { from, to })
  })
}

for (const [birth, asOf, code] of [
  ['12.04.1957', '2025-04-12', 'DATE_MALFORMED'],
  ['1957-13', '2025-04-12', 'DATE_MALFORMED'],
  ['1957-02-30', '2025-04-12', 'DATE_MALFORMED'],
  ['1957-04-12', '2025', 'DATE_MALFORMED'],
  ['2026-01-01', '2025-04-12', 'BIRTH_DATE_IN_FUTURE'],
] as const) {
  test(`born ${birth}, on ${asOf} is refused: ${code}`, () => {
    assert.throws(
      () => ageOn(birth, asOf),
      (error) => error instanceof Fault && error.code === code,
    )
  })
}
