import type { PatientRecord } from '../../record/patient-record.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { PatientHead, PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'

const MOST = 100

/** What was read of a person a while ago. */
interface RecentRecord {
  /** Of the record; the person may be one that was read before it changed. */
  readonly head: PatientHead
  readonly record: PatientRecord
  readonly person: Patient
}

/**
 * Records read lately, so that the several calls an EHR makes while one chart is open read the genotype once. A record
 * is used only at the version that the store says is the present one, which grows with every change.
 */
export class RecentRecords {
  readonly #store: Store
  readonly #kept = new Map<string, RecentRecord>()

  constructor(store: Store) {
    this.#store = store
  }

  /** What was read last, for who finds out whether it `isPresent` in a question of their own. */
  lately({ tenant, patient }: PatientKey): RecentRecord | undefined {
    const name = `${tenant}/${patient}`
    const kept = this.#kept.get(name)
    if (kept !== undefined) this.#keep(name, kept)
    return kept
  }

  /** The person, without opening what is known already; undefined when nobody has the id. */
  async person(key: PatientKey): Promise<Patient | undefined> {
    const kept = this.lately(key)
    if (kept === undefined) return this.#store.patients.get(key)
    return isPresent(kept, await this.#store.patients.head(key)) ? kept.person : this.#store.patients.get(key)
  }

  /** The record of a person just looked up; undefined when the person was removed in the meantime. */
  async of(key: PatientKey, person: Patient): Promise<PatientRecord | undefined> {
    const kept = this.lately(key)
    const found = kept !== undefined && isPresent(kept, person) ? kept : await this.#read(key, person)
    const name = `${key.tenant}/${key.patient}`
    if (found === undefined) this.#kept.delete(name)
    else this.#keep(name, found)
    return found?.record
  }

  /** As the newest; the oldest goes when there are too many. */
  #keep(name: string, found: RecentRecord): void {
    this.#kept.delete(name)
    this.#kept.set(name, found)
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
  }

  async #read(key: PatientKey, person: Patient): Promise<RecentRecord | undefined> {
    const found = await this.#store.records.get(key)
    if (found === undefined) return undefined
    return { head: { version: found.version, addedAt: person.addedAt }, record: found.record, person }
  }
}

/** Whether nothing was changed since. */
export function isPresent({ head, person }: RecentRecord, now: PatientHead | undefined): boolean {
  return now?.version === head.version && head.version === person.version && now.addedAt === head.addedAt
}
