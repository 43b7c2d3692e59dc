import type { Question } from '../finding/phenotype.ts'
import type { Library, Seen } from './evidence.ts'
import { frequencyIn, named } from './explain.ts'

/** What the annotations do not mention is still seen now and then. */
const UNMENTIONED = 0.02

/** A disease that is still possible. */
export interface Possible {
  readonly disease: number
  readonly probability: number
}

/**
 * Terms whose presence or absence would move the probabilities of the first diseases most: expected information in bits, each
 * feature taken as independent of the others given the disease.
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
    let present = 0
    let known = 0
    for (const { disease, probability } of possible) {
      const frequency = Math.min(Math.max(frequencyIn(library, term, disease), UNMENTIONED), 0.98)
      present += (probability / sum) * frequency
      known += (probability / sum) * entropy(frequency)
    }
    return [{ term, gain: entropy(present) - known }]
  })
  const best = scored.sort((a, b) => b.gain - a.gain || a.term - b.term).slice(0, most)
  return best.map(({ term, gain }) => {
    const after = (isPresent: boolean): Question['ifPresent'] => {
      const odds = possible.map(({ disease, probability }) => {
        const frequency = Math.min(Math.max(frequencyIn(library, term, disease), UNMENTIONED), 0.98)
        return { disease, odds: probability * (isPresent ? frequency : 1 - frequency) }
      })
      const first = odds.reduce((a, b) => (b.odds > a.odds ? b : a))
      const { id, name } = catalogue.profiles[first.disease]!.disease
      return { id, name, probability: (sum * first.odds) / odds.reduce((total, one) => total + one.odds, 0) }
    }
    return { ...named(ontology, term), gain, ifPresent: after(true), ifAbsent: after(false) }
  })
}

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p))
}
