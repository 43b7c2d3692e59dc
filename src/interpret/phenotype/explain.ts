import { rowsOf } from '../../knowledge/hpo/annotations.ts'
import type { NotAsked, TermSaying } from '../finding/phenotype.ts'
import type { Library, Seen, TermEvidence } from './evidence.ts'
import { featureFrequency, featureStating } from './feature-frequency.ts'
import { named } from './named-term.ts'
import { ofOtherSex } from './sex-terms.ts'

/** ln ratios nearer to zero than this say nothing. */
const SILENT = 0.35

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
    const { match, pooled } = evidence(term)
    const weight = pooled[disease]!
    const lender = weight - match[disease]! > SILENT ? greatestLender(library, disease, match) : undefined
    const near = featureStating(library, term, disease) ?? nearestFeature(library, term, disease)
    told.push({
      ...named(ontology, term),
      state: 'observed',
      says: weight > SILENT ? 'for' : weight < -SILENT ? 'against' : 'nothing',
      weight,
      lentBy: lender,
      ...featureFrequency(library, term, disease),
      nearest: near === undefined ? undefined : named(ontology, near),
      references: near === undefined ? [] : referencesOf(library, disease, near),
    })
  }
  for (const term of seen.excluded) {
    const annotated = featureFrequency(library, term, disease)
    const near = featureStating(library, term, disease)
    // Where nobody wrote how often a feature is there, its absence speaks against nothing.
    const silent = annotated === undefined || annotated.stated.kind === 'unstated'
    const weight = silent ? 0 : Math.log(Math.max(1 - annotated.frequency, 0.05))
    told.push({
      ...named(ontology, term),
      state: 'excluded',
      says: weight < -0.1 ? 'against' : 'nothing',
      weight,
      lentBy: undefined,
      ...annotated,
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
      ofOtherSex(ontology, term, seen.sex) ||
      seen.observed.some((one) => ontology.isUnder(one, term)) ||
      seen.excluded.some((one) => ontology.isUnder(term, one) || ontology.isUnder(one, term))
    return asked
      ? []
      : [{ term, frequency: value[place]!, worth: value[place]! * catalogue.information[term]! }]
  })
  return open
    .sort((a, b) => b.worth - a.worth || a.term - b.term)
    .slice(0, most)
    .map(({ term }) => ({ ...named(ontology, term), ...featureFrequency(library, term, disease)! }))
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
