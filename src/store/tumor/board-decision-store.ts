import type { Act, PatientKey } from '../person.ts'

/** draft: the board has not closed it. final: it stands. amended: it stands in the place of an earlier final version. */
export type BoardDecisionState = 'draft' | 'final' | 'amended'

/** One version of a decision. Versions are never changed. */
export interface StoredBoardDecision {
  readonly id: string
  /** 1, 2, 3 … within the decision. */
  readonly version: number
  readonly state: BoardDecisionState
  /** JSON text of what was decided. */
  readonly json: string
  readonly at: string
  readonly by: string
}

/** What a writer saves: the decision, and the document of the tumour that it was made on, word for word. */
export interface NextBoardDecision {
  readonly state: 'draft' | 'final'
  readonly json: string
  readonly basis: string
}

/** What tumour boards decided of people, each with its whole history. */
export interface BoardDecisions {
  /** Throws PATIENT_UNKNOWN. */
  open(key: PatientKey, first: NextBoardDecision, act: Act): Promise<StoredBoardDecision>
  /**
   * Adds a version; what follows a version that stood is amended, and stays so. `expected` is the version that the writer
   * saw. Throws BOARD_DECISION_UNKNOWN, BOARD_DECISION_CHANGED, BOARD_DECISION_CLOSED: a draft after a final version.
   */
  save(
    key: PatientKey,
    id: string,
    next: NextBoardDecision,
    expected: number,
    act: Act,
  ): Promise<StoredBoardDecision>
  /** Every version of every decision, newest decision first, newest version first. */
  list(key: PatientKey): Promise<readonly StoredBoardDecision[]>
  /** The document that a version was made on. */
  basis(key: PatientKey, id: string, version: number): Promise<string | undefined>
}
