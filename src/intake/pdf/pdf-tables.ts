import { around, type PdfCell, type PdfLine } from './pdf-lines.ts'

/** A row of a table: its cells by the column they stand under; a cell may go over several lines. */
export interface PdfRow {
  readonly page: number
  readonly cells: ReadonlyMap<string, PdfCell>
}

/** A table that was recognised by the names of its columns. */
interface PdfTable {
  readonly columns: readonly string[]
  readonly rows: readonly PdfRow[]
}

interface Column {
  readonly name: string
  readonly left: number
  readonly right: number
}

/**
 * Tables whose head names at least two known columns. `columnOf` says which column the head of one means. A row begins where
 * the first column has text; lines without it continue the row above. A table ends at a line that fits under no column, at
 * a wide gap, or at another head; it goes on over a page break when the head is repeated, or the columns still fit.
 */
export function tablesOf(
  lines: readonly PdfLine[],
  columnOf: (head: string) => string | undefined,
): readonly PdfTable[] {
  const tables: {
    columns: Column[]
    rows: { page: number; cells: Map<string, PdfCell> }[]
    last: PdfLine
  }[] = []
  let open: (typeof tables)[number] | undefined
  for (const line of lines) {
    const columns = headOf(line, columnOf)
    if (columns !== undefined) {
      open = { columns, rows: [], last: line }
      tables.push(open)
      continue
    }
    if (open === undefined) continue
    const placed = place(line, open.columns)
    const height = line.box.bottom - line.box.top
    const far = line.page === open.last.page && line.box.top - open.last.box.bottom > 3 * height
    if (placed === undefined || far) {
      open = undefined
      continue
    }
    const first = open.columns[0]!.name
    const row = open.rows.at(-1)
    if (placed.has(first) || row === undefined) open.rows.push({ page: line.page, cells: placed })
    else for (const [name, cell] of placed) row.cells.set(name, joined(row.cells.get(name), cell))
    open.last = line
  }
  return tables.map(({ columns, rows }) => ({ columns: columns.map((one) => one.name), rows }))
}

/** Columns of a line that is the head of a table; each reaches half way to its neighbours. */
function headOf(line: PdfLine, columnOf: (head: string) => string | undefined): Column[] | undefined {
  const named = line.cells.map((cell) => ({ cell, name: columnOf(cell.text) }))
  const known = new Set(named.flatMap((one) => one.name ?? []))
  if (known.size < 2 || known.size < named.length / 2) return undefined
  return named.map(({ cell, name }, i) => ({
    name: name ?? cell.text,
    left: i === 0 ? Number.NEGATIVE_INFINITY : cell.box.left - 3,
    right: named[i + 1] === undefined ? Number.POSITIVE_INFINITY : named[i + 1]!.cell.box.left - 3,
  }))
}

/** The cells of a line by column; undefined when a cell goes over the border of two columns. */
function place(line: PdfLine, columns: readonly Column[]): Map<string, PdfCell> | undefined {
  const placed = new Map<string, PdfCell>()
  for (const cell of line.cells) {
    const column = columns.find((one) => cell.box.left >= one.left && cell.box.left < one.right)
    if (column === undefined || cell.box.right > column.right + 2) return undefined
    placed.set(column.name, joined(placed.get(column.name), cell))
  }
  return placed
}

function joined(before: PdfCell | undefined, cell: PdfCell): PdfCell {
  return before === undefined
    ? cell
    : { text: `${before.text} ${cell.text}`, box: around([before.box, cell.box]) }
}
