/** Names of the columns of a table, in lower case, from its first characters; empty where there is no line with tabs. */
export function headerNames(head: string): readonly string[] {
  for (const line of head.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    if (line.trim() === '' || (line.startsWith('#') && !line.includes('\t'))) continue
    if (!line.includes('\t')) return []
    return line
      .replace(/^#+\s*/, '')
      .split('\t')
      .map((name) =>
        name
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .toLowerCase(),
      )
  }
  return []
}

/** Whether the header has a column of each list of names. */
export function hasColumns(header: readonly string[], ...lists: readonly (readonly string[])[]): boolean {
  return lists.every((names) => names.some((name) => header.includes(name)))
}
