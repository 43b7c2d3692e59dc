import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Something that criteria bound by a number. */
export interface EligibilityVariable {
  /** The name results have, "ALT". */
  readonly test: string
  readonly kind: 'age' | 'ecog' | 'karnofsky' | 'lines' | 'burden' | 'lab'
  /** The unit that is meant where a criterion names none; empty for numbers without one. */
  readonly unit: string
}

/** By name as criteria write it: in lower case, except names that capitals tell apart ("eGFR" and the gene EGFR). */
export type EligibilityVariables = ReadonlyMap<string, EligibilityVariable>

export function eligibilityVariables(facts: Facts): EligibilityVariables {
  return facts.derived('eligibility-variables', () => {
    const pack = facts.pack('eligibility-words')
    const rows = readTable(
      pack.text('variables.tsv'),
      ['test', 'kind', 'unit', 'names'],
      `${pack.folder}/variables.tsv`,
    )
    return new Map(
      rows.flatMap(({ test, kind, unit, names }) => {
        const variable = { test, kind: kind as EligibilityVariable['kind'], unit }
        return names.split('|').map((name) => [name, variable] as const)
      }),
    )
  })
}
