import type { DualDiagnosis } from '../finding/phenotype.ts'
import { evidenceOf, type Library, mostSpecific, type Seen, type TermEvidence } from './evidence.ts'
import { named } from './named-term.ts'

/** A term is explained when it is at least this much likelier (ln) in the disease than in any. */
const EXPLAINED = 0.7
/** Terms each disease must explain, and that the two must explain beyond the best single disease. */
const LEAST = 3
/** ln ratios of the second disease's terms, summed, must reach this: e^9 is about the number of diseases. */
const CLEAR = 9

/**
 * For the first diseases: a second one that explains at least three terms the first does not, clearly, so that the two explain
 * at least three more than any single disease does.
 * Nobody is said to have two diseases for it: it is what to think of. `allowed`: diseases of the candidate genes.
 */
export function dualDiagnoses(
  library: Library,
  seen: Seen,
  allowed: ReadonlySet<number>,
  first: readonly number[],
  evidence: (term: number) => TermEvidence,
): readonly DualDiagnosis[] {
  const { ontology, catalogue } = library
  const terms = mostSpecific(ontology, seen.observed)
  const matches = terms.map((term) => evidence(term).match)
  let single = 0
  for (const one of allowed)
    single = Math.max(single, matches.filter((match) => match[one]! >= EXPLAINED).length)
  const genesOf = (disease: number) =>
    new Set(catalogue.profiles[disease]!.disease.genes.map((one) => one.symbol))
  const found: DualDiagnosis[] = []
  for (const one of first) {
    const open = terms.flatMap((_, place) => (matches[place]![one]! < EXPLAINED ? [place] : []))
    if (open.length < LEAST || terms.length - open.length < LEAST) continue
    const own = genesOf(one)
    const rest = evidenceOf(
      library,
      { ...seen, observed: open.map((place) => terms[place]!), excluded: [] },
      evidence,
    )
    let best:
      | { readonly disease: number; readonly explained: readonly number[]; readonly weight: number }
      | undefined
    for (const other of allowed) {
      if (other === one) continue
      if ([...genesOf(other)].some((gene) => own.has(gene))) continue
      const explained = open.filter((place) => matches[place]![other]! >= EXPLAINED)
      if (terms.length - open.length + explained.length < single + LEAST) continue
      const clear = explained.reduce((sum, place) => sum + matches[place]![other]!, 0)
      if (explained.length < LEAST || clear < CLEAR) continue
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
