import { Fault } from '../terms/fault.ts'
import { wholeLines } from './whole-lines.ts'

/** Longest line; a file whose lines end with a carriage return alone arrives as one. */
const LONGEST_LINE = 64 << 20

/** One row of a table; cells are asked for by the place of their column. */
export interface TableRow {
  /** 1-based line of the file. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Rows of a tab-separated table from its uncompressed bytes, the header first, its names as they are written. Lines may end
 * with newline, carriage return, or both. Lines that start with "#" are remarks, unless one of them is the header: the first
 * line with tabs. Throws NOT_UTF8, LINE_TOO_LONG.
 */
export async function* rowsOf(name: string, text: AsyncIterable<Uint8Array>): AsyncGenerator<TableRow> {
  let headed = false
  let number = 0
  for await (const { bytes, endsWithNewline } of wholeLines(text, name, LONGEST_LINE)) {
    const lines = utf8(name, bytes).split(/\r\n|\n|\r/)
    if (endsWithNewline) lines.pop()
    for (const raw of lines) {
      number++
      const line = number === 1 ? raw.replace(/^\ufeff/, '') : raw
      if (line.trim() === '' || (line.startsWith('#') && (headed || !line.includes('\t')))) continue
      const cells = line.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/s, '$1'))
      yield { line: number, cells: headed ? cells : [cells[0]!.replace(/^#+\s*/, ''), ...cells.slice(1)] }
      headed = true
    }
  }
}

/** Place of the first of the names that the header has; -1: none. */
export function placeOf(header: readonly string[], names: readonly string[]): number {
  return names.map((name) => header.indexOf(name)).find((at) => at >= 0) ?? -1
}

function utf8(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Fault('NOT_UTF8', name, 'the table is not UTF-8 text', 'Save it as UTF-8, tab-separated text.')
  }
}
