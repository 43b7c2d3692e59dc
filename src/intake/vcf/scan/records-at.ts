import { closeSync } from 'node:fs'
import { END_BLOCK } from '../../bgzf/block.ts'
import {
  CHUNK_ROOM,
  type Chunk,
  indexMismatch,
  joinedChunks,
  type Place,
  textOfChunk,
} from '../../bgzf/chunk.ts'
import { type GenomeIndex, indexBeside } from '../../bgzf/index-file.ts'
import { notEnded, openPlaced, type PlacedFile, readAt } from '../../bgzf/run.ts'
import type { FileHeader } from './file-header.ts'
import { contigKey, type LociByContig } from './loci.ts'
import { type LociLines, type LociOptions, lociTask } from './loci-task.ts'

/** A variant file whose header has been read. */
export interface VariantFile {
  readonly path: string
  readonly name: string
  readonly header: FileHeader
}

export interface RecordsAtOptions {
  readonly overlap?: LociOptions['overlap']
  /** false: the whole file is read even where an index lies beside it. */
  readonly index?: boolean
  readonly threads?: number | undefined
}

/** Beyond this share of the file it is faster to read all of it, with every core. */
const MOST_BY_INDEX = 0.4

/**
 * The records that lie on the loci, as whole lines in the order of the file. By the tabix or CSI index that lies beside the
 * file where there is one and the loci are few, else by reading all of it. Either way gives the same lines.
 */
export async function* recordsAt(
  file: VariantFile,
  loci: LociByContig,
  options: RecordsAtOptions = {},
): AsyncGenerator<Uint8Array> {
  const order: LociOptions = { loci, overlap: options.overlap ?? 'span' }
  if (options.index !== false) {
    const placed = openPlaced(file.path, file.name)
    if (placed !== undefined) {
      try {
        const index = placed.compressed ? indexBeside(file.path) : undefined
        const chunks = index && chunksOf(index, loci)
        // An index that knows no record says nothing of the file.
        const end = index?.end()
        if (index && chunks && end && sizeOf(chunks) < MOST_BY_INDEX * placed.size) {
          yield* byIndex(placed, new Set(index.contigs), end, chunks, order)
          return
        }
      } finally {
        closeSync(placed.fd)
      }
    }
  }
  const { path, name, header } = file
  const { threads } = options
  // Loaded here: threads are not needed where there is an index.
  const { scanLines } = await import('../../scan/scan-lines.ts')
  for await (const { text } of scanLines<LociLines>(
    path,
    header.start,
    { kind: 'loci', options: order },
    { name, threads },
  ))
    if (text.length > 0) yield text
}

function chunksOf(index: GenomeIndex, loci: LociByContig): readonly Chunk[] {
  const found: Chunk[] = []
  for (const [contig, name] of index.contigs.entries()) {
    const stretches = loci.get(contigKey(name))
    if (stretches === undefined) continue
    let window = -1
    for (let i = 0; i < stretches.from.length; i++) {
      const from = stretches.from[i]!
      const to = stretches.to[i]!
      const last = Math.floor((to - 1) / index.window)
      if (last === window && Math.floor((from - 1) / index.window) === window) continue
      window = last
      for (const chunk of index.chunks(contig, from, to)) found.push(chunk)
    }
  }
  return joinedChunks(found)
}

function sizeOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { from, to }) => sum + to.block - from.block, 0)
}

const NEWLINE = 10
const RETURN = 13

function* byIndex(
  file: PlacedFile,
  contigs: ReadonlySet<string>,
  end: Place,
  chunks: readonly Chunk[],
  order: LociOptions,
): Generator<Uint8Array> {
  // All of the file is not seen here: that it is whole is known by the block that ends it.
  const last = readAt(file.fd, Math.max(0, file.size - END_BLOCK.length), END_BLOCK.length)
  if (!last.equals(END_BLOCK)) throw notEnded(file)
  checkEnd(file, end)
  const task = lociTask(order)
  const room = Buffer.allocUnsafeSlow(CHUNK_ROOM)
  for (const chunk of chunks) {
    if (chunk.from.block >= file.size)
      throw indexMismatch(file.name, 'it names places beyond the end of the file')
    let held: Buffer = Buffer.alloc(0)
    let first = true
    for (const piece of textOfChunk(file, chunk, room)) {
      const text = held.length === 0 ? piece : Buffer.concat([held, piece])
      const end = text.lastIndexOf(NEWLINE) + 1
      if (first && end > 0) {
        const contig = text.toString('utf8', 0, Math.max(0, text.indexOf(9)))
        if (!contigs.has(contig)) throw indexMismatch(file.name, 'a place in it is not the start of a record')
        first = false
      }
      const lines = linesOf(file, task, text, end)
      // The piece is lent: what is kept of it is copied before anyone else has his turn.
      held = Buffer.from(text.subarray(end))
      if (lines.length > 0) yield lines
    }
    const lines = linesOf(file, task, held, held.length)
    if (lines.length > 0) yield lines
  }
}

/** Throws INDEX_MISMATCH where records follow the last one that the index knows: it was made before the file grew. */
function checkEnd(file: PlacedFile, end: Place): void {
  const rest = { from: end, to: { block: file.size, within: 0 } }
  for (const piece of textOfChunk(file, rest, Buffer.allocUnsafeSlow(CHUNK_ROOM)))
    if (piece.some((byte) => byte !== NEWLINE && byte !== RETURN))
      throw indexMismatch(file.name, 'the file goes on where the index ends')
}

function linesOf(file: PlacedFile, task: ReturnType<typeof lociTask>, text: Buffer, end: number): Uint8Array {
  try {
    return task.take(text, 0, end).text
  } catch (error) {
    throw indexMismatch(file.name, (error as Error).message)
  }
}
