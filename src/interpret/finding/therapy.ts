import type { Approval } from '../../knowledge/tumor/approvals.ts'
import type { EarlierRule, LabelCaution } from '../../knowledge/tumor/label-conditions.ts'
import type { BoxedWarning } from '../../knowledge/tumor/therapy-harm.ts'
import type { PackRef } from '../../terms/evidence.ts'

/** A condition of a label beside the patient, in three values. */
export interface Judged {
  readonly state: 'met' | 'not-met' | 'unknown'
  /** Short sentences. */
  readonly because: readonly string[]
  /** What would have to be known; empty unless unknown. */
  readonly missing: readonly string[]
  /** The label names this very disease as one that it is not for. */
  readonly refused?: true
}

/**
 * Whether the result comes from a test that the agency approved for the drug. A label that asks for none is not-required;
 * not-documented: the biomarker may be met all the same, and the label's test would have to confirm it.
 */
export interface TestDocumented {
  readonly state: 'documented' | 'not-documented' | 'not-required'
  readonly because: string
  /** Approved tests by name, with what they are run on. */
  readonly approved: readonly string[]
}

/** An alteration of the tumour that makes the drug work less. */
export interface ResistanceFound {
  readonly effect: 'resistant' | 'reduced'
  readonly found: readonly string[]
  readonly because: string
  readonly pmids: readonly string[]
  /** What this was compared with; undefined: nothing. */
  readonly checked: string | undefined
}

/** One indication of one drug beside one tumour. */
export interface TherapyFinding {
  readonly kind: 'therapy'
  readonly approval: Approval
  readonly biomarker: Judged
  readonly disease: Judged
  readonly test: TestDocumented
  readonly resistance: readonly ResistanceFound[]
  /** Why a result behind the biomarker may not hold, such as reads below what the assay finds reliably. */
  readonly doubts: readonly string[]
  /** Boxed warnings of the drug, and of what every combination gives it with. */
  readonly boxed: readonly BoxedWarning[]
  /** Whether somebody looked for one on the label of the drug itself. */
  readonly isBoxKnown: boolean
  /** What the labels of the same drugs say of people with other conditions; whether the person has one is not looked at here. */
  readonly cautions: readonly LabelCaution[]
  /** What the label asks of earlier treatment. */
  readonly earlier: readonly EarlierRule[]
  readonly facts: readonly PackRef[]
}
