import type { Gap } from '../terms/answer.ts'
import type { PackRef } from '../terms/evidence.ts'
import type { GermlineFinding } from './finding/germline.ts'
import type { PhenotypeFinding } from './finding/phenotype.ts'
import type { TumorFinding } from './finding/tumor.ts'
import type { TumorScores } from './finding/tumor-scores.ts'

/** What a clinical domain concludes about one person. One kind per room of interpret/. */
export type Finding = PgxFinding | GermlineFinding | TumorFinding | TumorScores | PhenotypeFinding

/** One allele of a reported diplotype, with what is known about its function. */
export interface AlleleFunction {
  /** "*4", "c.1905+1G>A (*2A)", "Reference". */
  readonly allele: string
  /** CPIC clinical function, e.g. "No function"; undefined where none is assigned. */
  readonly function: string | undefined
  /** CPIC activity value as printed, e.g. "0.5", "≥3.0"; undefined where the gene has none. */
  readonly activityValue: string | undefined
}

/** A diplotype and what follows from it. */
export interface DiplotypeCall {
  /** "*1/*4"; one allele for a haploid locus. */
  readonly name: string
  readonly alleles: readonly [AlleleFunction] | readonly [AlleleFunction, AlleleFunction]
  readonly phenotype: string | undefined
  /** As CPIC prints it, e.g. "1.25", "≥3.0". */
  readonly activityScore: string | undefined
  /** The key that recommendations of this gene are looked up by: a phenotype, an activity score, or alleles. */
  readonly lookupKey: string | undefined
  /** Number of defining cells matched, the peer's score, kept so that answers compare. */
  readonly matchScore: number
}

/** A diplotype that fits the data, with its share of the probability among all that fit. */
export interface Candidate {
  readonly name: string
  readonly phenotype: string | undefined
  readonly activityScore: string | undefined
  /** 0..1; undefined when no haplotype frequency of the named population supports it. */
  readonly probability: number | undefined
  /** Whether it is among the reported answer. */
  readonly reported: boolean
}

/** A defining position that was not seen, and what could therefore hide there. */
export interface MissingPosition {
  readonly locus: string
  readonly rsid: string | undefined
  readonly because: Gap
  /** Alleles defined by this position. */
  readonly alleles: readonly string[]
}

/** The effect of another drug the person takes on this gene's enzyme. */
export interface Phenoconversion {
  /** The drug that changes the enzyme, by name. */
  readonly by: { readonly drug: string; readonly rxcui: string | undefined }
  readonly role: 'inhibitor' | 'inducer'
  readonly strength: 'strong' | 'moderate' | 'weak' | 'unknown'
  /** The named source and what it says; several when sources disagree. */
  readonly sources: readonly { readonly name: string; readonly strength: string; readonly pack: PackRef }[]
  /** What the rule did: "activity score x 0.5", "one phenotype step down", "warning only". */
  readonly rule: string
}

/** The phenotype that the person is expected to show with the drugs now taken. */
export interface ClinicalPhenotype {
  readonly phenotype: string | undefined
  readonly activityScore: string | undefined
  readonly lookupKey: string | undefined
  readonly because: readonly Phenoconversion[]
  /** Drugs that must not be looked up with it, because a drug does not inhibit its own metabolism in this rule. */
  readonly notFor: readonly string[]
  /** When the person's lookup diplotypes convert differently: one entry per entry of `lookup`, in its order. */
  readonly each?: readonly Pick<ClinicalPhenotype, 'phenotype' | 'activityScore' | 'lookupKey'>[]
  /** What a drug of `notFor` is looked up with when other drugs still change the enzyme; absent: the genetic result. */
  readonly instead?: readonly { readonly drug: string; readonly clinical: ClinicalPhenotype }[]
}

/** One pharmacogene of one person. */
export interface PgxFinding {
  readonly kind: 'pgx'
  readonly gene: string
  readonly sample: string | undefined
  readonly from: 'genotype' | 'outside-call' | 'none'
  /** The reported answer, best first; more than one when the data cannot tell them apart. */
  readonly diplotypes: readonly DiplotypeCall[]
  /** Filled instead of diplotypes for DPYD and RYR1 without phase: every allele found, in order. */
  readonly alleles: readonly AlleleFunction[]
  /** What recommendations are looked up with; may differ from `diplotypes` (DPYD, RYR1 and *xN use the functional alleles). */
  readonly lookup: readonly DiplotypeCall[]
  /** Reported phenotypes, one per entry of `lookup`; "n/a" where the functions give none. Empty when the gene has no phenotype or no call. */
  readonly phenotypes: readonly string[]
  /** One per entry of `lookup`, of genes that have them. */
  readonly activityScores: readonly string[]
  /** Answers of the gene that are not diplotypes: "*57:01 positive" for HLA-B. */
  readonly markers: readonly string[]
  /** All diplotypes that fit, most probable first, including the reported ones. */
  readonly candidates: readonly Candidate[]
  /** The population the probabilities were taken from, in words. */
  readonly population: string | undefined
  /** True when every candidate that cannot be excluded leads to the same phenotype. */
  readonly phenotypeCertain: boolean
  readonly phase: 'phased' | 'effectively-phased' | 'phase-sets' | 'unphased' | 'none'
  readonly positions: { readonly defined: number; readonly seen: number }
  readonly missing: readonly MissingPosition[]
  /** Alleles that no seen position could confirm or exclude; those that would change a function come first. */
  readonly notExcluded: readonly string[]
  /** Loci where the sample carries a base that no allele definition knows. */
  readonly undocumented: readonly {
    readonly locus: string
    readonly allele: string
    readonly treatedAs: 'reference' | 'no-call'
  }[]
  /** Bases at positions outside the definitions that advice needs (rs12777823). */
  readonly extraPositions: readonly {
    readonly locus: string
    readonly rsid: string
    readonly alleles: readonly string[]
  }[]
  readonly clinical: ClinicalPhenotype | undefined
  /**
   * What speaks against the result, or kept it from being one, beside positions that were not seen: a base that no
   * definition knows, a laboratory that contradicts itself. Clauses without the gene and without a full stop.
   */
  readonly doubts: readonly string[]
  /** What this kind of data cannot show for the gene, in words (structural alleles of CYP2D6). */
  readonly blindTo: string | undefined
  /** Short sentences: the rules that led to the answer, limits, and what would change it. */
  readonly why: readonly string[]
  readonly facts: readonly PackRef[]
}
