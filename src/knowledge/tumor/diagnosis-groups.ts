import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** The diagnoses (names) below the diagnosis that a trial names, "_SOLID_" and "_LIQUID_" among them. */
export type DiagnosisGroups = ReadonlyMap<string, ReadonlySet<string>>

/** The groups of MatchMiner. */
export function diagnosisGroups(facts: Facts): DiagnosisGroups {
  return facts.derived('matchminer-diagnoses', () => {
    const pack = facts.pack('matchminer-diagnoses')
    const groups = new Map<string, Set<string>>()
    const rows = readTable(pack.text('groups.tsv'), ['group', 'diagnosis'], `${pack.folder}/groups.tsv`)
    for (const { group, diagnosis } of rows)
      groups.set(group, (groups.get(group) ?? new Set()).add(diagnosis))
    return groups
  })
}
