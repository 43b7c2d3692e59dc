import * as z from 'zod'
import type { FaultReply } from '../http/api.ts'
import type { BoardDocument } from './board-document.ts'
import { Decided, Vote } from './decided.ts'
import type { DecisionView } from './decision-view.ts'
import type { Told } from './told.ts'

const text = (most: number) => z.string().trim().min(1).max(most)

export const Asked = z.strictObject({
  specimen: text(200).optional(),
  stage: z.enum(['early', 'advanced']).optional(),
  lines: z.coerce.number().int().min(0).max(20).optional(),
})

export const NewDecision = z.strictObject({
  specimen: text(200),
  /** `hash` of the document that the board had before it. */
  document: z.string().regex(/^[0-9a-f]{64}$/),
  stage: Asked.shape.stage,
  lines: Asked.shape.lines,
  state: z.enum(['draft', 'final']),
  decided: Decided,
})

export const AmendedDecision = NewDecision.extend({
  expected: z.number().int().min(1),
  /** Why a decision that stood was changed. */
  reason: text(2000).optional(),
})

export type NewDecision = z.input<typeof NewDecision>
export type AmendedDecision = z.input<typeof AmendedDecision>

export const OwnVote = z.strictObject({
  expected: z.number().int().min(1),
  vote: Vote.shape.vote,
  dissent: Vote.shape.dissent,
})

export interface TumorLine {
  readonly specimen: string
  readonly files: readonly {
    readonly id: string
    readonly name: string
    readonly at: string
    readonly by: string
    readonly told: Told
  }[]
  /** Results of the record that it rests on; with no files the tumour is of the record alone. */
  readonly results: number
  readonly fault: FaultReply | undefined
}

/** GET /api/patients/:id/tumor */
export interface TumorReply {
  readonly tumors: readonly TumorLine[]
  readonly document: BoardDocument | undefined
}

/** GET /api/patients/:id/tumor/decisions */
export interface DecisionsReply {
  readonly decisions: readonly DecisionView[]
  /** Decisions that rest on what the caller may not see. */
  readonly hidden: number
  readonly mayWrite: boolean
}
