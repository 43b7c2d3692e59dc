import type { SomaticVariant } from '../../record/tumor-profile.ts'
import type { PackRef } from '../../terms/evidence.ts'
import type { CriterionFact } from './germline.ts'

/** The five classes of the ClinGen/CGC/VICC standard of 2022. */
export type OncogenicityClass = 'oncogenic' | 'likely-oncogenic' | 'uncertain' | 'likely-benign' | 'benign'

export const ONCOGENICITY_CLASSES: readonly OncogenicityClass[] = [
  'oncogenic',
  'likely-oncogenic',
  'uncertain',
  'likely-benign',
  'benign',
]

/** The 17 codes of the standard (Horak 2022, table 2). */
export const ONCOGENICITY_CODES = [
  ...(['OVS1', 'OS1', 'OS2', 'OS3', 'OM1', 'OM2', 'OM3', 'OM4', 'OP1', 'OP2', 'OP3', 'OP4'] as const),
  ...(['SBVS1', 'SBS1', 'SBS2', 'SBP1', 'SBP2'] as const),
] as const
export type OncogenicityCode = (typeof ONCOGENICITY_CODES)[number]

/** What became of one code. */
export interface OncogenicityCriterion {
  readonly code: OncogenicityCode
  /**
   * met: counts with `points`. not-met: the evidence was there and does not suffice. not-assessed: evidence is missing.
   * not-used: another code speaks for the same evidence, and the standard lets only one of them count.
   */
  readonly state: 'met' | 'not-met' | 'not-assessed' | 'not-used'
  /** Points that count, benign below zero; 0 unless met. */
  readonly points: number
  /** One short sentence. */
  readonly because: string
  readonly facts: readonly CriterionFact[]
  /** What would have to be known; empty unless not-assessed. */
  readonly missing: readonly string[]
}

/** A class of oncogenicity, how it came out of the codes, and what would change it. */
export interface Oncogenicity {
  readonly class: OncogenicityClass
  /** Sum of the codes that count. */
  readonly points: number
  /** Sum of every code that was stated or met, with those that an exclusion of the standard leaves out. */
  readonly pointsBeforeExclusions: number
  readonly criteria: readonly OncogenicityCriterion[]
  readonly ruleSet: PackRef
  /** Short sentences. */
  readonly why: readonly string[]
  /** "with OP1, not assessed: oncogenic". */
  readonly wouldChange: readonly string[]
}

/** One somatic variant of one tumour, classified. */
export interface TumorFinding {
  readonly kind: 'tumor'
  readonly sample: string | undefined
  readonly variant: SomaticVariant
  readonly oncogenicity: Oncogenicity
  readonly facts: readonly PackRef[]
}
