import { Fault } from '../../terms/fault.ts'
import { blockSize, textSize, truncated } from '../bgzf/block.ts'
import type { PlainFile } from './random-bytes.ts'

/** Enough of a block to see its size, other extra fields than bgzip's own before it included. */
const HEADER_READ = 256

/** Where the blocks of a bgzip file begin, in the file and in its text. */
export class BlockOffsets {
  /** Uncompressed bytes of the whole file. */
  readonly size: number
  readonly #file: Float64Array
  readonly #text: Float64Array

  constructor(file: Float64Array, text: Float64Array, size: number) {
    this.#file = file
    this.#text = text
    this.size = size
  }

  fileStart(index: number): number {
    return this.#file[index] as number
  }

  textStart(index: number): number {
    return this.#text[index] as number
  }

  /** Index of the block that holds the byte of text at `at`. */
  indexOf(at: number): number {
    let low = 0
    let high = this.#text.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#text[middle] as number) <= at) low = middle
      else high = middle - 1
    }
    return low
  }
}

/**
 * Walks the block headers of a bgzip file; the text itself is not inflated. Throws FASTA_PLAIN_GZIP for gzip without blocks
 * and TRUNCATED_GZIP when the last block is cut or the empty block that ends the file is missing.
 */
export function walkBlocks(file: PlainFile, name: string): BlockOffsets {
  const files: number[] = []
  const texts: number[] = []
  let at = 0
  let size = 0
  let last = -1
  while (at < file.size) {
    const length = blockSize(file.read(at, at + HEADER_READ), 0)
    if (length < 0) throw at === 0 ? plainGzip(name) : truncated(name, `no block begins at byte ${at}`)
    const tail = file.read(at + length - 4, at + length)
    if (tail.length < 4) throw truncated(name, `the last block, at byte ${at}, is not complete`)
    last = textSize(tail, 4)
    if (last > 0) {
      files.push(at)
      texts.push(size)
    }
    size += last
    at += length
  }
  if (last !== 0) throw truncated(name, 'the empty block that ends a bgzip file is missing')
  return new BlockOffsets(Float64Array.from(files), Float64Array.from(texts), size)
}

function plainGzip(name: string): Fault {
  return new Fault(
    'FASTA_PLAIN_GZIP',
    name,
    'the FASTA is compressed with gzip, which cannot be read from the middle',
    'Uncompress it, or compress it with bgzip instead.',
  )
}
