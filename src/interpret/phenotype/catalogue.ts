import type { AnnotatedDisease, DiseaseAnnotations } from '../../knowledge/hpo/annotations.ts'
import { rowsOf } from '../../knowledge/hpo/annotations.ts'
import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import { addFrequency, emptyTally, type FrequencyTally, frequencyOf } from './frequency.ts'

/** Numbers and frequencies of one row of a sparse table, sorted by number. */
export interface Sparse {
  readonly at: Int32Array
  readonly value: Float64Array
}

/** One disease of the catalogue, with its features as term numbers. */
export interface Profile {
  readonly disease: AnnotatedDisease
  /** Ranked as an answer; entries of Orphanet and DECIPHER only lend their features to diseases of the same gene. */
  readonly ranked: boolean
  /** Features as annotated, aspect P, with frequency 0..1. */
  readonly features: Sparse
  /** Modes of inheritance (aspect I), as term numbers. */
  readonly inheritance: readonly number[]
  /** Share of the annotated features whose frequency was counted in people, 0..1, drawn towards 0 by two. */
  readonly counted: number
}

/**
 * Every annotated disease with its features, and the same turned round: for each term the diseases that have it or
 * something more specific, with the greatest frequency among those (a disease has a term at least as often as any
 * narrower one).
 */
export interface Catalogue {
  readonly profiles: readonly Profile[]
  /** By term number. */
  readonly having: readonly Sparse[]
  /** By term number: -ln of the share of ranked diseases that have it; 0 for the root. */
  readonly information: Float64Array
  /** By term number: mean frequency over ranked diseases. */
  readonly background: Float64Array
  /** By disease: information of all its features and of every term above them, summed. */
  readonly total: Float64Array
}

const NONE: Sparse = { at: new Int32Array(0), value: new Float64Array(0) }

export function makeCatalogue(ontology: Ontology, { diseases }: DiseaseAnnotations): Catalogue {
  const profiles = diseases.map((one) => profileOf(ontology, one))
  const best = new Float64Array(ontology.size)
  const lists: { at: number[]; value: number[] }[] = []
  const count = new Float64Array(ontology.size)
  const sum = new Float64Array(ontology.size)
  let ranked = 0
  for (const [number, profile] of profiles.entries()) {
    const touched: number[] = []
    const { at, value } = profile.features
    for (let i = 0; i < at.length; i++) {
      const ancestors = ontology.ancestorsOf(at[i]!)
      for (const above of ancestors) {
        if (best[above] === 0) touched.push(above)
        if (value[i]! > best[above]!) best[above] = value[i]!
      }
    }
    if (profile.ranked) ranked++
    for (const term of touched) {
      lists[term] ??= { at: [], value: [] }
      lists[term].at.push(number)
      lists[term].value.push(best[term]!)
      if (profile.ranked) {
        count[term]!++
        sum[term]! += best[term]!
      }
      best[term] = 0
    }
  }
  const having = Array.from({ length: ontology.size }, (_, term) => {
    const list = lists[term]
    return list === undefined ? NONE : { at: Int32Array.from(list.at), value: Float64Array.from(list.value) }
  })
  const information = count.map((one) => -Math.log(Math.max(one, 1) / ranked))
  const total = new Float64Array(profiles.length)
  for (const [term, { at }] of having.entries()) for (const one of at) total[one]! += information[term]!
  return { profiles, having, information, background: sum.map((one) => Math.max(one, 0.5) / ranked), total }
}

/** What statements about one disease say about the frequency of each feature it is said to have, by term number. */
export function talliesOf(rows: ReturnType<typeof statements>): ReadonlyMap<number, FrequencyTally> {
  const tallies = new Map<number, FrequencyTally>()
  for (const { term, not, frequency } of rows) {
    if (not) continue
    const tally = tallies.get(term) ?? emptyTally()
    tallies.set(term, tally)
    addFrequency(tally, frequency)
  }
  return tallies
}

/** The rows of one aspect whose term is in force, or was replaced by one that is. */
export function statements(ontology: Ontology, disease: AnnotatedDisease, aspect: 'P' | 'I') {
  return disease.groups
    .filter((group) => group.aspect === aspect)
    .flatMap((group) =>
      rowsOf(group).flatMap(({ term: digits, not, frequency }) => {
        const state = ontology.stateOf(`HP:${digits}`)
        return state.kind === 'in-force' || state.kind === 'replaced'
          ? [{ term: state.term, not, frequency }]
          : []
      }),
    )
}

function profileOf(ontology: Ontology, disease: AnnotatedDisease): Profile {
  const rows = statements(ontology, disease, 'P')
  const counted = rows.filter(({ frequency }) => frequency.includes('/')).length
  const features = [...talliesOf(rows)]
    .map(([term, tally]) => ({ term, frequency: frequencyOf(tally) }))
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => a.term - b.term)
  return {
    disease,
    ranked: disease.id.startsWith('OMIM:'),
    features: {
      at: Int32Array.from(features, ({ term }) => term),
      value: Float64Array.from(features, ({ frequency }) => frequency),
    },
    inheritance: [...new Set(statements(ontology, disease, 'I').map(({ term }) => term))],
    counted: counted / (rows.length + 2),
  }
}
