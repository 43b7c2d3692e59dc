import type { FeatureFrequency } from '../finding/phenotype.ts'
import { statements, talliesOf } from './catalogue.ts'
import type { Library } from './evidence.ts'
import { statedOf } from './frequency.ts'
import { named } from './named-term.ts'

/** Frequency of the term, or of the most frequent narrower one, in the disease, 0..1; 0 where it is not annotated. */
export function frequencyIn({ catalogue }: Library, term: number, disease: number): number {
  const { at, value } = catalogue.having[term]!
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle]! < disease) low = middle + 1
    else high = middle
  }
  return at[low] === disease ? value[low]! : 0
}

/** The annotated feature whose frequency `frequencyIn` gives: the term itself where it is as frequent as any narrower one. */
export function featureStating(library: Library, term: number, disease: number): number | undefined {
  const { ontology, catalogue } = library
  const { at, value } = catalogue.profiles[disease]!.features
  let best: number | undefined
  let most = 0
  for (let i = 0; i < at.length; i++) {
    if (!ontology.isUnder(at[i]!, term)) continue
    if (value[i]! > most || (value[i] === most && at[i] === term)) {
      most = value[i]!
      best = at[i]!
    }
  }
  return best
}

/** What the annotations state about the term in the disease; undefined where they name neither it nor a narrower one. */
export function featureFrequency(
  library: Library,
  term: number,
  disease: number,
): FeatureFrequency | undefined {
  const feature = featureStating(library, term, disease)
  if (feature === undefined) return undefined
  const { ontology, catalogue } = library
  const tally = talliesOf(statements(ontology, catalogue.profiles[disease]!.disease, 'P')).get(feature)!
  return {
    frequency: frequencyIn(library, term, disease),
    stated: statedOf(tally),
    statedFor: feature === term ? undefined : named(ontology, feature),
  }
}
