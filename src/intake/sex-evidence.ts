import type { GenotypeSet } from '../record/genotype.ts'

/** What the calls on the X chromosome outside its pseudoautosomal ends say about the number of X chromosomes. */
export interface SexEvidence {
  /** Two different bases: two X chromosomes. */
  readonly heterozygous: number
  /** The same base twice: either sex, because many callers write two alleles for one X. */
  readonly homozygous: number
  /** One allele: the caller was told, or found, that there is one X. */
  readonly haploid: number
}

/** GRCh38 pseudoautosomal regions of X, 1-based, inclusive. Source: GRC, human assembly GRCh38. */
const PSEUDOAUTOSOMAL: readonly (readonly [number, number])[] = [
  [10001, 2781479],
  [155701383, 156030895],
]

/** Counts only. Whether they contradict what is known of the person is for the caller to say. */
export function sexEvidenceOf(set: GenotypeSet): SexEvidence {
  let heterozygous = 0
  let homozygous = 0
  let haploid = 0
  for (const { locus, alleles } of set.calls) {
    if (!locus.startsWith('chrX:')) continue
    const position = Number(locus.slice(5))
    if (PSEUDOAUTOSOMAL.some(([from, to]) => position >= from && position <= to)) continue
    const [first, second] = alleles
    if (second === undefined) haploid += 1
    else if (first === '.' || second === '.') continue
    else if (first === second) homozygous += 1
    else heterozygous += 1
  }
  return { heterozygous, homozygous, haploid }
}
