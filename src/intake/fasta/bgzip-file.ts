import { crc32, inflateRawSync } from 'node:zlib'
import type { Fault } from '../../terms/fault.ts'
import { blockSize, damaged, LONGEST_BLOCK, textSize } from '../bgzf/block.ts'
import type { BlockOffsets } from './block-index.ts'
import type { PlainFile, RandomBytes } from './random-bytes.ts'

/** Uncompressed blocks kept in memory: 64 of at most 64 KiB. */
const KEPT_BLOCKS = 64

/** A bgzip file read block by block, each checked by its CRC-32 (SAM/BAM specification v1, section 4.1). */
export class BgzipFile implements RandomBytes {
  readonly size: number
  readonly #file: PlainFile
  readonly #name: string
  readonly #blocks: BlockOffsets
  readonly #kept = new Map<number, Buffer>()

  constructor(file: PlainFile, name: string, blocks: BlockOffsets) {
    this.#file = file
    this.#name = name
    this.#blocks = blocks
    this.size = blocks.size
  }

  read(start: number, end: number): Buffer {
    const pieces: Buffer[] = []
    let at = start
    const stop = Math.min(end, this.size)
    while (at < stop) {
      const index = this.#blocks.indexOf(at)
      const from = this.#blocks.textStart(index)
      const block = this.#block(index)
      const piece = block.subarray(at - from, stop - from)
      if (piece.length === 0) throw this.#damaged(index, block.length)
      pieces.push(piece)
      at += piece.length
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  }

  close(): void {
    this.#file.close()
  }

  #block(index: number): Buffer {
    const kept = this.#kept.get(index)
    if (kept !== undefined) return kept
    const bytes = this.#file.read(
      this.#blocks.fileStart(index),
      this.#blocks.fileStart(index) + LONGEST_BLOCK,
    )
    const text = this.#inflated(bytes, index)
    if (this.#kept.size >= KEPT_BLOCKS) this.#kept.delete(this.#kept.keys().next().value as number)
    this.#kept.set(index, text)
    return text
  }

  #inflated(bytes: Buffer, index: number): Buffer {
    const size = blockSize(bytes, 0)
    if (size < 0 || size > bytes.length) throw this.#damaged(index, bytes.length)
    try {
      const data = bytes.subarray(12 + bytes.readUInt16LE(10), size - 8)
      const text = inflateRawSync(data, { maxOutputLength: LONGEST_BLOCK })
      if (text.length === textSize(bytes, size) && crc32(text) === bytes.readUInt32LE(size - 8)) return text
    } catch {
      // Falls through: whatever zlib says of it, the block does not check.
    }
    throw this.#damaged(index, size)
  }

  #damaged(index: number, size: number): Fault {
    return damaged(this.#name, this.#blocks.fileStart(index), size)
  }
}
