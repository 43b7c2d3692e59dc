import type { PhasedAllele } from './genotype-text.ts'
import { COUNT, type Reserved, reservedOf, SHARE } from './reserved-row.ts'

/** Keys of base modifications (VCF 4.5, section 1.6.2): a ChEBI number and the base, or a short name. */
const KEY = /^(|DP|AD)M(?:\d{1,9}[ACGTUN]|5mC|5hmC|5fC|5caC|5hmU|5fU|5caU|6mA|8oxoG|[Xx]aoN)$/

/** The share of modified bases, or reads; undefined for a key that is not of a base modification. */
export function baseModification(id: string): Reserved | undefined {
  const found = KEY.exec(id)
  if (found === null) return undefined
  return found[1] === '' ? reservedOf([id, 'M', 'Float', SHARE]) : reservedOf([id, 'M', 'Integer', COUNT])
}

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' }

/**
 * How many values a key of Number=M has: one for each base of either strand that can carry the modification, in the
 * alleles of GT, where copies of an unphased allele share theirs (section 1.4.4). Undefined where a reference block or
 * a symbol stands in the genotype, whose bases the record does not hold.
 */
export function modifiedBases(
  id: string,
  genotype: readonly PhasedAllele[],
  alleles: readonly string[],
): number | undefined {
  const last = id.at(-1)!.toUpperCase()
  const base = last === 'U' ? 'T' : last
  const opposite = COMPLEMENT[base]
  const unphased = new Set<number>()
  let count = 0
  for (const { allele, phased } of genotype) {
    if (allele === undefined || (!phased && unphased.has(allele))) continue
    if (!phased) unphased.add(allele)
    const bases = alleles[allele]?.toUpperCase()
    if (bases === undefined || !/^[ACGTN]+$/.test(bases)) return undefined
    if (base === 'N') count += 2 * bases.length
    else for (const one of bases) if (one === base || one === opposite) count++
  }
  return count
}
