import type { TumorScores } from '../../interpret/finding/tumor-scores.ts'
import type { PersonCondition } from '../../record/person-condition.ts'
import type { DrugAdvice } from '../plan.ts'
import type { LabelPerson } from './population.ts'

/** What is known of the patient beside the tumour. Left out: not known. */
export interface TargetSituation {
  /** Whose approvals count, "FDA"; left out: all. */
  readonly agency?: string
  /** Systemic treatments already given for advanced disease: 0, 1, 2 ... */
  readonly linesGiven?: number
  /** Where their number is not known: there were as many at least. */
  readonly linesAtLeast?: number
  readonly stage?: 'early' | 'advanced'
  /** Drugs that were given already, by generic name in lower case. */
  readonly given?: readonly string[]
  /** Groups of which one drug or more was given, nobody said which: "platinum-based chemotherapy". */
  readonly givenGroups?: readonly { readonly name: string; readonly drugs: readonly string[] }[]
  /** Of both, by name, those that were given for advanced disease. */
  readonly givenAdvanced?: readonly string[]
  /** Nothing else was given: the list is whole. */
  readonly givenAll?: true
  /** Age and sex, beside whom a label is for. */
  readonly person?: LabelPerson
  /** Other conditions of the person that labels speak of. */
  readonly conditions?: readonly PersonCondition[]
  /** Those that are not confirmed, or not surely understood. */
  readonly possibleConditions?: readonly PersonCondition[]
  /** Advice of the germline on drugs: DPYD before fluoropyrimidines, UGT1A1, G6PD ... */
  readonly advice?: readonly DrugAdvice[]
  /** What was computed from the tumour's data: it can be a hint, never the result that a label asks for. */
  readonly computed?: Pick<TumorScores, 'burden' | 'microsatellites' | 'scars'>
}

/** One approved treatment beside one patient, with what speaks for it and against it. */
export interface TargetOption {
  /** Of its approval: "fda.osimertinib.3". */
  readonly id: string
  readonly drug: string
  /** What it is given with, one list per alternative. */
  readonly regimens: readonly (readonly string[])[]
  /** The approval in a sentence of our own. */
  readonly indication: string
  readonly agency: string
  readonly biomarker: string
  /**
   * this-disease: biomarker and disease are met. other-disease: the biomarker is met, the approval is for another tumour.
   * open: nothing speaks against it, and a datum is missing.
   */
  readonly standing: 'this-disease' | 'other-disease' | 'open'
  readonly fits: 'yes' | 'unknown' | 'no'
  /** True when it must not be used or cannot be expected to work; it ranks behind all others of its standing. */
  readonly blocked: boolean
  /** Changes of the tumour that make it work less, or not at all; empty: none known. */
  readonly lessenedBy: readonly string[]
  /** What the label puts before a drug that the biomarker limits and does not select, unless the record shows it. */
  readonly onlyAfter?: string
  readonly for: readonly string[]
  readonly against: readonly string[]
  readonly missing: readonly string[]
  readonly label: string
  /** From 1; options that no criterion tells apart have the same. */
  readonly rank: number
  /** Why it stands behind the one before: by which criterion, what is said of it and of the other. Left out: they have one rank. */
  readonly behind?: {
    readonly id: string
    readonly by: string
    readonly here: string
    readonly there: string
  }
  /** Labels of partners that say the same and stand alike: a reader needs the treatment once. Left out: none. */
  readonly alsoBy?: readonly { readonly id: string; readonly drug: string; readonly label: string }[]
  /** An option before it that is the same treatment of the same disease, setting and line, by the label of another of its drugs. */
  readonly sameAs?: string
}

/** Options, best first; those that a missing datum holds open; and approvals of this disease that the tumour excludes. */
export interface TargetRanking {
  readonly options: readonly TargetOption[]
  readonly open: readonly TargetOption[]
  /** The criteria, from the weightiest. */
  readonly comparedBy: readonly string[]
  readonly excluded: readonly {
    readonly id: string
    readonly drug: string
    readonly because: readonly string[]
  }[]
}
