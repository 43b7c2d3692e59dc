import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Fault } from '../../terms/fault.ts'
import { blockSize, LONGEST_BLOCK, textSize } from './block.ts'
import { type Chunk, isBefore, type Place } from './chunk.ts'
import { inflateBlocks } from './inflate.ts'

const LARGEST = 1 << 28

/** Where the records of stretches of a genome lie in a bgzip file: a tabix (.tbi) or CSI (.csi) index. */
export interface GenomeIndex {
  readonly path: string
  /** Stretches that lie within one window of this many bases, counted from 1, have the same chunks. */
  readonly window: number
  /** Names of the contigs that have records, as the file writes them. */
  readonly contigs: readonly string[]
  /** Chunks that hold every record that overlaps [from, to], 1-based; more than these may be in them. Not joined. */
  chunks(contig: number, from: number, to: number): readonly Chunk[]
  /** Where the last record that it knows ends; undefined where it knows none. */
  end(): Place | undefined
}

/** The index that lies beside a file, or undefined. Throws INDEX_DAMAGED. */
export function indexBeside(path: string): GenomeIndex | undefined {
  for (const ending of ['.tbi', '.csi']) {
    const beside = path + ending
    if (existsSync(beside)) return openIndex(beside, readFileSync(beside))
  }
  return undefined
}

/** Reads an index as it lies on disk. Throws INDEX_DAMAGED. */
export function openIndex(path: string, bytes: Buffer): GenomeIndex {
  const text = textOf(path, bytes)
  try {
    const magic = text.toString('latin1', 0, 4)
    if (magic === 'TBI\u0001') return new TabixIndex(path, text)
    if (magic === 'CSI\u0001') return new CsiIndex(path, text)
  } catch (error) {
    if (error instanceof RangeError) throw damagedIndex(path, 'it ends too early')
    throw error
  }
  throw damagedIndex(path, 'it is neither a tabix nor a CSI index')
}

/** The text of an index, which its writers compress by bgzip; lent, as the text of any blocks. */
function textOf(path: string, bytes: Buffer): Buffer {
  let size = 0
  let at = 0
  while (at < bytes.length && size <= LARGEST) {
    const block = blockSize(bytes, at)
    if (block < 0 || at + block > bytes.length) break
    at += block
    const more = textSize(bytes, at)
    if (more > LONGEST_BLOCK) break
    size += more
  }
  if (at === bytes.length && size <= LARGEST) {
    const text = inflateBlocks(bytes, size)
    if (typeof text !== 'number') return text
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST, chunkSize: 4 << 20 })
  } catch {
    throw damagedIndex(path, 'it cannot be decompressed')
  }
}

function damagedIndex(path: string, what: string): Fault {
  return new Fault(
    'INDEX_DAMAGED',
    path,
    `the index cannot be read: ${what}`,
    'Make it again (tabix -p vcf, bcftools index), or read without it: --no-index.',
  )
}

/** Bins of one contig: where each bin's chunks stand in the index. Made when the contig is first asked for. */
interface Bins {
  /** Word of the index in which the bin's number of chunks stands; 0 where there is no such bin. */
  readonly at: Map<number, number> | Int32Array
  /** Tabix: first word of the linear index, and its entries. */
  readonly linear: number
  readonly windows: number
}

/**
 * What .tbi and .csi have in common. The index is read as 32-bit words: all that follows the names is made of them.
 * Source: SAM/BAM specification v1, section 5; the Tabix and the CSI index specification.
 */
abstract class BinnedIndex implements GenomeIndex {
  readonly path: string
  readonly window: number
  readonly contigs: readonly string[]
  protected readonly words: Int32Array
  /** Word at which each contig begins, as far as the index has been walked over. */
  readonly #starts: number[] = [0]
  readonly #bins: (Bins | undefined)[] = []
  readonly #minShift: number
  readonly #depth: number
  /** Words of one bin before its chunks: number, (CSI: first offset), number of chunks. */
  readonly #head: number
  readonly #hasLinear: boolean

  /** `at`: byte of `text` where the bins of the first contig begin. */
  protected constructor(
    path: string,
    text: Buffer,
    at: number,
    contigs: readonly string[],
    shape: {
      readonly minShift: number
      readonly depth: number
      readonly head: number
      readonly hasLinear: boolean
    },
  ) {
    this.path = path
    this.contigs = contigs
    this.#minShift = shape.minShift
    this.#depth = shape.depth
    this.#head = shape.head
    this.#hasLinear = shape.hasLinear
    this.window = 2 ** shape.minShift
    this.words = new Int32Array((text.length - at) >> 2)
    Buffer.from(this.words.buffer).set(text.subarray(at, at + 4 * this.words.length))
  }

  #count(at: number): number {
    const count = this.words[at]
    if (count === undefined) throw damagedIndex(this.path, 'it ends too early')
    if (count < 0 || count > this.words.length) throw damagedIndex(this.path, 'a count in it is out of range')
    return count
  }

  /** Walks over the contigs up to this one, which is where an index tells the place of each; no further than is asked for. */
  #binsOf(contig: number): Bins {
    const known = this.#bins[contig]
    if (known !== undefined) return known
    const starts = this.#starts
    for (let before = starts.length - 1; before < contig; before++) this.#walk(before, undefined)
    const bins = (8 ** (this.#depth + 1) - 1) / 7
    const at = this.#depth <= 6 ? new Int32Array(bins) : new Map<number, number>()
    const made = { at, ...this.#walk(contig, at) }
    this.#bins[contig] = made
    return made
  }

  /** Notes where the next contig begins and, in the table, where the chunks of each bin of this one stand. */
  #walk(
    contig: number,
    table: Bins['at'] | undefined,
    see?: (at: number, chunks: number) => void,
  ): Omit<Bins, 'at'> {
    const { words } = this
    const head = this.#head
    const bins = (8 ** (this.#depth + 1) - 1) / 7
    let p = this.#starts[contig]!
    let left = this.#count(p)
    p += 1
    for (; left > 0; left--) {
      const bin = words[p]!
      const count = this.#count(p + head - 1)
      // One bin beyond the last holds counts, not places.
      if (bin >= 0 && bin < bins) {
        if (table instanceof Map) table.set(bin, p + head - 1)
        else if (table !== undefined) table[bin] = p + head - 1
        see?.(p + head, count)
      }
      p += head + 4 * count
    }
    const windows = this.#hasLinear ? this.#count(p) : 0
    const linear = this.#hasLinear ? p + 1 : 0
    if (this.#hasLinear) p += 1 + 2 * windows
    if (p > words.length) throw damagedIndex(this.path, 'it ends too early')
    this.#starts[contig + 1] = p
    return { linear, windows }
  }

  end(): Place | undefined {
    let last: Place | undefined
    for (const contig of this.contigs.keys())
      this.#walk(contig, undefined, (at, chunks) => {
        if (chunks === 0) return
        const to = this.placeAt(at + 4 * chunks - 2)
        if (last === undefined || isBefore(last, to)) last = to
      })
    return last
  }

  /** Records that end before this place do not overlap what begins at `start` (0-based). */
  protected abstract earliest(bins: Bins, start: number): Place

  protected placeAt(at: number): Place {
    const low = this.words[at]! >>> 0
    // The upper 48 bits are the block's byte in the file, the lower 16 the byte in its text.
    return { block: (this.words[at + 1]! >>> 0) * 0x10000 + (low >>> 16), within: low & 0xffff }
  }

  protected lookUp(bins: Bins, bin: number): number {
    return (bins.at instanceof Int32Array ? bins.at[bin] : bins.at.get(bin)) ?? 0
  }

  chunks(contig: number, from: number, to: number): readonly Chunk[] {
    const depth = this.#depth
    const start = Math.max(0, from - 1)
    const end = Math.min(to, 2 ** (this.#minShift + 3 * depth)) - 1
    if (end < start) return []
    const bins = this.#binsOf(contig)
    const earliest = this.earliest(bins, start)
    const found: Chunk[] = []
    let first = 0
    for (let level = 0; level <= depth; level++) {
      const size = 2 ** (this.#minShift + 3 * (depth - level))
      const lastBin = first + Math.floor(end / size)
      for (let bin = first + Math.floor(start / size); bin <= lastBin; bin++) {
        const at = this.lookUp(bins, bin)
        if (at === 0) continue
        const count = this.words[at]!
        for (let i = 0; i < count; i++) {
          const chunk = { from: this.placeAt(at + 1 + 4 * i), to: this.placeAt(at + 3 + 4 * i) }
          if (!isBefore(earliest, chunk.to)) continue
          found.push(isBefore(chunk.from, earliest) ? { from: earliest, to: chunk.to } : chunk)
        }
      }
      first += 8 ** level
    }
    return found
  }
}

class TabixIndex extends BinnedIndex {
  constructor(path: string, text: Buffer) {
    const names = text.readInt32LE(32)
    super(path, text, 36 + names, namesIn(path, text, 36, names, text.readInt32LE(4)), {
      minShift: 14,
      depth: 5,
      head: 2,
      hasLinear: true,
    })
  }

  protected earliest(bins: Bins, start: number): Place {
    const window = Math.min(start >> 14, bins.windows - 1)
    return window < 0 ? { block: 0, within: 0 } : this.placeAt(bins.linear + 2 * window)
  }
}

class CsiIndex extends BinnedIndex {
  readonly #shift: number
  readonly #firstLeaf: number

  constructor(path: string, text: Buffer) {
    const minShift = text.readInt32LE(4)
    const depth = text.readInt32LE(8)
    if (minShift < 8 || minShift > 30 || depth < 0 || depth > 9)
      throw damagedIndex(path, `bins of ${minShift} bits in ${depth} levels`)
    const extra = text.readInt32LE(12)
    if (extra < 28) throw damagedIndex(path, 'it does not name its contigs')
    const names = namesIn(path, text, 44, text.readInt32LE(40), text.readInt32LE(16 + extra))
    super(path, text, 20 + extra, names, { minShift, depth, head: 4, hasLinear: false })
    this.#shift = minShift
    this.#firstLeaf = (8 ** depth - 1) / 7
  }

  /** The first offset of the smallest bin over the start that is there, going up its parents. */
  protected earliest(bins: Bins, start: number): Place {
    let bin = this.#firstLeaf + Math.floor(start / 2 ** this.#shift)
    for (;;) {
      const at = this.lookUp(bins, bin)
      if (at > 0) return this.placeAt(at - 2)
      if (bin === 0) return { block: 0, within: 0 }
      bin = (bin - 1) >> 3
    }
  }
}

function namesIn(path: string, text: Buffer, at: number, length: number, count: number): readonly string[] {
  const names = text.toString('utf8', at, at + length).split('\0')
  if (names.length - 1 < count) throw damagedIndex(path, 'it names fewer contigs than it has')
  return names.slice(0, count)
}
