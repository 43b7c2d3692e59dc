import type { ResourceRef } from '../../record/resource.ts'
import type { BoardDecisionState, StoredBoardDecision } from '../../store/tumor/board-decision-store.ts'
import type { CaseChange } from './case-changes.ts'
import type { Decided } from './decided.ts'

/** One vote as it is kept. */
export type KeptVote = Decided['votes'][number] & {
  /** Caller who voted with an account of their own; nobody else can change that vote. Left out: written down by the scribe. */
  readonly own?: string
}

/** What is sealed of a version of a decision. */
export interface KeptDecision {
  readonly specimen: string
  readonly decided: Omit<Decided, 'votes'> & { readonly votes: readonly KeptVote[] }
  readonly reason?: string
  /** The document that it was made on. */
  readonly on: {
    readonly hash: string
    readonly asOf: string
    readonly engine: string
    readonly facts: readonly string[]
    readonly stage?: 'early' | 'advanced'
    readonly lines?: number
    /** The writer did not see all of the record. */
    readonly partial: boolean
  }
  /** Resources that the document rested on: who may not see one does not see the decision. */
  readonly sources: readonly ResourceRef[]
}

/** A version as it is shown. */
export interface DecisionVersion {
  readonly version: number
  readonly state: BoardDecisionState
  readonly at: string
  readonly by: string
  readonly decided: KeptDecision['decided']
  readonly reason: string | undefined
  readonly on: KeptDecision['on']
}

/** A decision with its history, and what of the case has changed since. */
export interface DecisionView extends DecisionVersion {
  readonly id: string
  readonly specimen: string
  /** CarePlan of the FHIR server; undefined while it is a draft. */
  readonly carePlan: string | undefined
  /** Since the newest version; undefined: the case of that tumour cannot be made now. */
  readonly changes: readonly CaseChange[] | undefined
  /** Earlier versions, newest first. */
  readonly earlier: readonly DecisionVersion[]
}

export function keptOf(stored: StoredBoardDecision): KeptDecision {
  return JSON.parse(stored.json) as KeptDecision
}

export function versionOf(stored: StoredBoardDecision): DecisionVersion {
  const { version, state, at, by } = stored
  const { decided, reason, on } = keptOf(stored)
  return { version, state, at, by, decided, reason, on }
}

/** Id of the CarePlan that a decision is in FHIR. */
export function carePlanId(decision: string): string {
  return `board-${decision}`
}
