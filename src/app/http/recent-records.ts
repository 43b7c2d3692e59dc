import type { PatientRecord } from '../../record/patient-record.ts'
import type { Patient, PatientKey, Store } from '../../store/store.ts'

const MOST = 100

/**
 * Records read lately, so that the several calls an EHR makes while one chart is open read the genotype once. A record
 * is used only at the version that the store says is the present one, which grows with every change.
 */
export class RecentRecords {
  readonly #store: Store
  readonly #kept = new Map<
    string,
    {
      readonly version: number
      readonly addedAt: string
      readonly record: PatientRecord
      readonly person: Patient
    }
  >()

  constructor(store: Store) {
    this.#store = store
  }

  /** The person, without opening what is known already; undefined when nobody has the id. */
  async person(key: PatientKey): Promise<Patient | undefined> {
    const kept = this.#kept.get(`${key.tenant}/${key.patient}`)
    if (kept === undefined) return this.#store.patients.get(key)
    const head = await this.#store.patients.head(key)
    return head?.version === kept.person.version && head.addedAt === kept.addedAt
      ? kept.person
      : this.#store.patients.get(key)
  }

  /** The record of a person just looked up; undefined when the person was removed in the meantime. */
  async of(key: PatientKey, person: Patient): Promise<PatientRecord | undefined> {
    const { version, addedAt } = person
    const name = `${key.tenant}/${key.patient}`
    const kept = this.#kept.get(name)
    this.#kept.delete(name)
    // An id may be given to somebody else after a removal: versions then begin anew.
    const isPresent = kept?.version === version && kept.addedAt === addedAt
    const found = isPresent ? kept : await this.#store.records.get(key)
    if (found === undefined) return undefined
    this.#kept.set(name, { version: found.version, addedAt, record: found.record, person })
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return found.record
  }
}
