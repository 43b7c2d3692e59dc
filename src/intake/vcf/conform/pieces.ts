/** Pieces of one field that are read: a line of separators alone must not become millions of texts in memory. */
const MOST_PIECES = 1_000_000

/** The pieces between separators, the first million where there are more. */
export function piecesOf(text: string, separator: string): readonly string[] {
  return text.includes(separator) ? text.split(separator, MOST_PIECES) : [text]
}
