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
    { readonly version: number; readonly addedAt: string; readonly record: PatientRecord }
  >()

  constructor(store: Store) {
    this.#store = store
  }

  /** The record of a person just looked up; undefined when the person was removed in the meantime. */
  async of(key: PatientKey, { version, addedAt }: Patient): Promise<PatientRecord | undefined> {
    const name = `${key.tenant}/${key.patient}`
    const kept = this.#kept.get(name)
    this.#kept.delete(name)
    // An id may be given to somebody else after a removal: versions then begin anew.
    const isPresent = kept?.version === version && kept.addedAt === addedAt
    const found = isPresent ? kept : await this.#store.records.get(key)
    if (found === undefined) return undefined
    this.#kept.set(name, { version: found.version, addedAt, record: found.record })
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return found.record
  }
}
