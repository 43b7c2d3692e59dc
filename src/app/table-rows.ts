import { uncompressed } from '../intake/compression.ts'
import { openUpload } from '../intake/upload.ts'
import { wholeLines } from '../intake/whole-lines.ts'
import { Fault } from '../terms/fault.ts'

const LONGEST_LINE = 1 << 20

/** One row of a user's table; cells are asked for by the place of their column. */
export interface TableRow {
  /** 1-based line of the file. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Rows of a tab-separated table, plain or compressed, the header first with its names in lower case; memory is one line.
 * Lines starting with "#" behind the header and empty lines are left out.
 * Throws FILE_NOT_FOUND, NOT_UTF8, LINE_TOO_LONG.
 */
export async function* tableRows(path: string): AsyncGenerator<TableRow> {
  const upload = await openUpload(path, { path })
  let headed = false
  let number = 0
  for await (const { bytes } of wholeLines(uncompressed(upload.chunks, path), path, LONGEST_LINE)) {
    for (const raw of utf8(path, bytes).split('\n')) {
      number++
      const line = raw.replace(/\r$/, '')
      if (line === '' || (line.startsWith('#') && headed)) continue
      const cells = line.split('\t').map((cell) => cell.replace(/^"(.*)"$/s, '$1').trim())
      yield {
        line: number,
        cells: headed ? cells : cells.map((name) => name.replace(/^#/, '').trim().toLowerCase()),
      }
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
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('NOT_UTF8', name, 'the table is not UTF-8 text', 'Save it as UTF-8, tab-separated text.')
  }
}
