import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** What trials call a laboratory test ("ANC"), by LOINC code. */
export type LaboratoryNames = ReadonlyMap<string, string>

export function laboratoryNames(facts: Facts): LaboratoryNames {
  return facts.derived('laboratory-names', () => {
    const pack = facts.pack('eligibility-words')
    const table = 'laboratory-codes.tsv'
    const rows = readTable(pack.text(table), ['loinc', 'test'], `${pack.folder}/${table}`)
    return new Map(rows.map(({ loinc, test }) => [loinc, test]))
  })
}
