import type { Undecided } from '../finding/phenotype.ts'
import type { Library, Seen } from './evidence.ts'
import { featureFrequency } from './feature-frequency.ts'
import { named } from './named-term.ts'
import { type Possible, questions } from './questions.ts'

/**
 * A disease at least this much as probable as the first is not told apart from it: among published patients whose first two
 * lay within that, the first was right about twice as often as the second, and neither most of the time.
 */
const NEAR = 0.5
/** A disease this probable is not doubted for what another reading says. */
const CLEAR = 0.7
/** ln of how much less likely than the best the features may be in a disease that still leads by the annotations alone. */
const NEAR_RATIO = 1
const MOST_BY_RATIO = 3
const LISTED = 8
const SETTLING = 3

/**
 * The diseases whose annotations, taken at their word, make the features likeliest: places in `ratios` (ln, over all terms),
 * the best first. The ranking leans on how published patients differ from the annotations; a person with the features of
 * the textbook does not.
 */
export function leadingByRatio(ratios: ArrayLike<number>): readonly number[] {
  const order = Array.from({ length: ratios.length }, (_, i) => i).sort(
    (a, b) => ratios[b]! - ratios[a]! || a - b,
  )
  return order.slice(0, MOST_BY_RATIO).filter((one) => ratios[one]! >= ratios[order[0]!]! - NEAR_RATIO)
}

/**
 * The leading diseases where there are several by one reading or the other, what was seen that they do not share, and what
 * would help to tell them apart.
 */
export function undecided(
  library: Library,
  seen: Seen,
  /** Most probable first. */
  possible: readonly Possible[],
  byAnnotations: readonly Possible[],
): Undecided | undefined {
  const [first] = possible
  if (first === undefined || first.probability >= CLEAR) return undefined
  const near = possible.filter((one) => one.probability >= first.probability * NEAR)
  const others = byAnnotations.filter(({ disease }) => !near.some((one) => one.disease === disease))
  const all = [...near, ...others.toSorted((a, b) => b.probability - a.probability)]
  if (all.length < 2) return undefined
  const kept = Math.max(0, LISTED - others.length)
  const leaders = [...near.slice(0, kept), ...all.slice(near.length)]
  const leadBy = ({ disease }: Possible): Undecided['diseases'][number]['leads'] => {
    const here = near.some((one) => one.disease === disease)
    if (!byAnnotations.some((one) => one.disease === disease)) return 'by-ranking'
    return here ? 'by-both' : 'by-annotations'
  }
  const { ontology, catalogue } = library
  const told = leaders.map(({ disease }) => catalogue.profiles[disease]!.disease)
  const between = seen.observed.flatMap((term) => {
    const having = leaders.flatMap(({ disease }, i) => {
      const annotated = featureFrequency(library, term, disease)
      return annotated === undefined ? [] : [{ id: told[i]!.id, name: told[i]!.name, ...annotated }]
    })
    if (having.length === 0 || having.length === leaders.length) return []
    return [{ ...named(ontology, term), having, information: catalogue.information[term]! }]
  })
  return {
    diseases: told.map(({ id, name, genes }, i) => ({
      id,
      name,
      genes: genes.map((one) => one.symbol),
      leads: leadBy(leaders[i]!),
      annotated: catalogue.profiles[leaders[i]!.disease]!.features.at.length,
    })),
    more: all.length - leaders.length,
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
