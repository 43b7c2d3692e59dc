import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './tree-hash.ts'

/**
 * The right edge of a growing tree: one hash for each full subtree, the largest first, as many as the size has bits
 * that are one. An append costs one hash on average; the whole past is not needed.
 */
export class TreeFrontier {
  #size: number
  readonly #subtrees: Buffer[]

  private constructor(size: number, subtrees: Buffer[]) {
    this.#size = size
    this.#subtrees = subtrees
  }

  static empty(): TreeFrontier {
    return new TreeFrontier(0, [])
  }

  /** From what `bytes` gave. Throws RangeError when it does not belong to a tree of that size. */
  static of(size: number, bytes: Uint8Array): TreeFrontier {
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`a tree cannot have ${size} leaves`)
    if (bytes.length !== onesIn(size) * HASH_BYTES) {
      throw new RangeError(`${bytes.length} bytes are not the frontier of ${size} leaves`)
    }
    const subtrees: Buffer[] = []
    for (let at = 0; at < bytes.length; at += HASH_BYTES) {
      subtrees.push(Buffer.from(bytes.subarray(at, at + HASH_BYTES)))
    }
    return new TreeFrontier(size, subtrees)
  }

  get size(): number {
    return this.#size
  }

  /** The hashes one after another, to be kept. */
  get bytes(): Buffer {
    return Buffer.concat(this.#subtrees)
  }

  append(leaf: Buffer): void {
    let hash = leaf
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2) {
      hash = nodeHash(this.#subtrees.pop()!, hash)
    }
    this.#subtrees.push(hash)
    this.#size++
  }

  root(): Buffer {
    let root: Buffer | undefined
    for (let i = this.#subtrees.length - 1; i >= 0; i--) {
      const subtree = this.#subtrees[i]!
      root = root === undefined ? subtree : nodeHash(subtree, root)
    }
    return root ?? EMPTY_ROOT
  }
}

function onesIn(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
