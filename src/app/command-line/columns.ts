/** Rows as left-aligned columns for a terminal; the last column is not padded. Widths count code points. */
export function columns(rows: readonly (readonly string[])[], most: readonly number[] = []): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [i, cell] of row.entries()) {
      widths[i] = Math.min(most[i] ?? Number.POSITIVE_INFINITY, Math.max(widths[i] ?? 0, [...cell].length))
    }
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) =>
          i === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, widths[i]! - [...cell].length)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
