import { crc32, deflateRawSync, type ZlibOptions } from 'node:zlib'
import { BLOCK_HEADER, END_BLOCK } from './block.ts'

/** Text of one block, as bgzip fills it: what cannot be made smaller still fits into the 65,536 bytes of a block. */
const BLOCK_TEXT = 0xff00

/** One block of a bgzip file; at most 65,280 bytes of text fit. Source: SAM/BAM specification v1, section 4.1. */
export function bgzipBlock(text: Uint8Array, how: ZlibOptions = { level: 6 }): Buffer {
  const data = deflateRawSync(text, how)
  const block = Buffer.alloc(BLOCK_HEADER + data.length + 8)
  END_BLOCK.copy(block, 0, 0, BLOCK_HEADER)
  block.writeUInt16LE(block.length - 1, BLOCK_HEADER - 2)
  data.copy(block, BLOCK_HEADER)
  block.writeUInt32LE(crc32(text), block.length - 8)
  block.writeUInt32LE(text.length, block.length - 4)
  return block
}

/** Makes a bgzip file of the text it is given, block by block. */
export class BgzipWriter {
  readonly #write: (block: Buffer) => void
  readonly #held = Buffer.allocUnsafe(BLOCK_TEXT)
  #length = 0

  constructor(write: (block: Buffer) => void) {
    this.#write = write
  }

  take(text: Uint8Array): void {
    for (let at = 0; at < text.length; ) {
      const piece = text.subarray(at, at + BLOCK_TEXT - this.#length)
      this.#held.set(piece, this.#length)
      this.#length += piece.length
      at += piece.length
      if (this.#length === BLOCK_TEXT) this.#flush()
    }
  }

  /** Writes what is left, and the empty block that tells that the file is whole. */
  end(): void {
    if (this.#length > 0) this.#flush()
    this.#write(END_BLOCK)
  }

  #flush(): void {
    this.#write(bgzipBlock(this.#held.subarray(0, this.#length)))
    this.#length = 0
  }
}
