import { uncompressed } from '../../intake/compression.ts'
import { openUpload } from '../../intake/upload.ts'
import { wholeLines } from '../../intake/whole-lines.ts'
import { Fault } from '../../terms/fault.ts'

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

const LONGEST_LINE = 1 << 20

/**
 * Rows of a tab-separated table with a header line, plain or compressed; memory is one line.
 * Throws FILE_NOT_FOUND, NOT_UTF8, CRITERIA_COLUMN_MISSING, LINE_TOO_LONG.
 */
export async function* criteriaRows(path: string): AsyncGenerator<CriteriaRow> {
  const upload = await openUpload(path, { path })
  let at: Record<keyof typeof COLUMNS, number> | undefined
  let number = 0
  for await (const { bytes } of wholeLines(uncompressed(upload.chunks, path), path, LONGEST_LINE)) {
    for (const raw of utf8(path, bytes).split('\n')) {
      number++
      const line = raw.replace(/\r$/, '')
      if (line === '' || (line.startsWith('#') && at !== undefined)) continue
      const cells = line.split('\t').map((cell) => cell.replace(/^"(.*)"$/s, '$1'))
      if (at === undefined) {
        at = placesOf(cells, path)
        continue
      }
      const cell = (name: keyof typeof COLUMNS) => cells[at![name]]?.trim() ?? ''
      yield {
        line: number,
        variant: cell('variant'),
        criteria: cell('criteria'),
        panel: cell('panel'),
        gene: cell('gene'),
      }
    }
  }
}

function placesOf(header: readonly string[], path: string): Record<keyof typeof COLUMNS, number> {
  const names = header.map((name) => name.replace(/^#/, '').trim().toLowerCase())
  const place = (column: keyof typeof COLUMNS) =>
    COLUMNS[column].map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1
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

function utf8(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('NOT_UTF8', name, 'the table is not UTF-8 text', 'Save it as UTF-8, tab-separated text.')
  }
}
