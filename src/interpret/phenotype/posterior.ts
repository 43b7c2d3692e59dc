import type { RankingModel } from '../../knowledge/hpo/ranking-model.ts'
import type { Evidence, Library, Seen } from './evidence.ts'
import { type Mate, matesOf } from './mates.ts'

/** Score of each disease of `among`; only differences between them mean anything. */
export function scores(
  model: Pick<RankingModel, 'weights'>,
  evidence: Readonly<Record<string, Float64Array>>,
  among: Int32Array,
): Float64Array {
  const sum = new Float64Array(among.length)
  for (const { feature, mean, deviation, weight } of model.weights) {
    const values = evidence[feature]!
    const factor = weight / deviation
    for (let i = 0; i < among.length; i++) sum[i]! += (values[among[i]!]! - mean) * factor
  }
  return sum
}

/**
 * Scores by two readings: what a disease itself says, and then with what its mates say by the first. A pack without a first
 * reading has one only. `first`: the scores of the first reading, by which genes are ranked, as they add up their diseases anyway.
 */
export function readTwice(
  { first, weights }: Pick<RankingModel, 'first' | 'weights'>,
  { kindred }: Pick<Library, 'kindred'>,
  evidence: Evidence,
  among: Int32Array,
): {
  readonly scores: Float64Array
  readonly first: Float64Array
  readonly evidence: Readonly<Record<string, Float64Array>>
} {
  if (first.length === 0) {
    const only = scores({ weights }, evidence, among)
    return { scores: only, first: only, evidence }
  }
  const before = scores({ weights: first }, evidence, among)
  const mates: Readonly<Record<Mate, Float64Array>> = matesOf(kindred, among, before)
  const whole = { ...evidence, ...mates }
  return { scores: scores({ weights }, whole, among), first: before, evidence: whole }
}

/** Probabilities that sum to 1. */
export function softmax(given: Float64Array, sharpness: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY
  for (const one of given) if (one > most) most = one
  const made = given.map((one) => Math.exp((one - most) * sharpness))
  let sum = 0
  for (const one of made) sum += one
  return made.map((one) => one / sum)
}

/** What tells a person whose disease is in the catalogue from one whose disease nobody has described yet. */
export const KNOWN_SIGNS = ['lead', 'mass', 'match', 'shallow', 'best', 'terms'] as const

export function knownSigns(
  evidence: Evidence,
  among: Int32Array,
  shares: Float64Array,
  seen: Seen,
): Readonly<Record<(typeof KNOWN_SIGNS)[number], number>> {
  let top = 0
  let square = 0
  for (let i = 0; i < shares.length; i++) {
    if (shares[i]! > shares[top]!) top = i
    square += shares[i]! * shares[i]!
  }
  const disease = among[top]!
  return {
    lead: Math.log(shares[top]!),
    mass: Math.log(square),
    match: evidence.match[disease]!,
    shallow: evidence.shallow[disease]!,
    best: evidence.best[disease]!,
    terms: Math.log1p(seen.observed.length),
  }
}

/** 0..1: that the disease is one of the catalogue. */
export function knownProbability(
  { known }: Pick<RankingModel, 'known'>,
  signs: ReturnType<typeof knownSigns>,
): number {
  let sum = known.get('constant') ?? 0
  for (const name of KNOWN_SIGNS) sum += (known.get(name) ?? 0) * signs[name]
  return 1 / (1 + Math.exp(-sum))
}
