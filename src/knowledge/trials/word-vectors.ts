import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'

export const VECTORS_PACK = 'word-vectors'
/** Numbers of a vector. */
export const VECTOR_SIZE = 100
/** A stored number is so many of these. */
export const STEP = 0.025

/** Vectors of words in lower case: near each other where the words are used alike (GloVe, Pennington et al. 2014). */
export interface WordVectors {
  readonly words: number
  /** VECTOR_SIZE numbers in steps of STEP; undefined for a word that is not known. */
  vector(word: string): Int8Array | undefined
}

/** Throws VECTORS_MALFORMED where a word has no whole vector. */
export function wordVectors(facts: Facts): WordVectors {
  return facts.derived(VECTORS_PACK, () => {
    const text = facts.pack(VECTORS_PACK).text('vectors.tsv')
    const encoded = new Map<string, string>()
    for (let from = text.indexOf('\n') + 1; from < text.length; ) {
      const line = text.indexOf('\n', from)
      const end = line < 0 ? text.length : line
      const tab = text.indexOf('\t', from)
      if (tab < 0 || end - tab - 1 !== ENCODED) {
        throw new Fault(
          'VECTORS_MALFORMED',
          'vectors.tsv',
          `"${text.slice(from, Math.min(end, from + 40))}" is no word with its vector`,
          'Install the pack again.',
        )
      }
      encoded.set(text.slice(from, tab), text.slice(tab + 1, end))
      from = end + 1
    }
    return {
      words: encoded.size,
      vector: (word) => {
        const found = encoded.get(word)
        return found === undefined ? undefined : new Int8Array(Buffer.from(found, 'base64'))
      },
    }
  })
}

/** Characters of a vector in base64. */
const ENCODED = 4 * Math.ceil(VECTOR_SIZE / 3)
