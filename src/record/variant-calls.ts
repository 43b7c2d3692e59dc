import type { Assembly, Chromosome } from '../terms/genome.ts'

/** A variant by its coordinates, as VCF spells it. */
export interface VariantName {
  readonly assembly: Assembly
  readonly chromosome: Chromosome
  /** 1-based. */
  readonly position: number
  readonly ref: string
  readonly alt: string
}

/** One ALT allele that a person carries. */
interface VariantCall extends Omit<VariantName, 'assembly'> {
  /** How many of the called alleles are this one: 1 or 2. */
  readonly copies: number
  /** GT seen from this ALT: 0 reference, 1 this one, 2 another ALT, "." not called: "0/1", "1|2", "1". */
  readonly genotype: string
  /** FILTER as written; "PASS" and "." too. */
  readonly filter: string
  /** Reads; undefined where the file gives none. */
  readonly depth: number | undefined
  /** Phred, rounded; undefined where the file gives none. */
  readonly quality: number | undefined
}

/** Many calls as columns: a person has tens of thousands, and most questions look at few of their fields. */
export interface CallColumns {
  readonly count: number
  /** Place in CHROMOSOMES. */
  readonly chromosome: Uint8Array
  readonly position: Int32Array
  /** Place in `alleles`. */
  readonly allele: Int32Array
  /** See `genotypeCode`. */
  readonly genotype: Uint8Array
  /** Place in `filters`. */
  readonly filter: Uint8Array
  /** -1: not given. */
  readonly depth: Int32Array
  readonly quality: Int32Array
  /** "REF ALT", each once. */
  readonly alleles: readonly string[]
  readonly filters: readonly string[]
}

export const CHROMOSOMES: readonly Chromosome[] = [
  ...Array.from({ length: 22 }, (_, i): Chromosome => `chr${i + 1}`),
  'chrX',
  'chrY',
  'chrM',
]

/** An allele seen from one ALT. */
export const REFERENCE = 0
export const THIS = 1
export const OTHER = 2
export const UNCALLED = 3
/** The second allele of a haploid call. */
export const NONE = 4

/** The two alleles of a genotype in one byte. */
export function genotypeCode(first: number, second: number, phased: boolean): number {
  return first | (second << 2) | (phased ? 32 : 0)
}

export function copiesOf(code: number): number {
  return ((code & 3) === THIS ? 1 : 0) + (((code >> 2) & 7) === THIS ? 1 : 0)
}

const SIGNS = ['0', '1', '2', '.'] as const

function genotypeText(code: number): string {
  const second = (code >> 2) & 7
  const first = SIGNS[code & 3]!
  return second === NONE ? first : `${first}${code & 32 ? '|' : '/'}${SIGNS[second]}`
}

/** One call of the columns. */
export function callAt(columns: CallColumns, i: number): VariantCall {
  const [ref = '', alt = ''] = columns.alleles[columns.allele[i]!]!.split(' ')
  const code = columns.genotype[i]!
  const depth = columns.depth[i]!
  const quality = columns.quality[i]!
  return {
    chromosome: CHROMOSOMES[columns.chromosome[i]!]!,
    position: columns.position[i]!,
    ref,
    alt,
    copies: copiesOf(code),
    genotype: genotypeText(code),
    filter: columns.filters[columns.filter[i]!]!,
    depth: depth < 0 ? undefined : depth,
    quality: quality < 0 ? undefined : quality,
  }
}

/**
 * The spelling that two callers share: bases that REF and ALT have in common at the end, then at the beginning, are
 * left out, but one. Not shifted along a repeat, for which the reference would be needed.
 */
export function trimmed({ assembly, chromosome, position, ref, alt }: VariantName): VariantName {
  let end = 0
  while (end < Math.min(ref.length, alt.length) - 1 && ref.at(-1 - end) === alt.at(-1 - end)) end += 1
  let start = 0
  while (start < Math.min(ref.length, alt.length) - end - 1 && ref[start] === alt[start]) start += 1
  return {
    assembly,
    chromosome,
    position: position + start,
    ref: ref.slice(start, ref.length - end),
    alt: alt.slice(start, alt.length - end),
  }
}
