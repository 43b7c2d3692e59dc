import { logGamma } from './gamma.ts'

/**
 * Log-likelihood of `carrying` reads of `depth` where the expected share is `fraction` (0..1, ends excluded) and shares
 * scatter like a beta distribution whose two parameters sum to `steadiness`; Infinity: no scatter, a plain binomial.
 */
export function readsLogLikelihood(
  carrying: number,
  depth: number,
  fraction: number,
  steadiness: number,
): number {
  const choose = logGamma(depth + 1) - logGamma(carrying + 1) - logGamma(depth - carrying + 1)
  if (steadiness === Number.POSITIVE_INFINITY)
    return choose + carrying * Math.log(fraction) + (depth - carrying) * Math.log(1 - fraction)
  const [a, b] = [fraction * steadiness, (1 - fraction) * steadiness]
  return choose + logBeta(carrying + a, depth - carrying + b) - logBeta(a, b)
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}
