import { STEP, type WordVectors } from '../../../knowledge/trials/word-vectors.ts'
import { NUMBER } from './words.ts'

/** Rows that groups of letters share. */
export const BUCKETS = 4096
/** Stored numbers of a vector are multiplied by this before a network sees them. */
export const VECTOR_STEP = STEP / 2
/** Longer words have more groups of letters; so many are looked at. */
const MOST_GROUPS = 60

/** The vector of a word; of one with hyphens or a dot that is not known, that of its parts. */
export function vectorOf(form: string, vectors: WordVectors): Int8Array | undefined {
  const found = vectors.vector(form)
  if (found !== undefined) return found
  const parts = form.split(/[-.]/, 8).flatMap((part) => vectors.vector(part) ?? [])
  return parts.length === 0
    ? undefined
    : parts[0]!.map((_, i) => Math.round(parts.reduce((sum, one) => sum + one[i]!, 0) / parts.length))
}

/** Rows for the groups of three to five letters of a word, its ends marked, and for its first and last two letters. */
export function letterRows(form: string): readonly number[] {
  if (form === NUMBER) return []
  const marked = `<${form}>`
  const rows = new Set([row(`${marked.slice(0, 2)}^`), row(`${marked.slice(-2)}$`)])
  for (let n = 3; n <= 5; n++)
    for (let i = 0; i + n <= marked.length && rows.size < MOST_GROUPS; i++)
      rows.add(row(marked.slice(i, i + n)))
  return [...rows]
}

/** FNV-1a, as few bits as there are rows. */
function row(letters: string): number {
  let hash = 2166136261
  for (let i = 0; i < letters.length; i++) hash = Math.imul(hash ^ letters.charCodeAt(i), 16777619)
  return (hash >>> 0) % BUCKETS
}
