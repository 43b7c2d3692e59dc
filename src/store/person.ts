import type { Sex } from '../record/patient-record.ts'
import type { PatientId, TenantId } from '../terms/ids.ts'

/** Names one person. Every row about a person is keyed by the two, in this order. */
export interface PatientKey {
  readonly tenant: TenantId
  readonly patient: PatientId
}

/** By which a reading of the person and the record is known to be the present one. */
export interface PatientHead {
  readonly version: number
  /** An id may be given to somebody else after a removal: versions then begin anew. */
  readonly addedAt: string
}

/**
 * Who changes something and when. The caller gives the time (ISO 8601 instant): the store never reads the clock,
 * so that a replayed import carries its own dates.
 */
export interface Act {
  readonly at: string
  /** A person, a system or "cli"; kept in the event log. */
  readonly by: string
}

/** Medical record number and the authority that gave it. */
export interface Identifier {
  readonly system: string
  readonly value: string
}

/** Who a person is, as registered. */
export interface PatientDetails {
  readonly id: PatientId
  readonly name: string | undefined
  readonly sex: Sex
  /** YYYY-MM-DD, or a part of it. */
  readonly birthDate: string | undefined
  readonly identifiers: readonly Identifier[]
  /**
   * For a registration: what `Patients.registeredOn` said when it was looked whether the person is known. Refused with
   * RegisteredMeanwhile when others of that birth date have come since.
   */
  readonly registeredBefore?: number
}
