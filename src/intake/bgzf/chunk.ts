import { Fault } from '../../terms/fault.ts'
import { blockSize, damaged, LONGEST_BLOCK, textSize } from './block.ts'
import { type PlacedFile, RUN_TEXT, type Run, readAt, textOf } from './run.ts'

/** A place in the text of a bgzip file: the byte at which its block begins, and the byte of text in that block. */
export interface Place {
  readonly block: number
  readonly within: number
}

/** A stretch of text from one place up to another, not with it. */
export interface Chunk {
  readonly from: Place
  readonly to: Place
}

export function isBefore(a: Place, b: Place): boolean {
  return a.block < b.block || (a.block === b.block && a.within < b.within)
}

/** Chunks in the order of the file, those that touch or overlap joined, and those with no more than a block between. */
export function joinedChunks(chunks: readonly Chunk[]): readonly Chunk[] {
  const sorted = chunks.toSorted((a, b) => a.from.block - b.from.block || a.from.within - b.from.within)
  const joined: Chunk[] = []
  for (const one of sorted) {
    const last = joined.at(-1)
    if (last === undefined || last.to.block < one.from.block) joined.push(one)
    else if (isBefore(last.to, one.to)) joined[joined.length - 1] = { from: last.from, to: one.to }
  }
  return joined
}

/** Most blocks of a VCF are shorter than this; where the last one is not, it is read again. */
const USUAL_BLOCK = 20 << 10

/** Compressed bytes that are held at once: the room that `textOfChunk` is given. */
export const CHUNK_ROOM = 1 << 20

/**
 * The text of a chunk in pieces, CRC-32 checked, read into its last block. Pieces end at block ends, not at line ends, and
 * are lent until the next is asked for, or another run by anyone on this thread.
 * Throws INDEX_MISMATCH where no block begins at a place that the index names.
 */
export function* textOfChunk(file: PlacedFile, { from, to }: Chunk, room: Buffer): Generator<Buffer> {
  let offset = from.block
  let lastBlock = USUAL_BLOCK
  let skip = from.within
  const past = to.within > 0 ? to.block + 1 : to.block
  reading: while (offset < past && offset < file.size) {
    const most = Math.min(past - offset + lastBlock, room.length, file.size - offset)
    const bytes = readAt(file.fd, offset, most, room)
    let at = 0
    let lastTo = 0
    let size = 0
    while (at < bytes.length && offset + at < past) {
      const block = blockSize(bytes, at)
      if (block <= 0 || at + block > bytes.length) {
        if (at > 0 && offset + bytes.length < file.size) break
        if (lastBlock < LONGEST_BLOCK) {
          lastBlock = LONGEST_BLOCK
          continue reading
        }
        throw indexMismatch(file.name, `no whole block begins at byte ${offset + at}`)
      }
      const more = textSize(bytes, at + block)
      if (more > LONGEST_BLOCK) throw damaged(file.name, offset + at, block)
      if (at > 0 && size + more > RUN_TEXT) break
      lastTo = at
      at += block
      size += more
    }
    const endsHere = offset + lastTo === to.block && to.within > 0
    const run: Run = { offset, bytes: bytes.subarray(0, at), text: size, endsEmpty: false }
    let text = textOf(file, run)
    if (endsHere) text = text.subarray(0, text.length - textSize(bytes, at) + to.within)
    if (skip > text.length)
      throw indexMismatch(file.name, `the block at byte ${offset} is shorter than the index says`)
    yield text.subarray(skip)
    skip = 0
    offset += at
  }
}

export function indexMismatch(name: string, what: string): Fault {
  return new Fault(
    'INDEX_MISMATCH',
    name,
    `the index does not fit the file: ${what}`,
    'Make the index again from this very file (tabix -p vcf, bcftools index), or read without it: --no-index.',
  )
}
