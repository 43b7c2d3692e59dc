import { rowsOf } from '../../knowledge/hpo/annotations.ts'
import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { NamedTerm, NotAsked, TermSaying } from '../finding/phenotype.ts'
import type { Library, Seen, TermEvidence } from './evidence.ts'

/** ln ratios nearer to zero than this say nothing. */
const SILENT = 0.35

export function named(ontology: Ontology, term: number): NamedTerm {
  return { id: ontology.ids[term]!, name: ontology.names[term]! }
}

/** What each term of the person says about one disease, the loudest first. */
export function sayings(
  library: Library,
  seen: Seen,
  disease: number,
  evidence: (term: number) => TermEvidence,
): readonly TermSaying[] {
  const { ontology } = library
  const told: TermSaying[] = []
  for (const term of seen.observed) {
    const { match, pooled, exact } = evidence(term)
    const weight = pooled[disease]!
    const lender = weight - match[disease]! > SILENT ? greatestLender(library, disease, match) : undefined
    const near = nearestFeature(library, term, disease)
    told.push({
      ...named(ontology, term),
      state: 'observed',
      says: weight > SILENT ? 'for' : weight < -SILENT ? 'against' : 'nothing',
      weight,
      lentBy: lender,
      frequency: exact[disease]! > 0 ? exact[disease]! : undefined,
      nearest: near === undefined ? undefined : named(ontology, near),
      references: near === undefined ? [] : referencesOf(library, disease, near),
    })
  }
  for (const term of seen.excluded) {
    const frequency = frequencyIn(library, term, disease)
    const weight = Math.log(Math.max(1 - frequency, 0.05))
    const near = frequency > 0 ? nearestFeature(library, term, disease) : undefined
    told.push({
      ...named(ontology, term),
      state: 'excluded',
      says: weight < -0.1 ? 'against' : 'nothing',
      weight,
      lentBy: undefined,
      frequency: frequency > 0 ? frequency : undefined,
      nearest: near === undefined ? undefined : named(ontology, near),
      references: near === undefined ? [] : referencesOf(library, disease, near),
    })
  }
  return told.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.id < b.id ? -1 : 1))
}

/** The relative whose share of its own likelihood ratio is the largest. */
function greatestLender(
  { relatives, catalogue }: Library,
  disease: number,
  match: Float64Array,
): TermSaying['lentBy'] {
  let most = 0
  let best: number | undefined
  for (let i = relatives.start[disease]!; i < relatives.start[disease + 1]!; i++) {
    const lent = relatives.share[i]! * Math.exp(match[relatives.at[i]!]!)
    if (lent > most) {
      most = lent
      best = relatives.at[i]!
    }
  }
  if (best === undefined) return undefined
  const { id, name } = catalogue.profiles[best]!.disease
  return { id, name }
}

/** Typical features that were neither observed nor excluded, and that no observed term implies. */
export function notAsked(library: Library, seen: Seen, disease: number, most: number): readonly NotAsked[] {
  const { ontology, catalogue } = library
  const { at, value } = catalogue.profiles[disease]!.features
  const open = [...at].flatMap((term, place) => {
    const asked =
      seen.observed.some((one) => ontology.isUnder(one, term)) ||
      seen.excluded.some((one) => ontology.isUnder(term, one) || ontology.isUnder(one, term))
    return asked
      ? []
      : [{ term, frequency: value[place]!, worth: value[place]! * catalogue.information[term]! }]
  })
  return open
    .sort((a, b) => b.worth - a.worth || a.term - b.term)
    .slice(0, most)
    .map(({ term, frequency }) => ({ ...named(ontology, term), frequency }))
}

/** Frequency of the term, or of a narrower one, in the disease; 0 where it is not annotated. */
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

/** The annotated feature that shares the most telling term with this one; undefined when only the root is shared. */
function nearestFeature({ ontology, catalogue }: Library, term: number, disease: number): number | undefined {
  const above = new Set(ontology.ancestorsOf(term))
  let best: number | undefined
  let most = 0.5
  for (const feature of catalogue.profiles[disease]!.features.at) {
    let shared = feature === term ? 100 : 0
    for (const one of ontology.ancestorsOf(feature))
      if (above.has(one) && catalogue.information[one]! > shared) shared = catalogue.information[one]!
    if (shared > most) {
      most = shared
      best = feature
    }
  }
  return best
}

function referencesOf({ ontology, catalogue }: Library, disease: number, feature: number): readonly string[] {
  const id = ontology.ids[feature]!.slice(3)
  const { groups } = catalogue.profiles[disease]!.disease
  const naming = groups.filter(
    (group) => group.aspect === 'P' && rowsOf(group).some((row) => row.term === id && !row.not),
  )
  return [...new Set(naming.map((group) => group.reference))]
}
