import { seededRandom } from '../statistics/random.ts'
import { nonNegativeLeastSquares } from './least-squares.ts'

/** Signatures that a spectrum is explained by: each has one probability for each channel, summing to 1. */
export interface SignatureMatrix {
  /** As the user calls it: its file. */
  readonly name: string
  readonly signatures: readonly { readonly name: string; readonly shares: readonly number[] }[]
}

interface Refit {
  readonly cosine: number
  readonly signatures: readonly {
    readonly name: string
    readonly share: number
    readonly low: number
    readonly high: number
    readonly mutations: number
  }[]
}

/** Spectra drawn anew for the intervals. */
const RESAMPLES = 500

/**
 * Shares of signatures in a spectrum (non-negative least squares), with intervals of 95 % from spectra drawn anew: each channel a Poisson
 * count of its mean. The seed is fixed: the same spectrum gives the same interval.
 */
export function refit(counts: readonly number[], { signatures }: SignatureMatrix): Refit {
  const gram = signatures.map((one) => signatures.map((other) => product(one.shares, other.shares)))
  const solve = (spectrum: readonly number[]) =>
    nonNegativeLeastSquares(
      gram,
      signatures.map(({ shares }) => product(shares, spectrum)),
    )
  const exposures = solve(counts)
  const random = seededRandom(1)
  const drawn = Array.from({ length: RESAMPLES }, () =>
    sharesOf(solve(counts.map((mean) => poisson(mean, random)))),
  )
  const shares = sharesOf(exposures)
  const rebuilt = counts.map((_, channel) =>
    signatures.reduce((sum, { shares: of }, at) => sum + of[channel]! * exposures[at]!, 0),
  )
  return {
    cosine: cosine(counts, rebuilt),
    signatures: signatures
      .map(({ name }, at) => {
        const values = drawn.map((one) => one[at]!).sort((a, b) => a - b)
        return {
          name,
          share: shares[at]!,
          low: values[Math.floor(RESAMPLES * 0.025)]!,
          high: values[Math.ceil(RESAMPLES * 0.975) - 1]!,
          mutations: exposures[at]!,
        }
      })
      .filter(({ share, high }) => share > 0 || high > 0)
      .sort((a, b) => b.share - a.share),
  }
}

function product(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const lengths = Math.sqrt(product(a, a) * product(b, b))
  return lengths === 0 ? 0 : product(a, b) / lengths
}

function sharesOf(exposures: readonly number[]): number[] {
  const sum = exposures.reduce((a, b) => a + b, 0)
  return exposures.map((one) => (sum === 0 ? 0 : one / sum))
}

/** A Poisson count: multiplied uniforms for small means (Knuth), a rounded normal for large ones. */
function poisson(mean: number, random: () => number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let count = 0
  for (let chance = random(); chance > limit; chance *= random()) count++
  return count
}
