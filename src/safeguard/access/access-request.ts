import type { PatientId } from '../../terms/ids.ts'

/** What somebody wants to do. read: one thing by its id, its history, a card. search: what there is, $everything. */
export type AccessAction =
  | 'read'
  | 'search'
  | 'export'
  | 'create'
  | 'update'
  | 'delete'
  | 'count'
  | 'review'
  | 'break-glass'

export const ACCESS_ACTIONS: readonly AccessAction[] = [
  'read',
  'search',
  'export',
  'create',
  'update',
  'delete',
  'count',
  'review',
  'break-glass',
]

export interface AccessRequest {
  readonly action: AccessAction
  /** FHIR type, or a kind of our own as the access-policy pack lists it: "Variants", "Plan", "AuditLog", "Cohort" … */
  readonly kind: string
  /** The person asked about, where it is one person. */
  readonly patient?: PatientId
  /** A court order on this person’s record was shown and is on file. */
  readonly courtOrder?: boolean
  /** What leaves is de-identified by `safeguard/deidentify` before anybody sees it. */
  readonly deidentified?: boolean
}
