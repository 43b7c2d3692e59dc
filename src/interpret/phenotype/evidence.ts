import type { CandidateOdds } from '../../knowledge/hpo/candidate-odds.ts'
import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { Catalogue } from './catalogue.ts'
import type { DiseaseWords } from './disease-words.ts'
import type { Kindred } from './kindred.ts'
import { type Relatives, withLent } from './relatives.ts'

/** What was seen in one person, as numbers of terms in force; each term once. */
export interface Seen {
  readonly observed: readonly number[]
  readonly excluded: readonly number[]
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
}

/** Everything the evidence is computed from, made once. */
export interface Library {
  readonly ontology: Ontology
  readonly catalogue: Catalogue
  readonly kindred: Kindred
  readonly relatives: Relatives
  readonly words: DiseaseWords
  /** How much a candidate variant speaks for its gene. */
  readonly odds: CandidateOdds
  /** Terms so that every parent comes before its children. */
  readonly downward: Int32Array
  /** Inheritance term of X-linked recessive diseases (HP:0001419). */
  readonly xLinkedRecessive: number | undefined
}

/** Features of a disease for one person, in the order of the model. What each says: docs/evidence/phenotype.md. */
export const FEATURES = [
  'match',
  'pooled',
  'exact',
  'shallow',
  'best',
  'unmatched',
  'overlap',
  'missed',
  'missed-of-many',
  'size',
  'orphanet',
  'no-orphanet',
  'family',
  'name',
  'gene',
  'counted',
  'predisposition',
  'female-x-recessive',
  'excluded',
] as const
export type Feature = (typeof FEATURES)[number]

/** By feature, by disease of the catalogue. Only ranked diseases have all of them. */
export type Evidence = Readonly<Record<Feature, Float64Array>>

/** Terms without those that another term of the list already says. */
export function mostSpecific(ontology: Ontology, terms: readonly number[]): readonly number[] {
  return terms.filter((one) => !terms.some((other) => other !== one && ontology.isUnder(other, one)))
}

/**
 * How much more likely a person with the disease has the term than anybody with some disease. `exact` is the frequency of the
 * term in the disease, `near` the mean of frequency / background over the term and those above it, weighted by e^-(information
 * lost); a twentieth stands for what nobody wrote down.
 */
function ratioOf(exact: number, near: number, background: number): number {
  return (0.6 * exact) / background + 0.35 * near + UNWRITTEN
}
const UNWRITTEN = 0.05

/** What one term says about every disease. */
export interface TermEvidence {
  /** ln of `ratioOf`, by disease. */
  readonly match: Float64Array
  /** The same with what relatives of the disease lend. */
  readonly pooled: Float64Array
  /** Greatest information of a term that both the disease and the person have, by disease. */
  readonly shared: Float64Array
  /** Frequency of the term itself, by disease. */
  readonly exact: Float64Array
}

function termEvidence({ ontology, catalogue, relatives }: Library, term: number): TermEvidence {
  const { having, information, background, profiles } = catalogue
  const shared = new Float64Array(profiles.length)
  const near = new Float64Array(profiles.length)
  const exact = new Float64Array(profiles.length)
  const above = [...ontology.ancestorsOf(term)]
  const own = information[term]!
  const weights = above.map((one) => Math.exp(Math.min(information[one]!, own) - own))
  const sum = weights.reduce((a, b) => a + b, 0)
  for (const [place, one] of above.entries()) {
    const { at, value } = having[one]!
    const known = information[one]!
    const share = weights[place]! / sum / background[one]!
    for (let i = 0; i < at.length; i++) {
      const disease = at[i]!
      if (known > shared[disease]!) shared[disease] = known
      near[disease]! += share * value[i]!
    }
  }
  const { at, value } = having[term]!
  for (let i = 0; i < at.length; i++) exact[at[i]!] = value[i]!
  const ratio = near.map((one, disease) => ratioOf(exact[disease]!, one, background[term]!))
  const written = withLent(
    relatives,
    ratio.map((one) => one - UNWRITTEN),
  )
  return {
    match: ratio.map(Math.log),
    pooled: written.map((one) => Math.log(one + UNWRITTEN)),
    shared,
    exact,
  }
}

/** A disease has nothing to do with a term when the two share less than this; one disease in five shares this much. */
const UNRELATED = 1.5
/** Shared information above this says no more: it tells whether a term is covered at all. */
const SHALLOW = 3

/** Features told of a published patient, the median: where more were told, silence about one means more. */
const USUAL_TERMS = 7

/** Computes what a term says once for one person, however often it is asked. */
export function termReader(library: Library): (term: number) => TermEvidence {
  const known = new Map<number, TermEvidence>()
  return (term) => {
    const before = known.get(term)
    if (before !== undefined) return before
    const made = termEvidence(library, term)
    known.set(term, made)
    return made
  }
}

export function evidenceOf(library: Library, seen: Seen, told = termReader(library)): Evidence {
  const { ontology, catalogue, kindred, words } = library
  const { profiles, having, information, total } = catalogue
  const size = profiles.length
  const terms = mostSpecific(ontology, seen.observed)
  const made = Object.fromEntries(FEATURES.map((one) => [one, new Float64Array(size)])) as Record<
    Feature,
    Float64Array
  >
  const count = Math.max(terms.length, 1)
  const root = 1 / Math.sqrt(count)
  const fullness = Math.log(count / USUAL_TERMS)
  const whole = new Uint8Array(ontology.size)
  for (const term of terms) {
    for (const above of ontology.ancestorsOf(term)) whole[above] = 1
    const { match, pooled, shared, exact } = told(term)
    for (let disease = 0; disease < size; disease++) {
      const known = shared[disease]!
      made.match[disease]! += match[disease]! * root
      made.pooled[disease]! += pooled[disease]! * root
      if (exact[disease]! > 0) made.exact[disease]! += Math.log(exact[disease]! / 0.02 + 1) * root
      made.shallow[disease]! += Math.min(known, SHALLOW) / count
      if (known > made.best[disease]!) made.best[disease] = known
      if (known < UNRELATED) made.unmatched[disease]! += 1 / count
    }
  }
  const both = made.overlap
  let mine = 0
  for (let term = 0; term < whole.length; term++) {
    if (whole[term] === 0) continue
    mine += information[term]!
    for (const disease of having[term]!.at) both[disease]! += information[term]!
  }
  const covered = coverage(library, whole)
  made.name.set(words.shared(terms))
  penalties(library, seen.excluded, made.excluded)
  for (const [number, profile] of profiles.entries()) {
    if (!profile.ranked) continue
    both[number] = both[number]! / (mine + total[number]! - both[number]! + 1e-9)
    made.missed[number] = Math.log1p(missedOf(profile.features, covered, information))
    made['missed-of-many'][number] = made.missed[number]! * fullness
    made.size[number] = Math.log1p(profile.features.at.length)
    const sisters = kindred.orphanet[number]!
    made['no-orphanet'][number] = sisters.length === 0 ? 1 : 0
    made.orphanet[number] = sisters.length === 0 ? 0 : largest(made.match, sisters)
    const family = kindred.family[number]!
    made.family[number] = family.length === 0 ? 0 : largest(made.match, family)
    made.gene[number] = profile.disease.genes.length > 0 ? 1 : 0
    made.counted[number] = profile.counted
    made.predisposition[number] = /suscept|somatic|resistance|protection/i.test(profile.disease.name) ? 1 : 0
    const carried =
      library.xLinkedRecessive !== undefined && profile.inheritance.includes(library.xLinkedRecessive)
    made['female-x-recessive'][number] = carried && seen.sex === 'female' ? 1 : 0
  }
  return made
}

/** A feature that nearly everybody with the disease has, as counted or said; what nobody counted is never one. */
const NEARLY_ALWAYS = 0.8

/**
 * Against a disease: nearly everybody with it has a feature that this person was found not to have. ln(1 - frequency), at
 * worst ln 0.05, summed over the excluded terms. Never for a disease: authors exclude what other patients of the same paper
 * have, so that an excluded term hints at the answer in published cases and at nothing in a clinic.
 */
function penalties({ catalogue }: Library, excluded: readonly number[], into: Float64Array): void {
  for (const term of excluded) {
    const { at, value } = catalogue.having[term]!
    for (let i = 0; i < at.length; i++)
      if (value[i]! >= NEARLY_ALWAYS) into[at[i]!]! += Math.log(Math.max(1 - value[i]!, 0.05))
  }
}

/** By term: information of the most telling term at or above it that the person has. */
function coverage({ ontology, catalogue, downward }: Library, whole: Uint8Array): Float64Array {
  const covered = new Float64Array(ontology.size)
  for (const term of downward) {
    let most = whole[term] === 1 ? catalogue.information[term]! : 0
    for (const parent of ontology.parents[term]!) if (covered[parent]! > most) most = covered[parent]!
    covered[term] = most
  }
  return covered
}

/** How many features of the disease a person should have and does not, each in so far as nothing like it was seen. */
function missedOf(
  { at, value }: { readonly at: Int32Array; readonly value: Float64Array },
  covered: Float64Array,
  information: Float64Array,
): number {
  let sum = 0
  for (let i = 0; i < at.length; i++) {
    const known = information[at[i]!]!
    if (known > 0) sum += value[i]! * (1 - covered[at[i]!]! / known)
  }
  return sum
}

function largest(values: Float64Array, among: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY
  for (const one of among) if (values[one]! > most) most = values[one]!
  return most
}
