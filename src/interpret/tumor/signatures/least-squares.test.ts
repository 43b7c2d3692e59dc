import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nonNegativeLeastSquares } from './least-squares.ts'

const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, one, at) => sum + one * b[at]!, 0)
/** From columns of A and b. */
const solve = (columns: readonly (readonly number[])[], b: readonly number[]) =>
  nonNegativeLeastSquares(
    columns.map((one) => columns.map((other) => product(one, other))),
    columns.map((one) => product(one, b)),
  )

// Answers of SciPy 1.17: scipy.optimize.nnls.
for (const [name, columns, b, expected] of [
  [
    'a system with an answer inside',
    [
      [1, 0],
      [0, 1],
    ],
    [2, 3],
    [2, 3],
  ],
  [
    'a negative answer is held at 0',
    [
      [1, 0],
      [0, 1],
    ],
    [2, -3],
    [2, 0],
  ],
  [
    'the example of the npm package ml-fcnnls',
    [
      [1, 10, -1, -5],
      [1, 11, 0, 6],
      [2, -9, 0, -7],
    ],
    [-1, 11, 0, 1],
    [0.461, 0.5611, 0],
  ],
  ['nothing fits', [[-1, -1]], [1, 1], [0]],
] as const)
  test(name, () => {
    for (const [at, one] of solve(columns, b).entries())
      assert.ok(Math.abs(one - expected[at]!) < 1e-4, `${one} is not ${expected[at]}`)
  })

test('two columns that are the same share what one would have', () => {
  const found = solve(
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [2, 4, 6],
  )
  assert.ok(Math.abs(found[0]! + found[1]! - 2) < 1e-9)
})

test('no other answer is better: at 0 the error would rise, elsewhere it is flat (Karush-Kuhn-Tucker)', () => {
  // In hundredths: columns that differ by less than one in a million count as the same and would not meet the conditions.
  const share = fc.integer({ min: 0, max: 100 }).map((one) => one / 100)
  const shares = fc.array(share, { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(shares, { minLength: 1, maxLength: 9 }),
      fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 12, maxLength: 12 }),
      (columns, b) => {
        const x = solve(columns, b)
        const rest = b.map(
          (one, row) => one - columns.reduce((sum, column, at) => sum + column[row]! * x[at]!, 0),
        )
        const scale = 1 + Math.max(...columns.map((column) => Math.abs(product(column, b))))
        for (const [at, column] of columns.entries()) {
          assert.ok(x[at]! >= 0)
          const slope = product(column, rest) / scale
          if (x[at]! > 0)
            assert.ok(Math.abs(slope) < 1e-6, `the error still falls along column ${at}: ${slope}`)
          else assert.ok(slope < 1e-6, `column ${at} was left out: ${slope}`)
        }
      },
    ),
    { numRuns: 300 },
  )
})
