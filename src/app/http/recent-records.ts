import type { PatientRecord } from '../../record/patient-record.ts'
import type { Patient, PatientKey, Store } from '../../store/store.ts'

const MOST = 100

/**
 * Records read lately, so that the several calls an EHR makes while one chart is open read the genotype once. A record
 * is used only at the version that the store says is the present one, which grows with every change.
 */
export class RecentRecords {
  readonly #store: Store
  readonly #kept = new Map<string, { readonly version: number; readonly record: PatientRecord }>()

  constructor(store: Store) {
    this.#store = store
  }

  /** The record of a person just looked up; undefined when the person was removed in the meantime. */
  async of(key: PatientKey, { version }: Patient): Promise<PatientRecord | undefined> {
    const name = `${key.tenant}/${key.patient}`
    const kept = this.#kept.get(name)
    this.#kept.delete(name)
    const found = kept?.version === version ? kept : await this.#store.records.get(key)
    if (found === undefined) return undefined
    this.#kept.set(name, found)
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return found.record
  }
}
