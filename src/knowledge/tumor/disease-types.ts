import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack that says which tumour types a disease is. */
const DISEASE_TYPES_PACK = 'disease-types'
/** Stands for every tumour that is not of the blood. */
export const SOLID = '_SOLID_'

/** A disease as tumour types. */
export interface DiseaseTypes {
  /** "DOID:1909", or the name where the ontology has none. */
  readonly disease: string
  readonly name: string
  /** OncoTree codes, each with everything below it; SOLID; empty: it is no tumour type, and `note` says why. */
  readonly types: readonly string[]
  /** A category that the tumour must belong to besides; empty: none. */
  readonly needs: string
  /** What must hold and no profile tells: "a child"; empty: nothing. */
  readonly when: string
  readonly note: string
}

/** Diseases by id, and by name without regard to case; undefined: not listed, so not known. */
export interface DiseaseTable {
  find(text: string): DiseaseTypes | undefined
  readonly names: readonly string[]
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function diseaseTypes(facts: Facts): DiseaseTable {
  return facts.derived(DISEASE_TYPES_PACK, () => {
    const pack = facts.pack(DISEASE_TYPES_PACK)
    const rows = readTable(
      pack.text('diseases.tsv'),
      ['disease', 'name', 'types', 'needs', 'when', 'note'],
      `${pack.folder}/diseases.tsv`,
    ).map((row): DiseaseTypes => ({ ...row, types: row.types === '' ? [] : row.types.split('|') }))
    const found = new Map<string, DiseaseTypes>()
    for (const row of rows) found.set(row.name.toLowerCase(), row)
    for (const row of rows) found.set(row.disease.toLowerCase(), row)
    return {
      find: (text) => found.get(text.trim().toLowerCase()),
      names: rows.map(({ name }) => name),
    }
  })
}
