import { isSnomed } from './code-system.ts'
import type { Facts } from './facts.ts'
import { readTable } from './table.ts'

/** Pack of a site: what its codes of conditions mean in ICD-10. */
export const CONDITION_MAP_PACK = 'site-condition-codes'

/** Stands among the alternatives of a group for "or none of these". */
export const NO_CODE = '-'

/**
 * What one code means in ICD-10: every group holds, and of a group one of its alternatives; which of them depends on what the map
 * cannot know, such as age.
 */
export type MappedGroups = readonly (readonly string[])[]

/** Codes of other systems in ICD-10, as far as the site has a map; undefined: the code is in none. */
export type ConditionMap = (system: string, code: string) => MappedGroups | undefined

const NO_MAP: ConditionMap = () => undefined

/** The map that the site imported, read when it is first asked. Throws FACTS_CHECKSUM, TABLE_COLUMN_MISSING. */
export function conditionMap(facts: Facts): ConditionMap {
  return facts.derived(CONDITION_MAP_PACK, () => {
    if (facts.head(CONDITION_MAP_PACK) === undefined) return NO_MAP
    const pack = facts.pack(CONDITION_MAP_PACK)
    const rows = readTable(pack.text('map.tsv'), ['system', 'code', 'icd10'], `${pack.folder}/map.tsv`)
    const known = new Map(rows.map(({ system, code, icd10 }) => [`${system} ${code}`, icd10]))
    return (system, code) => {
      const found = known.get(`${mapSystem(system)} ${code.trim()}`)
      return found?.split('|').map((group) => group.split(','))
    }
  })
}

/** A system as the map writes it: SNOMED CT by one name, whoever writes it; others as they are. */
export function mapSystem(system: string): string {
  return isSnomed(system) ? 'snomed' : system
}
