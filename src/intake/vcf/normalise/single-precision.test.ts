import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { single } from './single-precision.ts'

test('numbers as a BCF prints them', () => {
  for (const [text, expected] of [
    ['60.00', '60'],
    ['0.000', '0'],
    ['-0.50', '-0.5'],
    ['999', '999'],
    ['100', '100'],
    ['1000000', '1e+06'],
    ['123456', '123456'],
    ['1234.5678', '1234.57'],
    ['0.0001', '0.0001'],
    ['0.00005', '5e-05'],
    ['1e6', '1e+06'],
    ['1000000.0', '1e+06'],
    ['123456.0', '123456'],
    ['1e-3', '0.001'],
    ['100.10', '100.1'],
    ['0.1234567', '0.123457'],
    ['.', '.'],
    ['nan', 'nan'],
    ['007', '7'],
    ['5.', '5'],
    ['.5', '0.5'],
  ] as const)
    assert.equal(single(text), expected, text)
})

test('the short way and the long way agree', () => {
  const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,8})?$/)
  fc.assert(
    fc.property(digits, (text) => {
      const value = Math.fround(Number(text))
      const printed = Number(single(text))
      assert.ok(Math.abs(printed - value) <= Math.abs(value) * 5.1e-6, `${text} ${printed}`)
      assert.equal(single(single(text)), single(text))
    }),
    { numRuns: 2000 },
  )
})
