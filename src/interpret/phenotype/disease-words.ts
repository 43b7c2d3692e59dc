import type { TermName } from '../../knowledge/hpo/vocabulary.ts'
import type { Profile } from './catalogue.ts'

/** Words that most names of diseases have, or that say how it is inherited. */
const EMPTY: ReadonlySet<string> = new Set(
  'syndrome disease disorder type with and without due deficiency congenital familial autosomal recessive dominant linked form susceptibility'.split(
    ' ',
  ),
)

/** Weight of a word that no name of a ranked disease has; ln of about their number. */
const UNHEARD = 9

/**
 * Words of disease names, for names that tell the features ("Cardiomyopathy, dilated, 1A"). Endings are cut so that
 * "cardiomyopathy" meets "cardiomyopathic"; a word weighs by how few names have it.
 */
export class DiseaseWords {
  readonly #terms: readonly ReadonlySet<string>[]
  readonly #holders = new Map<string, number[]>()
  readonly #weights: ReadonlyMap<string, number>
  readonly #totals: Float64Array
  readonly #names: readonly ReadonlySet<string>[]

  /** `names` are the names of terms; those that are broader or only related are not used. */
  constructor(profiles: readonly Profile[], names: readonly TermName[], terms: number) {
    const own: Set<string>[] = Array.from({ length: terms }, () => new Set())
    for (const { term, text, kind } of names)
      if (kind !== 'broad' && kind !== 'related') for (const word of stemsOf(text)) own[term]!.add(word)
    this.#terms = own
    let ranked = 0
    this.#names = profiles.map((profile) => stemsOf(profile.disease.name))
    const words = profiles.map((profile, number) => {
      if (!profile.ranked) return new Set<string>()
      ranked++
      return this.#names[number]!
    })
    for (const [number, set] of words.entries())
      for (const word of set) {
        const list = this.#holders.get(word)
        if (list === undefined) this.#holders.set(word, [number])
        else list.push(number)
      }
    this.#weights = new Map(
      [...this.#holders].map(([word, { length }]) => [word, Math.log(ranked / (length + 1))]),
    )
    this.#totals = Float64Array.from(words, (set) =>
      [...set].reduce((sum, word) => sum + this.#weights.get(word)!, 0),
    )
  }

  /** The one of `among` whose name shares the greatest part of its words with the name of a disease; none shares a word: undefined. */
  mostAlike(disease: number, among: readonly number[]): number | undefined {
    const own = this.#names[disease]!
    let best: number | undefined
    let most = 0
    for (const one of among) {
      let both = 0
      let all = 0
      for (const word of new Set([...own, ...this.#names[one]!])) {
        const weight = this.#weights.get(word) ?? UNHEARD
        all += weight
        if (own.has(word) && this.#names[one]!.has(word)) both += weight
      }
      if (all > 0 && both / all > most) {
        most = both / all
        best = one
      }
    }
    return best
  }

  /** By disease: share of the weight of its name that the names of these terms have, 0..1. */
  shared(terms: readonly number[]): Float64Array {
    const shares = new Float64Array(this.#totals.length)
    for (const word of new Set(terms.flatMap((term) => [...this.#terms[term]!])))
      for (const number of this.#holders.get(word) ?? []) shares[number]! += this.#weights.get(word)!
    return shares.map((one, number) => one / (this.#totals[number]! + 3))
  }
}

function stemsOf(text: string): Set<string> {
  const words = text.toLowerCase().split(/[^a-z0-9]+/)
  return new Set(
    words
      .filter((word) => word.length > 3 && !EMPTY.has(word) && !/^\d/.test(word))
      .map((word) => word.replace(/ies$/, 'y').replace(/(ous|al|ic|ity|ia|y|es|s|e|is|us)$/, '')),
  )
}
