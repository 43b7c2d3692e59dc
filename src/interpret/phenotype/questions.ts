import type { Question } from '../finding/phenotype.ts'
import type { Library, Seen } from './evidence.ts'
import { featureFrequency, frequencyIn } from './feature-frequency.ts'
import { named } from './named-term.ts'
import { ofOtherSex } from './sex-terms.ts'

/** What the annotations do not mention is still seen now and then. */
const UNMENTIONED = 0.02
/**
 * A disease with fewer annotated features was not described closely enough for what it does not mention to count: of what
 * published patients had, the annotations did not name 66 % for diseases with fewer than 15 features, 57 % up to 30, 44 % beyond.
 */
const DESCRIBED = 30
/** Bits; an answer that moves less is not worth an examination. */
const LEAST_GAIN = 0.005
/** Nor is one after which the same disease leads, as probable as it would be after the other answer. */
const LEAST_MOVE = 0.01

/** A disease that is still possible. */
export interface Possible {
  readonly disease: number
  readonly probability: number
}

/**
 * Terms whose presence or absence would move the probabilities of the first diseases most: expected information in bits, each
 * feature taken as independent of the others given the disease. Only terms that move them at all.
 */
export function questions(
  library: Library,
  seen: Seen,
  possible: readonly Possible[],
  most: number,
): readonly Question[] {
  const { ontology, catalogue } = library
  const sum = possible.reduce((total, one) => total + one.probability, 0)
  if (possible.length < 2 || sum === 0) return []
  const asked = new Set<number>()
  for (const one of seen.observed) for (const above of ontology.ancestorsOf(one)) asked.add(above)
  const terms = new Set(possible.flatMap(({ disease }) => [...catalogue.profiles[disease]!.features.at]))
  const scored = [...terms].flatMap((term) => {
    if (asked.has(term) || seen.excluded.some((one) => ontology.isUnder(term, one))) return []
    if (ofOtherSex(ontology, term, seen.sex)) return []
    const frequencies = frequenciesOf(library, term, possible)
    let present = 0
    let known = 0
    for (const [i, { probability }] of possible.entries()) {
      present += (probability / sum) * frequencies[i]!
      known += (probability / sum) * entropy(frequencies[i]!)
    }
    return [{ term, gain: entropy(present) - known, frequencies }]
  })
  const promising = scored
    .filter((one) => one.gain > LEAST_GAIN)
    .sort((a, b) => b.gain - a.gain || a.term - b.term)
  const found: Question[] = []
  for (const { term, gain, frequencies } of promising) {
    if (found.length === most) break
    const after = (isPresent: boolean): Question['ifPresent'] => {
      const odds = possible.map(({ disease, probability }, i) => ({
        disease,
        odds: probability * (isPresent ? frequencies[i]! : 1 - frequencies[i]!),
      }))
      const first = odds.reduce((a, b) => (b.odds > a.odds ? b : a))
      const { id, name } = catalogue.profiles[first.disease]!.disease
      return { id, name, probability: (sum * first.odds) / odds.reduce((total, one) => total + one.odds, 0) }
    }
    const [ifPresent, ifAbsent] = [after(true), after(false)]
    const moved = Math.abs(ifPresent.probability - ifAbsent.probability) >= LEAST_MOVE
    if (ifPresent.id === ifAbsent.id && !moved) continue
    const annotated = possible.flatMap(({ disease }) => {
      const frequency = featureFrequency(library, term, disease)
      const { id, name } = catalogue.profiles[disease]!.disease
      return frequency === undefined ? [] : [{ id, name, ...frequency }]
    })
    found.push({ ...named(ontology, term), gain, ifPresent, ifAbsent, annotated })
  }
  return found
}

/**
 * How often people with each disease have the term. A disease that does not mention it and has few annotated features is
 * silent: it is given the mean of the others, so that the answer neither raises nor lowers it against them.
 */
function frequenciesOf(library: Library, term: number, possible: readonly Possible[]): readonly number[] {
  const stated = possible.map(({ disease }) => {
    const frequency = frequencyIn(library, term, disease)
    if (frequency > 0) return Math.min(Math.max(frequency, UNMENTIONED), 0.98)
    return library.catalogue.profiles[disease]!.features.at.length < DESCRIBED ? undefined : UNMENTIONED
  })
  let sum = 0
  let weight = 0
  for (const [i, frequency] of stated.entries())
    if (frequency !== undefined) {
      sum += possible[i]!.probability * frequency
      weight += possible[i]!.probability
    }
  return stated.map((frequency) => frequency ?? sum / weight)
}

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p))
}
