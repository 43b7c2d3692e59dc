import type { PatientId, TenantId } from '../../terms/ids.ts'

/**
 * One access or change, as FHIR AuditEvent tells it (R4, AuditEvent). Never holds a name, a searched value or a result:
 * ids, types, parameter names and counts only.
 */
export interface AuditEntry {
  /** ISO 8601 instant, of the caller's clock. */
  readonly at: string
  /** AuditEvent.action. */
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E'
  /** What kind of event: "rest", "search", "login", "export", "cds-hooks", "hl7v2", "break-glass", "consent", "key", "job", … */
  readonly kind: string
  /** AuditEvent.subtype: "read", "search-type", "order-sign", "ORU_R01", … */
  readonly interaction: string
  readonly outcome: 'success' | 'refused' | 'failed'
  /** Fault code when refused or failed. */
  readonly code?: string
  readonly who: {
    readonly id: string
    readonly roles: readonly string[]
    /** "Practitioner/…", "Patient/…" that the caller is, where it is known. */
    readonly reference?: string
    readonly session?: string
    /** Program that called on the person's behalf. */
    readonly client?: string
    /** Address of the caller. */
    readonly address?: string
  }
  /** v3-ActReason. */
  readonly purpose: string
  /** People whose data was touched. */
  readonly patients: readonly PatientId[]
  /** "Observation/123", or a type with parameter names: "Observation?code&subject". */
  readonly what: readonly string[]
  /** How many resources were given. */
  readonly count?: number
  /** Reason of a break-glass, exception, export approval: a code, not free text. */
  readonly reason?: string
}

/** Where accesses are written down. A request is answered after its entry is on disk. */
export interface AuditSink {
  record(tenant: TenantId, entry: AuditEntry): Promise<void>
}
