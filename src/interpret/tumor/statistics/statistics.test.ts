import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readsLogLikelihood } from './beta-binomial.ts'
import { gammaBelow, logGamma } from './gamma.ts'
import { poissonInterval } from './poisson-interval.ts'
import { seededRandom } from './random.ts'

const near = (found: number, expected: number, within: number) =>
  assert.ok(Math.abs(found - expected) <= within, `${found} is not ${expected}`)

// Values of SciPy 1.17: scipy.special.gammaln.
for (const [x, expected] of [
  [0.1, 2.252712651734206],
  [1, 0],
  [5, 3.1780538303479458],
  [1000.5, 5908.674175848678],
] as const)
  test(`log gamma of ${x}`, () => near(logGamma(x), expected, 1e-9))

// Values of SciPy 1.17: scipy.stats.chi2.ppf(0.025, 2k) / 2 and chi2.ppf(0.975, 2k + 2) / 2.
for (const [count, low, high] of [
  [0, 0, 3.688879454113936],
  [1, 0.025317807984289897, 5.571643390938898],
  [10, 4.7953886961324335, 18.39035604201778],
  [340, 304.8163226965158, 378.1307043892911],
  [3313, 3201.1372079765397, 3427.774081755427],
] as const)
  test(`interval of a count of ${count}`, () => {
    const found = poissonInterval(count)
    near(found.low, low, 1e-6)
    near(found.high, high, 1e-6)
  })

test('a count that is not whole is an error of the caller', () => {
  assert.throws(() => poissonInterval(1.5), RangeError)
  assert.throws(() => poissonInterval(-1), RangeError)
})

test('an interval holds its count, and grows with it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), (count) => {
      const [one, next] = [poissonInterval(count), poissonInterval(count + 1)]
      assert.ok(one.low <= count && count < one.high)
      assert.ok(one.low < next.low || count === 0)
      assert.ok(one.high < next.high)
    }),
    { numRuns: 60 },
  )
})

test('the gamma distribution is whole: nothing below 0, all below a far point', () => {
  near(gammaBelow(3, 0), 0, 0)
  near(gammaBelow(3, 1000), 1, 1e-12)
})

test('likelihoods of all read counts sum to 1, with and without scatter', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      fc.constantFrom(5, 200, Number.POSITIVE_INFINITY),
      (depth, fraction, steadiness) => {
        let sum = 0
        for (let reads = 0; reads <= depth; reads++)
          sum += Math.exp(readsLogLikelihood(reads, depth, fraction, steadiness))
        near(sum, 1, 1e-9)
      },
    ),
    { numRuns: 50 },
  )
})

test('the same seed gives the same numbers, another seed others, all in [0, 1)', () => {
  const draw = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed))
  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
  assert.ok(draw(7).every((one) => one >= 0 && one < 1))
  near(draw(7).reduce((a, b) => a + b, 0) / 1000, 0.5, 0.03)
})
