import type { Gap } from '../terms/answer.ts'
import type { Assembly } from '../terms/genome.ts'

/** What one sample's file says at one panel locus, already translated to the panel's GRCh38 spelling. */
export interface LocusCall {
  /** Panel locus id, "chr10:94781859" (GRCh38, 1-based). */
  readonly locus: string
  /**
   * One base string for a haploid call, two for a diploid one, in the order of GT. A spelling that is not one of the
   * panel's alleles is kept as it is normalised: the definition does not know it ("undocumented").
   * "." stands for the allele that was not called in a half call.
   */
  readonly alleles: readonly [string] | readonly [string, string]
  /** True for "|" and for haploid calls. A homozygous "/" call is not phased here; it needs no phase. */
  readonly phased: boolean
  /** FORMAT PS: alleles of calls sharing it lie on the same strand in GT order. Undefined: phase, if any, is file-wide. */
  readonly phaseSet: string | undefined
  /** A variant record, a gVCF reference block, or a raw genotype line. */
  readonly evidence: 'variant-record' | 'reference-block' | 'array-genotype'
  /** FORMAT DP, reads. */
  readonly depth?: number
  /** FORMAT GQ, Phred. */
  readonly quality?: number
}

/** One sample's genotypes at the loci asked for, and why the others are not known. Every locus is in one of the two. */
export interface GenotypeSet {
  /** Sample name in the file. */
  readonly sample: string
  readonly source: SourceFile
  readonly assembly: Assembly
  readonly calls: readonly LocusCall[]
  readonly gaps: readonly Gap[]
  /** What the reader did that the user should know (kept first of two records, limits of an array). Sentences. */
  readonly notes: readonly string[]
}

/** A file as it was received. */
export interface SourceFile {
  readonly name: string
  /** "fhir": a resource of the record, not a file. */
  readonly format: 'vcf' | 'dtc-text' | 'outside-calls' | 'fhir' | 'tumor'
  /** Of the bytes as received; undefined when read from a stream that was not kept. */
  readonly sha256: string | undefined
}

/** A result that another laboratory or program called: gene and diplotype, phenotype or activity score. */
export interface OutsideCall {
  readonly gene: string
  /** As written, e.g. "*1/*4x2", "*57:01/*58:01"; undefined when only a phenotype or score was sent. */
  readonly diplotype: string | undefined
  readonly phenotype: string | undefined
  readonly activityScore: string | undefined
  readonly source: SourceFile
  /** 1-based line in the source. */
  readonly line: number
}
