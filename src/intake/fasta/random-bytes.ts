import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'
import { Fault } from '../../terms/fault.ts'
import { blockSize, damaged, LONGEST_BLOCK, textSize } from '../bgzf/block.ts'
import type { BlockOffsets } from './block-index.ts'

/** Bytes of a file from any place in it, as they are when uncompressed. */
export interface RandomBytes {
  /** Uncompressed size in bytes. */
  readonly size: number
  /** Bytes [start, end); fewer where the file ends before. */
  read(start: number, end: number): Buffer
  close(): void
}

/** A file on disk, opened for reading at any place. Throws FILE_NOT_FOUND or FILE_UNREADABLE. */
export class PlainFile implements RandomBytes {
  readonly size: number
  readonly #fd: number

  constructor(path: string) {
    try {
      this.#fd = openSync(path, 'r')
    } catch (error) {
      throw notReadable(path, error)
    }
    const found = fstatSync(this.#fd)
    if (!found.isFile()) {
      closeSync(this.#fd)
      throw new Fault('FILE_UNREADABLE', path, 'this is not a file', 'Give the path of one file on disk.')
    }
    this.size = found.size
  }

  read(start: number, end: number): Buffer {
    const wanted = Math.max(0, Math.min(end, this.size) - start)
    const bytes = Buffer.allocUnsafe(wanted)
    let got = 0
    while (got < wanted) {
      const more = readSync(this.#fd, bytes, got, wanted - got, start + got)
      if (more === 0) break
      got += more
    }
    return bytes.subarray(0, got)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

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

function notReadable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Fault('FILE_NOT_FOUND', path, 'there is no such file', 'Check the path and the spelling.')
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR')
    return new Fault(
      'FILE_UNREADABLE',
      path,
      `the file cannot be read (${code})`,
      'Check that you may read it.',
    )
  return error
}
