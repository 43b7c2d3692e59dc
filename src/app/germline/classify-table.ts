import { placeOf } from '../../intake/table-rows.ts'
import { Fault } from '../../terms/fault.ts'
import { tableRows } from '../command-line/table-rows.ts'

/** One row of a table of variants whose criteria are known. */
export interface CriteriaRow {
  /** 1-based line of the file. */
  readonly line: number
  /** What the row is about, as written: variant, name, id; empty where no column says. */
  readonly variant: string
  readonly criteria: string
  readonly panel: string
  readonly gene: string
}

/** Names that laboratories and the ClinGen Evidence Repository give the columns. */
const COLUMNS = {
  variant: ['variant', 'variation', 'name', 'hgvs', 'id'],
  criteria: ['criteria', 'codes_met', 'criteria met', 'met', 'applied evidence codes (met)'],
  panel: ['panel', 'expert_panel', 'expert panel', 'vcep'],
  gene: ['gene', 'hgnc gene symbol', 'symbol'],
} as const

/**
 * Rows of a tab-separated table with a header line, plain or compressed; memory is one line.
 * Throws FILE_NOT_FOUND, NOT_UTF8, CRITERIA_COLUMN_MISSING, LINE_TOO_LONG.
 */
export async function* criteriaRows(path: string): AsyncGenerator<CriteriaRow> {
  let at: Record<keyof typeof COLUMNS, number> | undefined
  for await (const { line, cells } of tableRows(path)) {
    if (at === undefined) {
      at = placesOf(cells, path)
      continue
    }
    const cell = (name: keyof typeof COLUMNS) => cells[at![name]] ?? ''
    yield {
      line,
      variant: cell('variant'),
      criteria: cell('criteria'),
      panel: cell('panel'),
      gene: cell('gene'),
    }
  }
}

function placesOf(names: readonly string[], path: string): Record<keyof typeof COLUMNS, number> {
  const place = (column: keyof typeof COLUMNS) => placeOf(names, COLUMNS[column])
  const criteria = place('criteria')
  if (criteria < 0)
    throw new Fault(
      'CRITERIA_COLUMN_MISSING',
      `${path}:1`,
      'the table has no column with the criteria',
      `Its first line must name one of: ${COLUMNS.criteria.join(', ')}; and may name ${[...COLUMNS.variant.slice(0, 1), ...COLUMNS.panel.slice(0, 1), ...COLUMNS.gene.slice(0, 1)].join(', ')}.`,
    )
  return { variant: place('variant'), criteria, panel: place('panel'), gene: place('gene') }
}
