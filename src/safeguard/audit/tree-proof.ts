import { EMPTY_ROOT, nodeHash } from './tree-hash.ts'

/** Hash of leaf i of a tree, from 0 on. */
type Leaves = (index: number) => Buffer

/** Root of leaves [start, end): MTH of RFC 6962, section 2.1. */
export function rootOf(leaves: Leaves, start: number, end: number): Buffer {
  if (end === start) return EMPTY_ROOT
  if (end - start === 1) return leaves(start)
  const split = start + splitOf(end - start)
  return nodeHash(rootOf(leaves, start, split), rootOf(leaves, split, end))
}

/**
 * Hashes that lead from leaf `index` to the root of the first `size` leaves, lowest first: PATH of RFC 6962,
 * section 2.1.1. Throws RangeError unless 0 <= index < size.
 */
export function inclusionProof(leaves: Leaves, index: number, size: number): Buffer[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  }
  const path = (start: number, end: number): Buffer[] => {
    if (end - start === 1) return []
    const split = start + splitOf(end - start)
    return index < split
      ? [...path(start, split), rootOf(leaves, split, end)]
      : [...path(split, end), rootOf(leaves, start, split)]
  }
  return path(0, size)
}

/**
 * Hashes that show that the first `older` leaves are the beginning of the first `newer`: PROOF of RFC 6962,
 * section 2.1.2. Throws RangeError unless 0 < older <= newer.
 */
export function consistencyProof(leaves: Leaves, older: number, newer: number): Buffer[] {
  if (!Number.isSafeInteger(older) || !Number.isSafeInteger(newer) || older <= 0 || older > newer) {
    throw new RangeError(`a tree of ${older} is not the beginning of one of ${newer}`)
  }
  // `whole`: the subtree is one that the asker of the older root can name, so it is not sent.
  const subproof = (m: number, start: number, end: number, whole: boolean): Buffer[] => {
    if (m === end - start) return whole ? [] : [rootOf(leaves, start, end)]
    const k = splitOf(end - start)
    return m <= k
      ? [...subproof(m, start, start + k, whole), rootOf(leaves, start + k, end)]
      : [...subproof(m - k, start + k, end, false), rootOf(leaves, start, start + k)]
  }
  return subproof(older, 0, newer, true)
}

/** The largest power of two below n, for n > 1. */
function splitOf(n: number): number {
  let split = 1
  while (split * 2 < n) split *= 2
  return split
}
