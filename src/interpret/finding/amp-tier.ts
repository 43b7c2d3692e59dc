import type { PackRef } from '../../terms/evidence.ts'

/** What a variant may tell: who responds, what the disease is, how it goes on. */
export type AmpRole = 'therapeutic' | 'diagnostic' | 'prognostic'
export type AmpLevel = 'A' | 'B' | 'C' | 'D'
export type AmpTier = 'I' | 'II' | 'III' | 'IV'

/**
 * How the disease of a record stands to that of the patient. same and broader apply; narrower is a part of the patient's
 * diagnosis, or asks for what is not known; other is another tumour type. any-cancer: the record speaks of cancer as such, which is no
 * evidence in the patient's tumour type.
 */
export type DiseaseFit = 'same' | 'broader' | 'narrower' | 'any-cancer' | 'other'

/** One evidence item as it was used. */
export interface EvidenceUse {
  /** "EID1409". */
  readonly id: string
  /** The variant or profile that it speaks of, as its source writes it, and the category it is read as. */
  readonly profile: string
  readonly category: string
  readonly disease: string
  readonly diseaseFit: DiseaseFit
  /** What must hold of the disease besides, where that is not known. */
  readonly if?: string
  readonly therapies: readonly string[]
  /** Evidence level of the source, A to E; not the level of a tier. */
  readonly level: 'A' | 'B' | 'C' | 'D' | 'E'
  /** 1 to 5 stars. */
  readonly rating?: number
  readonly significance: string
  readonly source: string
  readonly trials: readonly string[]
}

/** An indication of a label that this tumour meets, or that a label excludes it from. */
export interface ApprovalUse {
  readonly id: string
  readonly agency: string
  readonly biomarker: string
  readonly disease: string
  readonly diseaseFit: DiseaseFit
  readonly with: readonly string[]
  readonly label: string
  /** The label asks for this gene to be wild type, which it is not. */
  readonly excludes: boolean
}

/** A guideline that the user says names this; no text of it is kept. */
export interface GuidelineFlag {
  readonly category: string
  readonly diagnosis: string
  readonly role: AmpRole
  readonly effect: string
  /** Lower-case names; empty: any. */
  readonly therapies: readonly string[]
  readonly guideline: string
  readonly version: string
}

/** Tier and level of one alteration for one question: this therapy, this diagnosis, this outlook. */
export interface TierStatement {
  readonly role: AmpRole
  /** sensitivity, resistance, reduced-sensitivity, adverse-response, positive, negative, better-outcome, poor-outcome. */
  readonly effect: string
  /** Lower-case generic names given together; empty for other roles. */
  readonly therapies: readonly string[]
  readonly tier: AmpTier
  /** undefined in tiers III and IV. */
  readonly level: AmpLevel | undefined
  readonly basis: 'approval' | 'guideline' | 'evidence' | 'none'
  readonly approvals: readonly ApprovalUse[]
  readonly guidelines: readonly GuidelineFlag[]
  readonly supports: readonly EvidenceUse[]
  /** Evidence that does not support it; shown, and taken off its own kind. */
  readonly disputes: readonly EvidenceUse[]
  /** Evidence on a class of changes, not counted because evidence on this very change says the opposite of the same treatment. */
  readonly overruled: readonly EvidenceUse[]
  /** Statements to the contrary about the same question. */
  readonly contradictions: readonly string[]
  readonly why: readonly string[]
  readonly wouldChange: readonly string[]
}

/** An annotation of another knowledge base that the user supplied. It is shown as it came and decides nothing. */
export interface SuppliedAnnotation {
  /** OncoKB, COSMIC, ESCAT, … */
  readonly source: string
  readonly category: string
  readonly diagnosis: string
  readonly therapies: readonly string[]
  readonly level: string
  readonly citation: string
}

/** One alteration, or a state of the whole profile such as a gene without mutation, with all that is said of it. */
export interface TieredAlteration {
  readonly name: string
  readonly kind: 'small-variant' | 'copy-number' | 'fusion' | 'profile'
  readonly gene: string | undefined
  /** The best of its statements. */
  readonly tier: AmpTier
  readonly level: AmpLevel | undefined
  readonly role: AmpRole | undefined
  readonly statements: readonly TierStatement[]
  /** Predisposing, functional and oncogenic evidence, and what says neither for nor against: no tier follows from it. */
  readonly otherEvidence: readonly (EvidenceUse & { readonly type: string })[]
  readonly annotations: readonly SuppliedAnnotation[]
  readonly why: readonly string[]
}

/** Knowledge that may apply: what would have to be known. */
export interface OpenKnowledge {
  readonly missing: string
  readonly profiles: readonly string[]
  readonly evidence: number
}

/** Tiers of one tumour by AMP/ASCO/CAP 2017. */
export interface AmpFinding {
  readonly kind: 'amp-tier'
  readonly sample: string | undefined
  /** As it was given, and the OncoTree codes it means. */
  readonly diagnosis: { readonly text: string; readonly types: readonly string[] }
  readonly alterations: readonly TieredAlteration[]
  readonly open: readonly OpenKnowledge[]
  /** Tests of altered genes that would open more knowledge, and how much evidence speaks of what they find. */
  readonly untested: { readonly tests: readonly string[]; readonly evidence: number }
  readonly facts: readonly PackRef[]
}
