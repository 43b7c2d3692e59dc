import { gammaBelow } from './gamma.ts'

/** Exact interval of a Poisson mean from one count. */
interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * The means that a count does not contradict, two-sided (Garwood 1936): each tail holds (1 - confidence) / 2.
 * Throws RangeError unless the count is a whole number of at least 0.
 */
export function poissonInterval(count: number, confidence = 0.95): Interval {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be whole, got ${count}`)
  const tail = (1 - confidence) / 2
  return { low: count === 0 ? 0 : quantile(count, tail), high: quantile(count + 1, 1 - tail) }
}

/** The x below which `share` of a gamma distribution of shape a lies, by halving; a mean of 1e15 is found in 110 steps. */
function quantile(a: number, share: number): number {
  let low = 0
  let high = a + 1
  while (gammaBelow(a, high) < share) high *= 2
  for (let step = 0; step < 110; step++) {
    const middle = (low + high) / 2
    if (gammaBelow(a, middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
