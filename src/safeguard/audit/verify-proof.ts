import { HASH_BYTES, nodeHash } from './tree-hash.ts'

/**
 * Whether the leaf with this hash is leaf `index` (from 0) of the tree of `size` leaves with this root.
 * RFC 9162, section 2.1.3.2, for the hashes of RFC 6962. Refused without further look: a size or index that is no whole
 * number of a tree, index >= size, a hash that has not 32 bytes, a proof with a hash too few or too many.
 */
export function isIncluded(
  root: Uint8Array,
  size: number | bigint,
  index: number | bigint,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  const n = wholeOf(size)
  let fn = wholeOf(index)
  if (n === undefined || fn === undefined || fn >= n || ![root, leaf, ...proof].every(isHash)) return false
  let sn = n - 1n
  let hash: Uint8Array = leaf
  for (const sibling of proof) {
    if (sn === 0n) return false
    if (fn % 2n === 1n || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2n === 0n && fn !== 0n) {
        fn /= 2n
        sn /= 2n
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    fn /= 2n
    sn /= 2n
  }
  return sn === 0n && areEqual(hash, root)
}

/**
 * Whether the tree of `older` leaves with the first root is the beginning of the tree of `newer` leaves with the second.
 * RFC 9162, section 2.1.4.2. Refused: sizes other than 0 < older <= newer, hashes that have not 32 bytes, any hash in
 * the proof of a tree with itself, a proof with a hash too few or too many.
 */
export function isConsistent(
  olderRoot: Uint8Array,
  older: number | bigint,
  newerRoot: Uint8Array,
  newer: number | bigint,
  proof: readonly Uint8Array[],
): boolean {
  const first = wholeOf(older)
  const second = wholeOf(newer)
  if (first === undefined || second === undefined || first === 0n || first > second) return false
  if (![olderRoot, newerRoot, ...proof].every(isHash)) return false
  if (first === second) return proof.length === 0 && areEqual(olderRoot, newerRoot)
  // A full older tree is itself a subtree of the newer: its root is not sent.
  const path = isPowerOfTwo(first) ? [olderRoot, ...proof] : proof
  const [start, ...rest] = path
  if (start === undefined || rest.length === 0) return false
  let fn = first - 1n
  let sn = second - 1n
  while (fn % 2n === 1n) {
    fn /= 2n
    sn /= 2n
  }
  let fr: Uint8Array = start
  let sr: Uint8Array = start
  for (const sibling of rest) {
    if (sn === 0n) return false
    if (fn % 2n === 1n || fn === sn) {
      fr = nodeHash(sibling, fr)
      sr = nodeHash(sibling, sr)
      while (fn % 2n === 0n && fn !== 0n) {
        fn /= 2n
        sn /= 2n
      }
    } else {
      sr = nodeHash(sr, sibling)
    }
    fn /= 2n
    sn /= 2n
  }
  return sn === 0n && areEqual(fr, olderRoot) && areEqual(sr, newerRoot)
}

/** Undefined for what counts no leaves: fractions, negatives, numbers beyond 2^53 - 1 that a double cannot tell apart. */
function wholeOf(count: number | bigint): bigint | undefined {
  if (typeof count === 'number' && !Number.isSafeInteger(count)) return undefined
  const whole = BigInt(count)
  return whole < 0n || whole >= 2n ** 64n ? undefined : whole
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES
}

function isPowerOfTwo(n: bigint): boolean {
  return (n & (n - 1n)) === 0n
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
