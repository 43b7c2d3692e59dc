import type { SomaticVariant } from '../../record/tumor-profile.ts'
import type { PackRef } from '../../terms/evidence.ts'

/** How an answer came about, in short sentences. */
interface Reasons {
  readonly because: readonly string[]
  /** What would have to be known. */
  readonly missing: readonly string[]
  readonly wouldChange: readonly string[]
}

/** Which changes of a coding sequence are counted. */
export type BurdenScheme = 'coding' | 'coding-non-silent' | 'missense'

/** A burden that a laboratory reported, and the side of the cut that it lies on. */
export interface ReportedBurden {
  readonly perMegabase: number
  readonly assay: string | undefined
  readonly specimen: 'tissue' | 'plasma' | undefined
  readonly state: 'high' | 'not-high'
}

/**
 * Somatic coding mutations per megabase.
 * high, not-high: against the cut of `cut`. indeterminate: all that is needed is known, and the interval spans the cut or the assay is
 * not calibrated against the test of the cut. unknown: something is missing.
 */
export interface MutationalBurden extends Reasons {
  readonly state: 'high' | 'not-high' | 'indeterminate' | 'unknown'
  /** Whose value the state is of: a documented test of the laboratory goes before what is counted here. */
  readonly from: 'laboratory' | 'counted' | undefined
  readonly cut: number
  readonly reported: readonly ReportedBurden[]
  readonly counted: {
    readonly scheme: BurdenScheme
    /** Where `least` and `most` differ, calls lack what decides whether they count. */
    readonly events: { readonly least: number; readonly most: number }
    readonly megabases: number | undefined
    /** Of `least` events; undefined: megabases are not known. */
    readonly perMegabase: number | undefined
    /** 95 %, from the low end of `least` events to the high end of `most` (Poisson, exact). */
    readonly interval: { readonly low: number; readonly high: number } | undefined
    /** On the scale of the test of the cut, where the assay has a row of calibration. */
    readonly calibrated: { readonly low: number; readonly high: number; readonly source: string } | undefined
    readonly leftOut: readonly { readonly reason: string; readonly events: number }[]
  }
}

/** One result about mismatch repair or microsatellites; kinds are never merged. */
export interface MicrosatelliteFact {
  readonly kind: 'immunohistochemistry' | 'PCR' | 'sequencing' | 'method not told'
  /** What it means for therapy: MSI-L counts as stable. */
  readonly means: 'unstable' | 'stable'
  /** "dMMR", "pMMR", "MSI-H", "MSI-L", "MSS". */
  readonly result: string
  readonly assay: string | undefined
  readonly date: string | undefined
}

/** A hint from the pattern of calls. It is no test: no therapy rests on it. */
export interface MicrosatelliteAdvisory {
  readonly label: 'advisory, not a test'
  readonly looks: 'unstable' | 'stable' | 'unclear'
  readonly calls: number
  /** Share of insertions and deletions, 0..1. */
  readonly indelShare: number
  readonly perMegabase: number | undefined
  readonly genes: readonly string[]
  readonly because: readonly string[]
}

export interface Microsatellites extends Reasons {
  /** discordant: the results say different things, and each is shown. */
  readonly state: 'unstable' | 'stable' | 'discordant' | 'unknown'
  readonly facts: readonly MicrosatelliteFact[]
  readonly advisory: MicrosatelliteAdvisory | undefined
}

/** The three scars of deficient homologous recombination and their sum. */
export interface RecombinationScars extends Reasons {
  /**
   * above, below: the sum against the cut of the approved test, which is not this computation. indeterminate: the segments do not cover
   * enough of the genome to say. unknown: no segments that tell the alleles apart.
   */
  readonly state: 'above' | 'below' | 'indeterminate' | 'unknown'
  readonly cut: number
  readonly lossOfHeterozygosity: number | undefined
  readonly transitions: number | undefined
  readonly telomericImbalance: number | undefined
  readonly sum: number | undefined
  /** Share of the bases of the autosomes that segments with both alleles cover, 0..1. */
  readonly covered: number | undefined
  /** What the laboratory reported of homologous recombination. */
  readonly reported: readonly {
    readonly assay: string | undefined
    readonly status: 'deficient' | 'proficient' | undefined
    readonly score: number | undefined
  }[]
}

/** Shares of mutational signatures in the spectrum of substitutions. */
export interface MutationalSignatures extends Reasons {
  readonly state: 'fitted' | 'unknown'
  readonly matrix: string | undefined
  readonly substitutions: { readonly used: number; readonly withoutContext: number }
  /** Cosine between the spectrum and what the signatures rebuild of it, 0..1. */
  readonly cosine: number | undefined
  /** Largest share first. `share` and its 95 % interval from resampled spectra, 0..1. */
  readonly signatures: readonly {
    readonly name: string
    readonly share: number
    readonly low: number
    readonly high: number
    readonly mutations: number
  }[]
}

/** Where a change may come from. */
export type Origin = 'germline' | 'somatic'

/** Whether a variant of a tumour may be inherited, and in which share of the tumour's cells it lies. */
export interface VariantOrigin extends Reasons {
  readonly variant: SomaticVariant
  readonly state: 'germline' | 'somatic' | 'either' | 'unknown'
  /** A sample of blood or saliva should be tested. */
  readonly confirm: boolean
  /** Expected allele fractions that were weighed, the likeliest first. */
  readonly models: readonly {
    readonly origin: Origin
    readonly what: string
    /** 0..1. */
    readonly expected: number
    /** Log-likelihood of the reads. */
    readonly logLikelihood: number
  }[]
  /** Share of the tumour's cells that carry the change, if it is somatic, with the 95 % interval of the reads; multiplicity: mutated copies per cell. */
  readonly cellFraction:
    | {
        readonly value: number
        readonly low: number
        readonly high: number
        readonly multiplicity: number
        readonly clonal: boolean | undefined
      }
    | undefined
}

/** A change that may come from blood cells instead of the tumour. */
export interface HaematopoiesisFlag extends Reasons {
  readonly variant: SomaticVariant
  readonly state: 'suspected' | 'not-suspected' | 'unknown'
}

/** Scores of one tumour as a whole. */
export interface TumorScores {
  readonly kind: 'tumor-scores'
  readonly sample: string | undefined
  readonly burden: MutationalBurden
  readonly microsatellites: Microsatellites
  readonly scars: RecombinationScars
  readonly signatures: MutationalSignatures
  readonly origins: readonly VariantOrigin[]
  readonly haematopoiesis: readonly HaematopoiesisFlag[]
  readonly facts: readonly PackRef[]
}
