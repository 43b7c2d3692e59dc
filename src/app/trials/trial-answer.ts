import type { ClauseAnswer } from '../../decide/enrol/explain.ts'
import type { Phase } from '../../decide/enrol/phase.ts'
import type { VerdictWord } from '../../decide/enrol/ruling.ts'
import type { Where } from '../../decide/enrol/where.ts'

/** What one trial is for one person: the best of its clauses, and whether a site can be reached. */
export interface TrialAnswer {
  readonly protocol: string
  readonly nctId?: string
  readonly title?: string
  readonly phases?: readonly Phase[]
  readonly drugs?: readonly string[]
  readonly patient: string
  readonly verdict: VerdictWord
  /** Absent where the trial lists no site and no distance was asked for. */
  readonly where?: Where
  readonly clauses: readonly ClauseAnswer[]
}
