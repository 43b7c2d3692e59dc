import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import { BLOCK_HEADER, blockSize, damaged, LONGEST_BLOCK, textSize, truncated } from './block.ts'
import { inflateBlocks } from './inflate.ts'

/**
 * What one thread takes at a time: compressed bytes, and a cap on the text they may become. Small enough that the memory is
 * used again: with runs of 2 MB a fifth of the time went into new pages.
 */
const RUN = 256 << 10
export const RUN_TEXT = 8 << 20

/** Blocks that follow one another in a file, or as many bytes of a file that is not compressed. */
export interface Run {
  /** Byte of the file at which the run begins. */
  readonly offset: number
  readonly bytes: Buffer
  /** Bytes of text that the blocks say they hold. */
  readonly text: number
  /** True when the last block of the run is an empty one. */
  readonly endsEmpty: boolean
}

/** A file that is read in any order, by several threads at once. */
export interface PlacedFile {
  readonly path: string
  /** As the reader knows it, for faults. */
  readonly name: string
  readonly compressed: boolean
  readonly size: number
  readonly fd: number
}

/** Opens a file that is bgzip or not compressed at all; undefined for plain gzip, which has no places to begin at. */
export function openPlaced(path: string, name: string): PlacedFile | undefined {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch (error) {
    throw fileFault(error, name)
  }
  let placed: PlacedFile | undefined
  try {
    placed = placedIn(fd, path, name)
    return placed
  } finally {
    if (placed === undefined) closeSync(fd)
  }
}

function placedIn(fd: number, path: string, name: string): PlacedFile | undefined {
  const found = fstatSync(fd)
  if (found.isDirectory()) throw unreadable(name, 'this is a folder, not a file')
  if (!found.isFile()) return undefined
  const head = readAt(fd, 0, BLOCK_HEADER)
  if (head.length === 0)
    throw new Fault(
      'EMPTY_FILE',
      name,
      'the file is empty',
      'Send the file again; the transfer may have been cut.',
    )
  const compressed = blockSize(head, 0) > 0
  if (!compressed && head[0] === 0x1f && head[1] === 0x8b) return undefined
  return { path, name, compressed, size: found.size, fd }
}

function unreadable(name: string, what: string): Fault {
  return new Fault('FILE_UNREADABLE', name, what, 'Give the path of one file that you may read.')
}

/** Reads at a place, into `room` where it is given; fewer bytes only at the end of the file. */
export function readAt(fd: number, offset: number, length: number, room?: Buffer): Buffer {
  const bytes = room ?? Buffer.allocUnsafeSlow(length)
  let held = 0
  while (held < length) {
    const got = readSync(fd, bytes, held, length - held, offset + held)
    if (got === 0) break
    held += got
  }
  return bytes.subarray(0, held)
}

/** Bytes of room that a run of the usual length needs. */
export const RUN_ROOM = RUN + LONGEST_BLOCK

/** The run at `offset`, of about `length` bytes of the file, read into `room` where it is given. Throws TRUNCATED_GZIP or DAMAGED_GZIP with the byte where the chain of blocks breaks. */
export function runAt(file: PlacedFile, offset: number, length = RUN, room?: Buffer): Run {
  const bytes = readAt(file.fd, offset, Math.min(length + LONGEST_BLOCK, file.size - offset), room)
  if (!file.compressed) {
    const taken = bytes.subarray(0, length)
    return { offset, bytes: taken, text: taken.length, endsEmpty: true }
  }
  let at = 0
  let text = 0
  let endsEmpty = false
  while (at < bytes.length && at < length) {
    const left = bytes.length - at
    const size = blockSize(bytes, at)
    if (size <= 0 && left >= BLOCK_HEADER) throw damaged(file.name, offset + at, BLOCK_HEADER)
    if (size <= 0 || left < size) {
      if (at > 0 && offset + bytes.length < file.size) break
      throw truncated(file.name, `the last block, at byte ${offset + at}, is not complete`)
    }
    const more = textSize(bytes, at + size)
    if (more > LONGEST_BLOCK) throw damaged(file.name, offset + at, size)
    if (at > 0 && text + more > RUN_TEXT) break
    text += more
    at += size
    endsEmpty = more === 0
  }
  return { offset, bytes: bytes.subarray(0, at), text, endsEmpty }
}

/**
 * The text of a run, its CRC-32 checked; lent until the thread asks for another. Throws DAMAGED_GZIP naming the first block
 * that does not check.
 */
export function textOf(file: PlacedFile, run: Run): Buffer {
  if (!file.compressed) return run.bytes
  const text = inflateBlocks(run.bytes, run.text)
  if (typeof text === 'number') throw damaged(file.name, run.offset + text, blockSize(run.bytes, text))
  return text
}

/** The end of a bgzip file without its empty block: the rest was cut off. */
export function notEnded(file: PlacedFile): Fault {
  return truncated(file.name, `the empty block that ends a bgzip file is missing at byte ${file.size}`)
}
