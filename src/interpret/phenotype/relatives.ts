import type { Neighbours } from '../../knowledge/hpo/neighbours.ts'
import type { Profile } from './catalogue.ts'
import type { DiseaseWords } from './disease-words.ts'
import type { Kindred } from './kindred.ts'

/**
 * Diseases that lend their features to a disease, row by row: those of disease d are `at[start[d]..start[d + 1])`, each
 * with the share of its likelihood ratio that counts.
 */
export interface Relatives {
  readonly start: Int32Array
  readonly at: Int32Array
  readonly share: Float64Array
}

/**
 * How much a whole group lends, beside 1 of the disease itself; its members divide it. Chosen by cross-validation with
 * folds that the evidence does not use (docs/evidence/phenotype.md); between half and double it hardly matters.
 */
const LENT = { named: 0.15, orphanet: 0.15, family: 0.15, gene: 0.1, neighbours: 0.25 } as const

/**
 * An entry with three annotated features is not a disease with three features. What its Orphanet entries (all of its
 * gene, and the one of the most like name), diseases of its name, of its gene, and of the most like profile have is
 * likelier in it than in any disease.
 */
export function relativesOf(
  profiles: readonly Profile[],
  kindred: Kindred,
  words: DiseaseWords,
  neighbours: Neighbours,
): Relatives {
  const numbers = new Map(profiles.map(({ disease }, number) => [disease.id, number]))
  const start = new Int32Array(profiles.length + 1)
  const at: number[] = []
  const share: number[] = []
  for (const [number, { disease, ranked }] of profiles.entries()) {
    if (ranked) {
      const lent = new Map<number, number>()
      const lend = (from: readonly number[], most: number): void => {
        for (const one of from) lent.set(one, (lent.get(one) ?? 0) + most / from.length)
      }
      const orphanet = kindred.orphanet[number]!
      const named = words.mostAlike(number, orphanet)
      if (named !== undefined) lend([named], LENT.named)
      lend(orphanet, LENT.orphanet)
      lend(kindred.family[number]!, LENT.family)
      lend(kindred.gene[number]!, LENT.gene)
      for (const { id, share } of neighbours.get(disease.id) ?? []) {
        const one = numbers.get(id)
        if (one !== undefined) lent.set(one, (lent.get(one) ?? 0) + share * LENT.neighbours)
      }
      for (const [one, part] of [...lent].sort(([a], [b]) => a - b)) {
        at.push(one)
        share.push(part)
      }
    }
    start[number + 1] = at.length
  }
  return { start, at: Int32Array.from(at), share: Float64Array.from(share) }
}

/** By disease: `own`, and what its relatives lend of theirs. */
export function withLent({ start, at, share }: Relatives, own: Float64Array): Float64Array {
  const made = Float64Array.from(own)
  for (let disease = 0; disease < own.length; disease++) {
    const end = start[disease + 1]!
    for (let i = start[disease]!; i < end; i++) made[disease]! += share[i]! * own[at[i]!]!
  }
  return made
}
