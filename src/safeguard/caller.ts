import type { PatientId, TenantId } from '../terms/ids.ts'

/** Roles a person or a system can have. What each may do is said by the policies, not here. */
export type Role =
  | 'clinician'
  | 'pharmacist'
  | 'geneticist'
  | 'laboratory'
  | 'researcher'
  | 'privacy-officer'
  | 'integration-engineer'
  | 'administrator'
  | 'patient'
  | 'system'

/** v3-ActReason codes that a request may be made for. */
export type Purpose =
  | 'TREAT'
  | 'HPAYMT'
  | 'HOPERAT'
  | 'HRESCH'
  | 'ETREAT'
  | 'PATRQT'
  | 'PUBHLTH'
  | 'LEGAL'
  | 'SYSDEV'

/** Who makes a request, as the login, token, client certificate or command line proved it. */
export interface Caller {
  readonly tenant: TenantId
  /** "user/…", "client/…", "cli": kept in the audit log and in `Act.by`. */
  readonly id: string
  readonly kind: 'user' | 'client' | 'patient' | 'local'
  readonly roles: readonly Role[]
  readonly purpose: Purpose
  /** "Practitioner/…", "Patient/…", "Organization/…" that the caller is. */
  readonly references: readonly string[]
  /** SMART scopes of the token ("patient/Observation.rs"); undefined for a session of our own page. */
  readonly scopes: readonly string[] | undefined
  /** The person in context of a SMART launch, or the patient who is the caller. */
  readonly patient: PatientId | undefined
  /** A break-glass grant in force: on this person alone, until then. */
  readonly breakGlass:
    | { readonly patient: PatientId; readonly until: string; readonly reason: string }
    | undefined
  /** Of the login session or the token, for the audit log. */
  readonly session: string | undefined
  readonly secondFactor: boolean
}
