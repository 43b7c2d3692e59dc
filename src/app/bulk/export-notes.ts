import type { Resource } from '../../record/resource.ts'
import { mayBePart2 } from '../../safeguard/access/part-2-notice.ts'
import { type AnonymityReport, anonymityReport } from '../../safeguard/deidentify/k-anonymity.ts'
import { Fault } from '../../terms/fault.ts'

/** What is said of an export besides its files. */
export interface ExportNotes {
  /** Of an export without identifiers: how people hide among each other in it, by what others may know of them. */
  readonly anonymity?: AnonymityReport & { readonly by: readonly string[] }
  /** Records on the treatment of substance use disorders are in it (42 CFR Part 2). */
  readonly part2?: true
}

/** Elements that say what a resource is about. */
const CODES = ['code', 'medicationCodeableConcept', 'vaccineCode']

/** Gathers what is to be said of an export while it is written. */
export class ExportGathering {
  readonly #people = new Map<string, Set<string>>()
  readonly #by = new Set<string>()
  #part2 = false

  /** A resource that leaves as it is, with its security labels, to somebody who must be told of Part 2. */
  leaves(labels: readonly string[]): void {
    if (mayBePart2(labels)) this.#part2 = true
  }

  /**
   * A resource that leaves without identifiers. Somebody who knows a person may know how old and where that person is,
   * which diagnoses and medicines the person has and what was measured: by what of those is in the export people are told
   * apart. What the measurements were is not looked at.
   */
  leavesClean(compartment: string, clean: Resource): void {
    if (compartment === '') return
    const known = this.#people.get(compartment) ?? new Set<string>()
    this.#people.set(compartment, known)
    if (clean.resourceType === 'Patient') {
      const { resourceType: _type, id: _id, meta: _meta, ...told } = clean
      this.#by.add('Patient')
      known.add(`Patient ${JSON.stringify(told)}`)
    }
    for (const element of CODES) {
      const coded = clean[element] as { coding?: readonly { system?: string; code?: string }[] } | undefined
      if (coded?.coding === undefined) continue
      const name = `${clean.resourceType}.${element}`
      this.#by.add(name)
      for (const { system, code } of coded.coding) known.add(`${name} ${system}|${code}`)
    }
  }

  /** Throws EXPORT_IDENTIFIABLE when somebody is alike to fewer than `k` people, that person included. */
  notes(k: number): ExportNotes {
    const anonymity =
      this.#people.size === 0
        ? undefined
        : anonymityReport([...this.#people.values()].map((known) => ({ quasi: [...known].sort() })))
    if (anonymity !== undefined && anonymity.k < k) throw identifiable(k, anonymity)
    return {
      ...(anonymity === undefined ? {} : { anonymity: { ...anonymity, by: [...this.#by].sort() } }),
      ...(this.#part2 ? { part2: true } : {}),
    }
  }
}

function identifiable(k: number, { k: found, records }: AnonymityReport): Fault {
  return new Fault(
    'EXPORT_IDENTIFIABLE',
    'export',
    `of the ${records} people in it somebody is alike to ${found - 1} others only; here it must be ${k - 1}`,
    'Export fewer types or fewer people; GARROD_EXPORT_K says how many must be alike.',
  )
}
