import { type ConditionMap, conditionMap } from '../condition-map.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

export type CodeSystem = 'ncit' | 'umls' | 'icdo3' | 'icd10' | 'hemeonc' | 'snomed'

/** One code of another classification and the tumour type that it means. */
export interface CodeRow {
  readonly system: string
  readonly code: string
  /** Site of ICD-O-3, "C50" or "C50.9"; empty: any. */
  readonly site: string
  /** OncoTree code, of today or of an earlier release. */
  readonly oncotree: string
}

export const CODE_COLUMNS = ['system', 'code', 'site', 'oncotree'] as const

/** Rows of Garrod's own table and of the published map; the user's rows come before both. */
export interface DiagnosisCodes {
  /** By rank: a system and code that a table knows is not sought in the tables behind it. */
  readonly tables: readonly ReadonlyMap<string, readonly CodeRow[]>[]
  /** What codes that no table knows mean in ICD-10, as far as the site has a map. */
  readonly mapped: ConditionMap
}

export function codeKey(system: string, code: string): string {
  return `${system} ${code.toUpperCase()}`
}

/** `own`: rows that a user gave, such as SNOMED CT codes, which cannot be shipped. */
export function diagnosisCodes(facts: Facts, own: readonly CodeRow[] = []): DiagnosisCodes {
  const shipped = facts.derived('diagnosis-codes', () =>
    ['tumour-codes', 'oncotree-codes'].map((id) => {
      const pack = facts.pack(id)
      return indexed(readTable(pack.text('codes.tsv'), CODE_COLUMNS, `${pack.folder}/codes.tsv`))
    }),
  )
  return { tables: own.length === 0 ? shipped : [indexed(own), ...shipped], mapped: conditionMap(facts) }
}

function indexed(rows: readonly CodeRow[]): ReadonlyMap<string, readonly CodeRow[]> {
  return Map.groupBy(rows, ({ system, code }) => codeKey(system, code))
}
