import type { Consequence, PhaseRule } from './consequence.ts'
import type { StructuralFields } from './structural/structural-change.ts'

/** A record as the caller of consequences needs it. */
export interface VariantToCall {
  readonly contig: string
  /** 1-based. */
  readonly position: number
  readonly ref: string
  readonly alts: readonly string[]
  /** GT of every sample; undefined where the file has none, then all ALTs first in line are one haplotype. */
  readonly genotypes: readonly string[] | undefined
  /** Phase set of every sample's genotype, where the file names them: two sets say nothing of each other's haplotypes. */
  readonly phaseSets?: readonly (string | undefined)[] | undefined
  /** What else the record tells of a symbolic or breakend ALT. */
  readonly fields?: StructuralFields
}

/** An ALT of which nothing is told. */
export interface UntoldAllele {
  readonly allele: number
  readonly because: readonly [string, ...string[]]
}

export interface CalledVariant<T> {
  readonly given: T
  readonly consequences: readonly Consequence[]
  /** For each sample and copy (2 × sample + copy), places in `consequences` that it carries. */
  readonly carried: ReadonlyMap<number, ReadonlySet<number>>
  readonly untold: readonly UntoldAllele[]
}

export interface CallRules {
  /** Each record by itself, whatever else a haplotype carries. */
  readonly local: boolean
  readonly phase: PhaseRule
}

export interface CallCounts {
  records: number
  withConsequence: number
  /** Records whose REF is not what the sequence has: they are told nothing. */
  refDiffers: number
  /** Records where the sequence ends, or has N: they are told nothing. */
  noBases: number
  /** Alleles that overlap another of their haplotype, told alone. */
  overlapping: number
  /** Heterozygous alleles of unknown phase, or of another phase set than those before in the gene, told alone. */
  unphased: number
  /** Symbolic and breakend alleles of which nothing is told. */
  symbolic: number
  noSequence: number
  /** Records on sequences without any transcript: whether genes lie there is not known. */
  noGenes: number
  /** Changes of several records told together although the file has no samples that carry them. */
  assumedTogether: number
}
