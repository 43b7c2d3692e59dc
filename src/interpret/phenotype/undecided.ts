import type { Undecided } from '../finding/phenotype.ts'
import type { Library, Seen } from './evidence.ts'
import { frequencyIn, named } from './explain.ts'
import { type Possible, questions } from './questions.ts'

/**
 * A disease at least this much as probable as the first is not told apart from it: among published patients whose first two
 * lay within that, the first was right about twice as often as the second, and neither most of the time.
 */
const NEAR = 0.5
const LISTED = 6
const SETTLING = 3

/** The leading diseases where there are several, what was seen that they do not share, and what would tell them apart. */
export function undecided(
  library: Library,
  seen: Seen,
  /** Most probable first. */
  possible: readonly Possible[],
): Undecided | undefined {
  const [first] = possible
  if (first === undefined) return undefined
  const near = possible.filter((one) => one.probability >= first.probability * NEAR)
  if (near.length < 2) return undefined
  const leaders = near.slice(0, LISTED)
  const { ontology, catalogue } = library
  const told = leaders.map(({ disease }) => catalogue.profiles[disease]!.disease)
  const between = seen.observed.flatMap((term) => {
    const frequencies = leaders.map(({ disease }) => frequencyIn(library, term, disease))
    if (frequencies.every((one) => one > 0) || frequencies.every((one) => one === 0)) return []
    const having = told.flatMap(({ id, name }, i) =>
      frequencies[i]! > 0 ? [{ id, name, frequency: frequencies[i]! }] : [],
    )
    return [{ ...named(ontology, term), having, information: catalogue.information[term]! }]
  })
  return {
    diseases: told.map(({ id, name, genes }, i) => ({
      id,
      name,
      genes: genes.map((one) => one.symbol),
      annotated: catalogue.profiles[leaders[i]!.disease]!.features.at.length,
    })),
    more: near.length - leaders.length,
    between: between
      .sort((a, b) => b.information - a.information || (a.id < b.id ? -1 : 1))
      .map(({ information: _, ...rest }) => rest),
    settling: questions(library, seen, leaders, SETTLING),
    byGene: separatedByGene(told.map(({ genes }) => genes.map((one) => one.symbol))),
  }
}

/** all: a causal variant names the disease. some: two of them share a gene. none: they all do, or no gene is known. */
function separatedByGene(genes: readonly (readonly string[])[]): Undecided['byGene'] {
  if (genes.every((one) => one.length === 0)) return 'none'
  const all = new Set(genes.flat())
  const shared = [...all].filter((gene) => genes.filter((one) => one.includes(gene)).length > 1)
  if (shared.length === 0 && genes.every((one) => one.length > 0)) return 'all'
  return shared.some((gene) => genes.every((one) => one.includes(gene))) ? 'none' : 'some'
}
