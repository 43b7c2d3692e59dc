import type { Kindred } from './kindred.ts'

/** What other diseases of a gene, and of one name, say for a disease. */
export const MATES = ['gene-mates', 'name-mates'] as const
export type Mate = (typeof MATES)[number]

/** Mates that are this much less likely than the best disease, or more, say nothing. */
const SILENT = 0.03

/**
 * How well the other diseases of the gene, and those of the name, do in a first reading: by disease, ln(0.03 + sum of
 * e^(score - best score)). A person whose features point to one disease of a gene often has another of it, which fewer words
 * describe. `first`: scores of the diseases of `among`; the others get the value of those that have no mates.
 */
export function matesOf(
  { gene, family }: Pick<Kindred, 'gene' | 'family'>,
  among: Int32Array,
  first: Float64Array,
): Readonly<Record<Mate, Float64Array>> {
  const size = gene.length
  const likely = new Float64Array(size)
  let best = Number.NEGATIVE_INFINITY
  for (const one of first) if (one > best) best = one
  for (const [place, number] of among.entries()) likely[number] = Math.exp(first[place]! - best)
  const heard = (mates: readonly (readonly number[])[]) => {
    const made = new Float64Array(size).fill(Math.log(SILENT))
    for (const number of among) {
      let sum = SILENT
      for (const mate of mates[number]!) sum += likely[mate]!
      made[number] = Math.log(sum)
    }
    return made
  }
  return { 'gene-mates': heard(gene), 'name-mates': heard(family) }
}
