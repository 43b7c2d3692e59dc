import type { Assembly, Chromosome } from '../terms/genome.ts'

/** What one sample's genotype says of one ALT allele. */
export interface MemberCall {
  /** GT as written. */
  readonly genotype: string
  /** Alleles that were called: 0 (no call), 1 (haploid or half call) or 2. */
  readonly called: 0 | 1 | 2
  /** How many of them are this ALT. */
  readonly copies: 0 | 1 | 2
  /** Whether all called alleles are known and none is missing: "./1" is not. */
  readonly complete: boolean
  /** The strand that carries this ALT when GT is phased and it is one of two: 0 or 1. */
  readonly strand: 0 | 1 | undefined
  /** FORMAT PS; "" for phase across the file. Set with `strand`. */
  readonly phaseSet: string | undefined
  readonly depth: number | undefined
  /** FORMAT GQ, Phred. */
  readonly quality: number | undefined
  /** FORMAT AD of REF and of this ALT. */
  readonly referenceReads: number | undefined
  readonly alternateReads: number | undefined
  /**
   * A genotype without this ALT whose record has columns for reads or quality, and nothing in them: as where a merge filled the
   * missing calls of a sample with 0/0.
   */
  readonly unsupported?: true
}

/** What a file's annotation says of one transcript. */
export interface TranscriptNote {
  readonly gene: string | undefined
  readonly transcript: string | undefined
  /** Sequence Ontology terms. */
  readonly consequences: readonly string[]
  readonly hgvsC: string | undefined
  readonly hgvsP: string | undefined
  /** "3 of 12". */
  readonly exon: { readonly number: number; readonly of: number } | undefined
  /** First changed amino acid and length of the protein. */
  readonly protein: { readonly at: number; readonly length: number } | undefined
  /** Why this transcript comes before others: 2 MANE Select, 1 canonical or picked, 0 neither. */
  readonly preference: 0 | 1 | 2
  readonly escapesDecay: boolean | undefined
}

/** What the INFO column brings of one ALT. */
export interface SiteNotes {
  readonly transcripts: readonly TranscriptNote[]
  readonly frequency:
    | {
        readonly value: number
        /** filtering: lower bound of 95 %. population: as observed. */
        readonly kind: 'filtering' | 'population'
        /** Name of the field. */
        readonly field: string
      }
    | undefined
  readonly scores: readonly { readonly tool: string; readonly value: number; readonly field: string }[]
  readonly clinvar:
    | {
        readonly significance: string
        readonly review: string | undefined
        readonly id: string | undefined
        /** The record has several ALT and one statement: it does not say of which. */
        readonly ofSomeAlt?: true
      }
    | undefined
}

/** One ALT allele of one record, for every sample of the file, in the order of its header. */
export interface FamilyVariant {
  readonly assembly: Assembly
  readonly chromosome: Chromosome
  /** 1-based. */
  readonly position: number
  readonly ref: string
  readonly alt: string
  readonly filter: string
  readonly notes: SiteNotes
  readonly calls: readonly MemberCall[]
}
