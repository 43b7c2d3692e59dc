import type { DrugBook } from '../../knowledge/drug.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import type { NamedDrug } from '../plan.ts'
import { resolveUse } from './drug-name.ts'

/** One substance of the drug list; a combination product gives several. */
export interface ListedDrug {
  readonly drug: NamedDrug
  readonly status: DrugUse['status']
  readonly exposure: DrugUse['exposure']
}

interface Medication {
  /** By name, each drug once; a drug that is taken and about to be ordered counts as ordered. */
  readonly drugs: readonly ListedDrug[]
  /** What could not be read: one sentence per entry. */
  readonly notRead: readonly string[]
}

/** Reads a drug list. An entry that cannot be resolved is told, never guessed, and does not stop the others. */
export function medicationOf(uses: readonly DrugUse[], book: DrugBook): Medication {
  const drugs = new Map<string, ListedDrug>()
  const notRead: string[] = []
  for (const use of uses) {
    try {
      for (const drug of resolveUse(use, book).drugs) {
        const known = drugs.get(drug.name)
        drugs.set(drug.name, {
          drug,
          status: known?.status === 'considered' ? 'considered' : use.status,
          exposure: use.exposure ?? known?.exposure,
        })
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const name = `"${use.text || (use.rxcui ?? use.atc ?? '')}"`
      const what = error.what.startsWith(name)
        ? `${name}: it${error.what.slice(name.length)}`
        : `${name}: ${error.what}`
      notRead.push(`No advice for ${what}. ${error.mend}`)
    }
  }
  return { drugs: [...drugs.values()].sort((a, b) => (a.drug.name < b.drug.name ? -1 : 1)), notRead }
}

/**
 * The drugs of a record that change enzymes: those taken, and those about to be ordered, because advice is for what
 * happens if the order goes ahead.
 */
export function drugsCounted(record: PatientRecord, book: DrugBook): readonly NamedDrug[] {
  return medicationOf(record.drugs, book).drugs.map((one) => one.drug)
}
