import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { settledTo, single } from './single-number.ts'

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

test('a value that is told settled at a glance is printed as it stands', () => {
  const number = fc.oneof(
    fc.stringMatching(/^-?[0-9]{1,8}(\.[0-9]{0,7})?$/),
    fc.stringMatching(/^[-0-9.eE+a]{0,8}$/),
    fc.double().map(String),
    fc.stringMatching(/^-?[0-9](\.[0-9]{1,6})?e[-+][0-4][0-9]$/),
    fc.constantFrom('0.0001', '0.00001', '-0', '0', '00', '.', '', '100', '1.0', '0.12', '123456', '1234567'),
  )
  let settled = 0
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 3 }), (parts) => {
      const value = parts.join(',')
      const text = Buffer.from(`AF=${value};B=1`)
      const end = settledTo(text, 3, text.length)
      assert.equal(settledTo(text, 3, 3 + value.length), end, 'at the end of INFO as before another entry')
      if (end < 0) return
      assert.equal(end, 3 + value.length)
      settled += 1
      assert.equal(parts.map(single).join(','), value)
    }),
    { numRuns: 20_000, seed: 6131 },
  )
  assert.ok(settled > 1000, String(settled))
  for (const plain of ['30', '0.5', '0.938', '-2.204', '1,1', '0.5,0.5', '0', '1165.26', '1.25e-05,9e-37'])
    assert.equal(settledTo(Buffer.from(plain), 0, plain.length), plain.length, plain)
})

test('small numbers are printed as the nearest single-precision number is', () => {
  const small = fc.oneof(
    fc.stringMatching(/^-?0\.0{4,12}[0-9]{1,8}$/),
    fc.stringMatching(/^-?[0-9](\.[0-9]{0,7})?e-[0-9]{1,2}$/),
  )
  fc.assert(
    fc.property(small, (text) => {
      const value = Math.fround(Number(text))
      // Below that, single precision has fewer digits.
      if (Math.abs(value) < 1e-37 || Math.abs(value) >= 9.99e-5) return
      const [mantissa, exponent] = value.toExponential(5).split('e-') as [string, string]
      assert.equal(single(text), `${mantissa.replace(/\.?0+$/, '')}e-${exponent.padStart(2, '0')}`, text)
    }),
    { numRuns: 5000 },
  )
})
