import type { DualDiagnosis } from '../finding/phenotype.ts'
import { evidenceOf, type Library, mostSpecific, type Seen, type TermEvidence } from './evidence.ts'
import { named } from './explain.ts'

/** A term is explained when it is at least this much likelier (ln) in the disease than in any. */
const EXPLAINED = 0.7
/** Terms the second disease must add. */
const LEAST = 3

/**
 * For the first diseases: a second one that explains at least three terms the first does not, and at least half of them.
 * Nobody is said to have two diseases for it: it is what to think of when candidate variants lie in both genes.
 * `allowed`: places of `among` that the second may be (diseases of candidate genes), or undefined for any.
 */
export function dualDiagnoses(
  library: Library,
  seen: Seen,
  among: Int32Array,
  first: readonly number[],
  allowed: ReadonlySet<number> | undefined,
  evidence: (term: number) => TermEvidence,
): readonly DualDiagnosis[] {
  const { ontology, catalogue } = library
  const terms = mostSpecific(ontology, seen.observed)
  const matches = terms.map((term) => evidence(term).match)
  const genesOf = (disease: number) =>
    new Set(catalogue.profiles[disease]!.disease.genes.map((one) => one.symbol))
  const found: DualDiagnosis[] = []
  for (const one of first) {
    const open = terms.flatMap((_, place) => (matches[place]![one]! < EXPLAINED ? [place] : []))
    if (open.length < LEAST || open.length === terms.length) continue
    const own = genesOf(one)
    const rest = evidenceOf(
      library,
      { ...seen, observed: open.map((place) => terms[place]!), excluded: [] },
      evidence,
    )
    let best:
      | { readonly disease: number; readonly explained: readonly number[]; readonly weight: number }
      | undefined
    for (const other of among) {
      if (other === one || (allowed !== undefined && !allowed.has(other))) continue
      if ([...genesOf(other)].some((gene) => own.has(gene))) continue
      const explained = open.filter((place) => matches[place]![other]! >= EXPLAINED)
      if (explained.length < LEAST || explained.length * 2 < open.length) continue
      const weight = rest.match[other]! - rest.missed[other]!
      if (best === undefined || weight > best.weight) best = { disease: other, explained, weight }
    }
    if (best === undefined) continue
    const say = (disease: number) => ({
      id: catalogue.profiles[disease]!.disease.id,
      name: catalogue.profiles[disease]!.disease.name,
    })
    const names = (places: readonly number[]) => places.map((place) => named(ontology, terms[place]!))
    const { explained } = best
    found.push({
      diseases: [say(one), say(best.disease)],
      explainedByFirst: names([...terms.keys()].filter((place) => !open.includes(place))),
      explainedBySecondOnly: names(explained),
      unexplained: names(open.filter((place) => !explained.includes(place))),
    })
  }
  return found
}
