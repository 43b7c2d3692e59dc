import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act, PatientKey } from '../person.ts'

/** One proposal of one document, by its place. */
export interface ProposalRef {
  readonly document: string
  readonly documentVersion: number
  /** 0, 1, 2 … in the order of the document. */
  readonly ordinal: number
}

export interface StoredProposal extends ProposalRef {
  readonly patient: PatientId
  /** replaced: a newer version of the document was read before anybody decided. */
  readonly state: 'proposed' | 'confirmed' | 'rejected' | 'replaced'
  /** JSON text of the fact, as it was kept. */
  readonly json: string
  /** Resource that a confirmation made. */
  readonly resource: { readonly type: string; readonly id: string } | undefined
  readonly proposedAt: string
  readonly decidedAt: string | undefined
  readonly decidedBy: string | undefined
}

/** One line of the work list: how many proposals of a document wait. It tells nothing of their content. */
export interface WaitingDocument {
  readonly patient: PatientId
  readonly document: string
  readonly waiting: number
  readonly since: string
}

/** Facts read from documents, kept apart from the record: nothing is interpreted from here. */
export interface Proposals {
  /**
   * Keeps what one version of a document states, and marks what earlier versions still propose as replaced. The same version
   * read again changes nothing. Returns how many were added. Throws PATIENT_UNKNOWN.
   */
  propose(
    key: PatientKey,
    document: { readonly id: string; readonly version: number },
    facts: readonly string[],
    act: Act,
  ): Promise<number>
  /** Of one person, newest document first. */
  list(key: PatientKey): Promise<readonly StoredProposal[]>
  get(key: PatientKey, ref: ProposalRef): Promise<StoredProposal | undefined>
  /** Throws PROPOSAL_UNKNOWN, PROPOSAL_DECIDED: whoever comes second is told. */
  decide(
    key: PatientKey,
    ref: ProposalRef,
    decision: 'confirmed' | 'rejected',
    resource: { readonly type: string; readonly id: string } | undefined,
    act: Act,
  ): Promise<void>
  /** Documents of everybody with proposals that wait, longest first. */
  waiting(tenant: TenantId, most: number): Promise<readonly WaitingDocument[]>
}
