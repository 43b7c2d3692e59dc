import { createHash } from 'node:crypto'
import { nameKey } from '../people/name-key.ts'

/** Longest text kept in an index, characters: a row of an index holds at most 2,700 bytes. */
const LONGEST = 300

/** A code, id or URI as it is indexed and asked for: a longer one keeps its beginning and a digest of the whole. */
export function indexedCode(text: string): string {
  if (text.length <= LONGEST) return text
  return `${text.slice(0, 200)}…${createHash('sha256').update(text).digest('hex')}`
}

/** Text for a search by its beginning: folded, and cut. */
export function foldedText(text: string): string {
  return nameKey(text).slice(0, LONGEST)
}

/** Text for a search by all of it. */
export function exactText(text: string): string {
  return indexedCode(text)
}

/** The text after every text that begins with `start`, in the order of code points that collation "C" keeps. */
export function afterAllOf(start: string): string {
  return `${start}\u{10FFFF}`
}
