import type { ClauseAnswer } from '../../decide/enrol/explain.ts'
import type { VerdictWord } from '../../decide/enrol/ruling.ts'

/** What one trial is for one person: the best of its clauses. */
export interface TrialAnswer {
  readonly protocol: string
  readonly nctId?: string
  readonly title?: string
  readonly patient: string
  readonly verdict: VerdictWord
  readonly clauses: readonly ClauseAnswer[]
}
