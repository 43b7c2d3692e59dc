import type { AcmgClass, GermlineVariant, Strength } from '../finding/germline.ts'

/**
 * Everything that is at hand about one variant, each piece with its source. What is left out is not known: a criterion that
 * needs it is "not assessed", and never "not met".
 */
export interface VariantEvidence {
  readonly variant: GermlineVariant
  readonly gene?: GeneEvidence
  readonly population?: PopulationEvidence
  readonly healthy?: HealthyEvidence
  readonly scores?: readonly ScoreEvidence[]
  readonly loss?: LossEvidence
  readonly region?: RegionEvidence
  readonly comparators?: readonly Comparator[]
  readonly deNovo?: readonly DeNovoCase[]
  readonly inTrans?: readonly TransCase[]
  /** In cis with a pathogenic variant, or in trans with one of a dominant, fully penetrant disease (BP2). */
  readonly besidePathogenic?: { readonly phase: 'in-cis' | 'in-trans-dominant'; readonly source: string }
  readonly segregation?: SegregationEvidence
  readonly functional?: FunctionalEvidence
  readonly cases?: CaseEvidence
  /** How specific the person's features are for the gene, as an expert judged it (PP4). */
  readonly phenotype?: { readonly strength: 'supporting' | 'moderate' | 'strong'; readonly source: string }
  /** Another cause explains the disease of the person who carries the variant (BP5). */
  readonly otherCause?: { readonly found: boolean; readonly source: string }
  /**
   * Others call it pathogenic, with a review. That is no evidence for any criterion; but BA1 does not call it benign by its frequency
   * alone then: some common variants cause disease (G6PD, HBB, F5), and the list of exceptions is not complete.
   */
  readonly calledPathogenic?: { readonly as: string; readonly source: string }
  /** Criteria that a person assessed; they stand before what is computed. */
  readonly stated?: readonly StatedCriterion[]
}

export interface StatedCriterion {
  readonly code: string
  readonly met: boolean
  readonly strength?: Strength
  readonly because: string
  readonly source: string
}

export interface GeneEvidence {
  readonly inheritance?: readonly ('AD' | 'AR' | 'XL' | 'SD' | 'MT')[]
  readonly lossOfFunction?: 'established' | 'likely' | 'no'
  /** gnomAD missense Z, higher is more constrained. */
  readonly missenseZ?: number
  /** Missense changes are a usual cause of the disease (PP2), or only truncating ones are (BP1). */
  readonly missenseCauses?: 'usual' | 'never'
  /** Published thresholds of the gene, 0..1. */
  readonly ba1?: number
  readonly bs1?: number
  readonly pm2?: number
  readonly source: string
}

export interface PopulationEvidence {
  /** Highest filtering allele frequency (95 % confidence) of a population, 0..1. */
  readonly filteringFrequency?: number
  /** Highest frequency of a population, or overall where that is all that is known, 0..1. */
  readonly frequency?: number
  readonly alleles?: number
  readonly homozygotes?: number
  /** The position was covered there and the variant was not seen. */
  readonly absent?: boolean
  readonly source: string
}

/** Adults without the disease who carry the variant as it would have to cause it, at full penetrance in their age (BS2). */
export interface HealthyEvidence {
  readonly carriers: number
  readonly fullPenetrance: boolean
  readonly source: string
}

export interface ScoreEvidence {
  /** "REVEL", "BayesDel", "AlphaMissense", "VEST4", "CADD", "SpliceAI" (highest of the four deltas). */
  readonly tool: string
  readonly value: number
  readonly source: string
}

/** What is known about the loss that a null variant makes (Abou Tayoun 2018). */
export interface LossEvidence {
  /** Whether the transcript is destroyed by nonsense-mediated decay. */
  readonly nmd?: 'predicted' | 'escapes'
  /** Share of the protein that is lost or changed, 0..1. */
  readonly proteinShare?: number
  /** The lost part is needed for the function. */
  readonly criticalRegion?: boolean
  /** Of a splice change: the exon that is skipped keeps the frame. */
  readonly skipKeepsFrame?: boolean
  /** The exon is in transcripts that matter for the disease. */
  readonly inRelevantTranscript?: boolean
  /** The file marks no transcript of the gene before the others, and in some of them the change is no loss. */
  readonly transcripts?: { readonly lost: number; readonly of: number }
  /** Truncating changes of the exon are frequent in the population: then a loss of it that decay does not destroy says nothing. */
  readonly frequentTruncations?: boolean
  /** Of a lost start: another transcript that matters begins elsewhere. */
  readonly otherTranscriptStart?: boolean
  /** Of a lost start: a pathogenic variant is known upstream of the next start in frame. */
  readonly pathogenicUpstreamOfNextStart?: boolean
  readonly source: string
}

export interface RegionEvidence {
  /** Mutational hot spot or critical domain without benign variation (PM1). */
  readonly hotspot?: boolean
  /** Repetitive region without known function (BP3, PM4). */
  readonly repeat?: boolean
  readonly source: string
}

/** Another variant whose class is known. */
export interface Comparator {
  readonly class: AcmgClass
  /** same-change: the same amino acid change by other bases. same-residue: another amino acid at this place. */
  readonly kind: 'same-change' | 'same-residue'
  /** ClinVar id, HGVS. */
  readonly id: string
  /** Whether either variant may disturb splicing; then the protein says nothing. */
  readonly splicing?: boolean
  readonly source: string
}

export interface DeNovoCase {
  /** confirmed: both parents were tested and their relation was proven. */
  readonly parents: 'confirmed' | 'assumed'
  /** How well the features fit the gene; none: they do not; unknown: nobody judged it. */
  readonly phenotype: 'specific' | 'consistent' | 'heterogeneous' | 'none' | 'unknown'
  readonly source: string
}

export interface TransCase {
  readonly other: 'pathogenic' | 'likely-pathogenic' | 'uncertain' | 'same'
  readonly phase: 'confirmed' | 'unknown'
  /** Of a homozygous person: whether the parents are related. */
  readonly consanguineous?: boolean
  readonly source: string
}

export interface SegregationEvidence {
  /** Informative meioses in which variant and disease went together. */
  readonly meioses: number
  readonly families: number
  /** Affected members of the family who do not carry it. */
  readonly affectedWithout: number
  /** Whether another cause was ruled out in them. */
  readonly phenocopyExcluded?: boolean
  readonly source: string
}

export interface FunctionalEvidence {
  readonly result: 'damaging' | 'normal'
  /** Odds of pathogenicity of the assay (Brnich 2020). */
  readonly oddsPath?: number
  /** Variants of known class that the assay was tried on. */
  readonly controls?: { readonly pathogenic: number; readonly benign: number }
  readonly source: string
}

export interface CaseEvidence {
  /** Of a case-control study. */
  readonly oddsRatio?: number
  readonly oddsRatioLow?: number
  readonly source: string
}
