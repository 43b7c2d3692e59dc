import { uncompressed } from '../../intake/compression.ts'
import { rowsOf, type TableRow } from '../../intake/table-rows.ts'
import { openUpload } from '../../intake/upload.ts'

/**
 * Rows of a tab-separated table, plain or compressed, the header first with its names in lower case; memory is one line.
 * Throws FILE_NOT_FOUND, NOT_UTF8, LINE_TOO_LONG.
 */
export async function* tableRows(path: string): AsyncGenerator<TableRow> {
  const upload = await openUpload(path, { path })
  let headed = false
  for await (const row of rowsOf(path, uncompressed(upload.chunks, path))) {
    yield headed ? row : { ...row, cells: row.cells.map((name) => name.toLowerCase()) }
    headed = true
  }
}
