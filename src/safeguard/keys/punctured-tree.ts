import { hash } from 'node:crypto'

/**
 * One secret for every 64-bit handle from a few bytes, any of which can be destroyed without touching the others: a
 * puncturable pseudorandom function made of the tree of Goldreich, Goldwasser and Micali 1986 (doi:10.1145/6490.6503;
 * puncturing: Boneh and Waters 2013, doi:10.1007/978-3-642-42045-0_15). Four children a node, 32 levels. At first the
 * top alone is kept; to destroy a leaf, the nodes above it are replaced by the three neighbours at every level.
 * What is left cannot give the leaf, whoever has it, and grows by at most 96 nodes of 41 bytes for each leaf.
 */
const LEVELS = 32
const SECRET = 32
/** Level, prefix, secret. */
const NODE = 1 + 8 + SECRET

interface Node {
  readonly level: number
  /** The handle's leading bits, two for each level; the rest is zero. */
  readonly prefix: bigint
  readonly secret: Buffer
}

export class PuncturedTree {
  readonly #nodes = new Map<string, Node>()

  private constructor(nodes: Iterable<Node>) {
    for (const node of nodes) this.#nodes.set(nameOf(node.level, node.prefix), node)
  }

  /** `top` is 32 random bytes. */
  static grow(top: Uint8Array): PuncturedTree {
    return new PuncturedTree([{ level: 0, prefix: 0n, secret: Buffer.from(top) }])
  }

  static from(bytes: Buffer): PuncturedTree {
    if (bytes.length % NODE !== 0) throw new Error('the kept nodes are not whole')
    return new PuncturedTree(
      Array.from({ length: bytes.length / NODE }, (_, i) => {
        const at = i * NODE
        return {
          level: bytes[at]!,
          prefix: bytes.readBigUInt64BE(at + 1),
          secret: Buffer.from(bytes.subarray(at + 9, at + NODE)),
        }
      }),
    )
  }

  toBytes(): Buffer {
    return Buffer.concat(
      [...this.#nodes.values()].map(({ level, prefix, secret }) => {
        const node = Buffer.alloc(NODE)
        node[0] = level
        node.writeBigUInt64BE(prefix, 1)
        secret.copy(node, 9)
        return node
      }),
    )
  }

  /** The secret of a handle, or undefined when it was destroyed. */
  secretOf(handle: Uint8Array): Buffer | undefined {
    const path = pathOf(handle)
    const node = this.#above(path)
    if (node === undefined) return undefined
    let secret: Buffer = Buffer.from(node.secret)
    for (let level = node.level; level < LEVELS; level++) secret = childOf(secret, digitOf(path, level))
    return secret
  }

  /** Destroys the secret of a handle. False when it was destroyed before. */
  puncture(handle: Uint8Array): boolean {
    const path = pathOf(handle)
    const node = this.#above(path)
    if (node === undefined) return false
    this.#nodes.delete(nameOf(node.level, node.prefix))
    let secret: Buffer = node.secret
    for (let level = node.level; level < LEVELS; level++) {
      const taken = digitOf(path, level)
      for (let digit = 0; digit < 4; digit++) {
        if (digit === taken) continue
        const shift = BigInt(2 * (LEVELS - 1 - level))
        const prefix = ((path >> (shift + 2n)) << (shift + 2n)) | (BigInt(digit) << shift)
        const sibling = { level: level + 1, prefix, secret: childOf(secret, digit) }
        this.#nodes.set(nameOf(sibling.level, prefix), sibling)
      }
      const next = childOf(secret, taken)
      secret.fill(0)
      secret = next
    }
    secret.fill(0)
    return true
  }

  /** Overwrites everything in memory. */
  wipe(): void {
    for (const { secret } of this.#nodes.values()) secret.fill(0)
    this.#nodes.clear()
  }

  #above(path: bigint): Node | undefined {
    for (let level = 0; level <= LEVELS; level++) {
      const shift = BigInt(2 * (LEVELS - level))
      const node = this.#nodes.get(nameOf(level, (path >> shift) << shift))
      if (node !== undefined) return node
    }
    return undefined
  }
}

function nameOf(level: number, prefix: bigint): string {
  return `${level}:${prefix.toString(36)}`
}

function pathOf(handle: Uint8Array): bigint {
  if (handle.length !== 8) throw new RangeError(`a handle has 8 bytes, not ${handle.length}`)
  return new DataView(handle.buffer, handle.byteOffset, 8).getBigUint64(0)
}

function digitOf(path: bigint, level: number): number {
  return Number((path >> BigInt(2 * (LEVELS - 1 - level))) & 3n)
}

/** SHA-256 of the digit and the node's secret: inputs of one fixed length. */
function childOf(secret: Uint8Array, digit: number): Buffer {
  const input = Buffer.allocUnsafe(1 + SECRET)
  input[0] = digit
  input.set(secret, 1)
  return hash('sha256', input, 'buffer')
}
