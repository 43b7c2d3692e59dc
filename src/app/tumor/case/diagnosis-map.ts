import { placeOf } from '../../../intake/table-rows.ts'
import { CODE_COLUMNS, type CodeRow } from '../../../knowledge/tumor/diagnosis-codes.ts'
import { Fault } from '../../../terms/fault.ts'
import { tableRows } from '../../command-line/table-rows.ts'

/** The user's table of codes (system, code, oncotree; site of ICD-O-3 where it has one). Throws DIAGNOSIS_MAP_COLUMN. */
export async function readDiagnosisMap(path: string | undefined): Promise<readonly CodeRow[]> {
  if (path === undefined) return []
  const rows: CodeRow[] = []
  let at: readonly number[] | undefined
  for await (const { cells } of tableRows(path)) {
    if (at === undefined) {
      at = CODE_COLUMNS.map((name) => placeOf(cells, [name]))
      const missing = CODE_COLUMNS.filter((name, i) => name !== 'site' && at![i]! < 0)
      if (missing.length > 0)
        throw new Fault(
          'DIAGNOSIS_MAP_COLUMN',
          `${path}:1`,
          `the table has no column ${missing.join(', ')}`,
          'Its header must name system, code and oncotree.',
        )
      continue
    }
    const [system = '', code = '', site = '', oncotree = ''] = at.map((place) => cells[place] ?? '')
    rows.push({ system: system.toLowerCase(), code, site, oncotree })
  }
  return rows
}
