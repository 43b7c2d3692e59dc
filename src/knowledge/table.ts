import { Fault } from '../terms/fault.ts'

/** Rows of a tab-separated file with a header line, as objects. Lines starting with "#" and empty lines are left out. */
export function readTable<Column extends string>(
  text: string,
  columns: readonly Column[],
  where: string,
): Record<Column, string>[] {
  const lines = text.split('\n')
  const header = lines[0]?.replace(/\r$/, '').split('\t') ?? []
  const places = columns.map((column) => {
    const place = header.indexOf(column)
    if (place < 0) {
      throw new Fault(
        'TABLE_COLUMN_MISSING',
        `${where}:1`,
        `the table has no column "${column}"`,
        `Its header must name: ${columns.join(', ')}.`,
      )
    }
    return place
  })
  const rows: Record<Column, string>[] = []
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!.replace(/\r$/, '')
    if (line === '' || line.startsWith('#')) continue
    const cells = line.split('\t')
    const row = {} as Record<Column, string>
    for (let c = 0; c < columns.length; c++) row[columns[c]!] = cells[places[c]!] ?? ''
    rows.push(row)
  }
  return rows
}
