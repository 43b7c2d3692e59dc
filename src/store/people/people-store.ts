import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act, Identifier, PatientDetails, PatientHead, PatientKey } from '../person.ts'

export interface Patient extends PatientDetails {
  /** Grows by one with every change to the person or to the record; see `RECORD_CHANGED`. */
  readonly version: number
  readonly addedAt: string
  readonly changedAt: string
}

/** One line of the patient list. */
export interface PatientLine extends Patient {
  readonly genotypeSets: number
  readonly outsideCalls: number
  /** Version of the newest plan, or undefined when none was made yet. */
  readonly plan: number | undefined
}

export interface PatientPage {
  readonly patients: readonly PatientLine[]
  /** How many match in all. */
  readonly total: number
  /** Give it as `after` for the next page; undefined on the last one. It is a patient id, so it tells no name. */
  readonly next: PatientId | undefined
}

export interface Patients {
  /** Throws PATIENT_EXISTS when the id is taken, PATIENT_IDENTIFIER_TAKEN when an identifier belongs to someone. */
  add(tenant: TenantId, details: PatientDetails, act: Act): Promise<Patient>
  get(key: PatientKey): Promise<Patient | undefined>
  /** Nothing is opened. */
  head(key: PatientKey): Promise<PatientHead | undefined>
  /** Looks a person up as the hospital knows them. */
  withIdentifier(tenant: TenantId, identifier: Identifier): Promise<Patient | undefined>
  /** How many people of this birth date were ever registered; see `PatientDetails.registeredBefore`. Undefined: no date. */
  registeredOn(tenant: TenantId, birthDate: string): Promise<number | undefined>
  /** People born on this day (YYYY-MM-DD, or a part of it) with a word of the name that begins so. At most 100, by id. */
  bornOn(tenant: TenantId, birthDate: string, word: string): Promise<readonly Patient[]>
  /**
   * People by name, then id; by id alone when more than 5,000 match. `search` matches when each of its words begins a
   * word of the name (accents and case do not count), or all of it begins an identifier's value (three characters or
   * more, or the whole) or the id. `limit` is 1 to 1000 and defaults to 50.
   */
  list(
    tenant: TenantId,
    page?: {
      readonly search?: string
      readonly limit?: number
      readonly after?: PatientId
      /** Only people whose Patient this shows; the total counts no others. */
      readonly within?: Restriction
    },
  ): Promise<PatientPage>
  /**
   * Changes the named details and leaves the others. Throws PATIENT_UNKNOWN; RECORD_CHANGED when `expected` is given
   * and is no longer the version.
   */
  update(
    key: PatientKey,
    change: Partial<Omit<PatientDetails, 'id'>>,
    act: Act,
    expected?: number,
  ): Promise<Patient>
  /**
   * Deletes the person, the record, plans, findings, feedback and every archived file that no other person's record
   * rests on. The event log keeps the id, what was done and when, and nothing else. Backups made before still hold the
   * person. Throws PATIENT_UNKNOWN, LEGAL_HOLD.
   */
  remove(key: PatientKey, act: Act): Promise<Removal>
  /**
   * Destroys the person's key and then does what `remove` does: nothing sealed for the person can be read any more, by
   * anybody, in no backup either. `reason` is a code; it is kept. Also for somebody who is not registered but about
   * whom something was sealed. Throws PATIENT_UNKNOWN, LEGAL_HOLD.
   */
  shred(key: PatientKey, reason: string, act: Act): Promise<ShredReceipt>
  /** Until `release`, the person can be neither removed nor shredded. Throws PATIENT_UNKNOWN. */
  hold(key: PatientKey, reason: string, act: Act): Promise<void>
  /** Returns whether there was a hold. Throws PATIENT_UNKNOWN. */
  release(key: PatientKey, act: Act): Promise<boolean>
  held(key: PatientKey): Promise<LegalHold | undefined>
}

export interface Removal {
  /** Files deleted from the archive. */
  readonly filesDeleted: number
  /** Files kept because another person's record rests on them (one upload with several people). */
  readonly filesShared: number
}

/** What a shredding did, for whoever asked for it. */
export interface ShredReceipt extends Removal {
  readonly patient: PatientId
  readonly reason: string
  readonly at: string
  /** Handles of the keys that were destroyed, hexadecimal. */
  readonly keys: readonly string[]
  /** Of the key folder after it. Copies of the folder of an earlier generation must be destroyed. */
  readonly generation: number
}

export interface LegalHold {
  readonly reason: string
  readonly at: string
  readonly by: string
}
