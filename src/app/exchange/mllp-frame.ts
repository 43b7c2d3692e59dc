/** Start of block, end of block, and what follows the end (MLLP release 1: <VT> message <FS><CR>). */
const VT = 0x0b
const FS = 0x1c
const CR = 0x0d

/** What a stream of bytes turned out to hold. */
type Frame =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  /** More bytes than are taken; `start` is the beginning, for an answer. Nothing after it can be read. */
  | { readonly kind: 'too-long'; readonly start: Uint8Array }
  /** Bytes outside a block, or a block that another one began before its end. They are passed over. */
  | { readonly kind: 'broken'; readonly bytes: number }

/** How much of a message that is too long is kept to answer it. */
const START = 4096

/**
 * Takes blocks out of the chunks of one connection: half blocks, several in one chunk, delimiters between chunks. Holds
 * at most `largest` bytes.
 */
export class FrameReader {
  readonly #largest: number
  #chunks: Uint8Array[] = []
  #length = 0
  #inside = false
  #over = false

  constructor(largest: number) {
    this.#largest = largest
  }

  /** Whether a block has begun and not ended. */
  get isInside(): boolean {
    return this.#inside
  }

  *push(chunk: Uint8Array): Generator<Frame> {
    let at = 0
    while (at < chunk.length && !this.#over) {
      if (!this.#inside) {
        const start = chunk.indexOf(VT, at)
        const outside = strayBytes(chunk.subarray(at, start < 0 ? chunk.length : start))
        if (outside > 0) yield { kind: 'broken', bytes: outside }
        if (start < 0) return
        this.#inside = true
        at = start + 1
        continue
      }
      const end = chunk.indexOf(FS, at)
      const again = chunk.indexOf(VT, at)
      if (again >= 0 && (end < 0 || again < end)) {
        // The block before never ended: its sender has given it up.
        yield { kind: 'broken', bytes: this.#length + again - at }
        this.#clear()
        at = again + 1
        continue
      }
      const part = chunk.subarray(at, end < 0 ? chunk.length : end)
      this.#chunks.push(part)
      this.#length += part.length
      if (this.#length > this.#largest) {
        this.#over = true
        const start = joined(this.#chunks).subarray(0, START)
        this.#clear()
        yield { kind: 'too-long', start }
        return
      }
      if (end < 0) return
      const bytes = joined(this.#chunks)
      this.#clear()
      this.#inside = false
      yield { kind: 'message', bytes }
      at = end + 1
    }
  }

  #clear(): void {
    this.#chunks = []
    this.#length = 0
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

/** Bytes between blocks that are not line ends. */
function strayBytes(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => (byte === CR || byte === 10 ? count : count + 1), 0)
}

/** A message as a block. */
export function framed(text: string): Buffer {
  return Buffer.concat([Buffer.of(VT), Buffer.from(text, 'utf8'), Buffer.of(FS, CR)])
}
