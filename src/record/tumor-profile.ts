/** A somatic variant as a laboratory reports it and as codes and categories look at it. */
export interface SomaticVariant {
  readonly gene: string | undefined
  readonly assembly: 'GRCh38' | 'GRCh37'
  /** Without "chr"; position 1-based, alleles as VCF spells them; "-" where a MAF leaves an allele empty and does not give the base before it. */
  readonly place:
    | { readonly chromosome: string; readonly position: number; readonly ref: string; readonly alt: string }
    | undefined
  readonly hgvsP: string | undefined
  readonly hgvsC?: string
  /** The transcript that the names and the consequences were told on, with version. */
  readonly transcript?: string
  /** Sequence Ontology terms. */
  readonly consequences: readonly string[]
  /** The exon and how many the transcript has; `of` undefined: nobody said. */
  readonly exon: { readonly number: number; readonly of: number | undefined } | undefined
  /** Share of reads in the tumour that carry the allele, 0..1, and how many reads there were. */
  readonly tumor?: Reads
  /** The same in the matched normal. */
  readonly normal?: Reads
  /** As the laboratory or its caller says; undefined: nobody said. */
  readonly origin?: 'somatic' | 'germline'
  /** Its caller had no normal sample and takes it for inherited by population data: nobody tested blood or saliva. */
  readonly tagged?: 'inherited'
  /** Whether a laboratory called it (likely) pathogenic or oncogenic, or (likely) benign; undefined: nobody said, or uncertain. */
  readonly called?: 'harmful' | 'harmless'
  /** Whether knowledge says what the change does: interpretation fills it in. undefined: nobody asked. */
  readonly meaning?: 'known' | 'harmless' | 'uncertain'
  /** What the file's annotation brings beside place and effect. */
  readonly annotation?: VariantAnnotation
}

/** Populations, predictors and studies, as an annotated file carries them; what is left out is not known. */
export interface VariantAnnotation {
  /** Highest frequency found, 0..1; `absent`: looked for and not there. `populations`: of single populations, not overall. */
  readonly population?: {
    readonly frequency: number
    readonly absent: boolean
    readonly populations: boolean
    readonly source: string
  }
  readonly scores?: readonly { readonly tool: string; readonly value: number; readonly source: string }[]
  readonly functional?: readonly {
    readonly oncogenic: boolean
    readonly what: string
    readonly source: string
  }[]
}

/** Reads at a place: `fraction` 0..1 of them carry the allele. */
export interface Reads {
  readonly fraction: number | undefined
  readonly depth: number | undefined
}

/** Genes that an assay looked at; 'all' of a whole exome or genome. undefined: nobody said, so nothing is known of a gene without a result. */
export type Covered = ReadonlySet<string> | 'all' | undefined

/** A gene-level call of copy number. */
export interface CopyNumberCall {
  readonly gene: string
  readonly call: 'amplification' | 'gain' | 'neutral' | 'loss' | 'deep-deletion'
  /** Copies, where the laboratory gives them. */
  readonly copies?: number
}

/** A stretch with one copy number; [start, end], 1-based, both ends within. */
export interface CopyNumberSegment {
  readonly chromosome: string
  readonly start: number
  readonly end: number
  /** All copies, and those of the rarer allele; undefined: the caller does not tell alleles apart. */
  readonly total: number
  readonly minor: number | undefined
}

/** A stretch whose copies are known only relative to the rest of the genome; [start, end], 1-based, both ends within. */
export interface CopyNumberRatio {
  readonly chromosome: string
  readonly start: number
  readonly end: number
  /** log2 of the ratio of tumour to normal; not corrected for purity. */
  readonly log2: number
  readonly probes?: number
}

/** Two genes joined, 5' partner first; undefined: the partner is not known. */
export interface Fusion {
  readonly five: string | undefined
  readonly three: string | undefined
  /** Where the two are cut, without "chr", 1-based. */
  readonly breakpoints?: readonly { readonly chromosome: string; readonly position: number }[]
  /** Reads or read pairs that show the join. */
  readonly reads?: number
  /** True where the source names two genes without saying which comes first: `five` and `three` may be exchanged. */
  readonly anyOrder?: true
  /** As the caller says: in-frame fusions keep the reading frame of the 3' partner. */
  readonly frame?: 'in-frame' | 'out-of-frame'
  /** How sure the caller is. */
  readonly confidence?: 'high' | 'medium' | 'low'
  /** True of transcripts that were seen, false of genomic joins alone. */
  readonly rna?: boolean
}

/** How much of a gene is transcribed. */
export interface GeneExpression {
  readonly gene: string
  readonly value: number
  readonly unit: 'TPM' | 'FPKM' | 'RPKM' | 'count' | 'log2 TPM' | 'z-score'
}

/** How a marker was measured: the assay by name, what it was run on, and the file that says so. */
export interface MarkerTest {
  readonly file?: string
  readonly assay?: string
  readonly specimen?: 'tissue' | 'plasma'
  /** YYYY-MM-DD. */
  readonly date?: string
}

/** A property of the whole tumour that a laboratory measured. Protein scores keep their kind: TPS, CPS and IC are not one another. */
export type TumorMarker = MarkerTest &
  (
    | { readonly kind: 'mutational-burden'; readonly perMegabase: number }
    | {
        readonly kind: 'microsatellites'
        readonly status: 'high' | 'low' | 'stable'
        readonly method?: 'PCR' | 'sequencing'
        /** Sites that were unstable, of those that could be read. */
        readonly sites?: { readonly unstable: number; readonly evaluable: number }
      }
    | { readonly kind: 'mismatch-repair'; readonly status: 'deficient' | 'proficient' }
    | {
        readonly kind: 'homologous-recombination'
        readonly status: 'deficient' | 'proficient' | undefined
        readonly score: number | undefined
      }
    /** An arm of a chromosome or a part of it, by karyotype, FISH or array: "5q". */
    | { readonly kind: 'arm'; readonly arm: string; readonly change: 'deletion' | 'gain' | 'none' }
    | {
        readonly kind: 'protein'
        /** The protein by the field's name: HER2, ER, PR, PD-L1, FOLR1, CLDN18.2. */
        readonly protein: string
        readonly status: 'positive' | 'low' | 'ultralow' | 'negative' | undefined
        readonly score:
          | {
              readonly scale: 'TPS' | 'CPS' | 'IC' | 'TC' | 'IHC' | 'percent' | 'H-score'
              readonly value: number
            }
          | undefined
      }
  )

/** What the laboratory says of its assay. */
export interface TumorAssay {
  readonly name: string | undefined
  /** With a matched normal inherited variants are told apart; tumour-only they are not. */
  readonly design: 'tumour-normal' | 'tumour-only' | undefined
  readonly specimen?: 'tissue' | 'plasma' | 'blood' | 'bone-marrow'
  /** Coding megabases that were read well enough to call. */
  readonly codingMegabases?: number
  /** Megabases in which calls were made, coding or not. */
  readonly calledMegabases?: number
  /** The lowest allele fraction, 0..1, that the assay finds reliably. */
  readonly detectionLimit?: number
  /** Exons that were covered of a gene that was not covered whole. */
  readonly exons?: Readonly<Record<string, readonly number[]>>
}

/** A call that its caller did not trust: it is not there, and its gene is not surely without it. */
export interface RejectedCall {
  readonly variant: SomaticVariant
  /** As the file says it: "weak_evidence". */
  readonly filter: string
}

/** What was found in one tumour, and what was looked for. A gene that was not covered is "not tested", never "wild type". */
export interface TumorProfile {
  readonly sample: string | undefined
  readonly variants: readonly SomaticVariant[]
  readonly copyNumbers: readonly CopyNumberCall[]
  readonly fusions: readonly Fusion[]
  /** Changes of the person's record of which nobody says whether the tumour has them: they settle nothing. */
  readonly unattributed?: {
    readonly variants: readonly SomaticVariant[]
    readonly copyNumbers: readonly CopyNumberCall[]
  }
  readonly rejected?: readonly RejectedCall[]
  readonly covered: {
    readonly variants: Covered
    readonly copyNumbers: Covered
    readonly fusions: Covered
    /** Genes that were read in blood or saliva for inherited changes. Left out: nobody said; a tumour alone does not tell. */
    readonly germline?: Covered
  }
  /** As it was sent: an OncoTree code or name, or a code of another system. */
  readonly diagnosis?: string
  readonly assay?: TumorAssay
  readonly markers?: readonly TumorMarker[]
  readonly segments?: readonly CopyNumberSegment[]
  readonly ratios?: readonly CopyNumberRatio[]
  readonly expression?: readonly GeneExpression[]
  /** The build of every position; undefined: nothing has one. */
  readonly assembly?: 'GRCh38' | 'GRCh37'
  /** Share of cells of the specimen that are tumour, 0..1, and copies of the genome per tumour cell. */
  readonly purity?: number
  readonly ploidy?: number
}

/** Whether a gene was looked at in that way; undefined: not known. */
export function isCovered(covered: Covered, gene: string): boolean | undefined {
  return covered === undefined ? undefined : covered === 'all' || covered.has(gene)
}
