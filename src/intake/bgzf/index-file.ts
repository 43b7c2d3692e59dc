import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Fault } from '../../terms/fault.ts'
import { type Chunk, isBefore, type Place } from './chunk.ts'

const LARGEST = 1 << 30

/** Where the records of stretches of a genome lie in a bgzip file: a tabix (.tbi) or CSI (.csi) index. */
export interface GenomeIndex {
  readonly path: string
  /** Names of the contigs that have records, as the file writes them. */
  readonly contigs: readonly string[]
  /** Chunks that hold every record that overlaps [from, to], 1-based; more than these may be in them. Not joined. */
  chunks(contig: number, from: number, to: number): readonly Chunk[]
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
export function openIndex(path: string, bytes: Uint8Array): GenomeIndex {
  let text: Buffer
  try {
    text = gunzipSync(bytes, { maxOutputLength: LARGEST, chunkSize: 4 << 20 })
  } catch {
    throw damagedIndex(path, 'it cannot be decompressed')
  }
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

export function damagedIndex(path: string, what: string): Fault {
  return new Fault(
    'INDEX_DAMAGED',
    path,
    `the index cannot be read: ${what}`,
    'Make it again (tabix -p vcf, bcftools index), or read without it: --no-index.',
  )
}

/** Bins of one contig: where each bin's chunks stand in the index. Made when the contig is first asked for. */
interface Bins {
  /** Byte of the index at which the bin's number of chunks stands; 0 where there is no such bin. */
  readonly at: ReadonlyMap<number, number> | Int32Array
  /** Tabix: byte of the linear index, and its entries. */
  readonly linear: number
  readonly windows: number
}

/** What .tbi and .csi have in common. Source: SAM/BAM specification v1 section 5; the Tabix and CSI index specifications. */
abstract class BinnedIndex {
  readonly path: string
  protected readonly text: Buffer
  readonly #starts: number[] = []
  readonly #bins: (Bins | undefined)[] = []
  protected readonly minShift: number
  protected readonly depth: number

  protected constructor(path: string, text: Buffer, minShift: number, depth: number) {
    this.path = path
    this.text = text
    this.minShift = minShift
    this.depth = depth
  }

  /** Bytes of one bin before its chunks: number, (CSI: first offset), number of chunks. */
  protected abstract readonly binHead: number
  protected abstract readonly hasLinear: boolean

  /** Notes where each contig's bins begin. */
  protected findContigs(at: number, count: number): void {
    let p = at
    for (let contig = 0; contig < count; contig++) {
      this.#starts.push(p)
      let bins = this.#count(p)
      p += 4
      for (; bins > 0; bins--) p += this.binHead + 16 * this.#count(p + this.binHead - 4)
      if (this.hasLinear) p += 4 + 8 * this.#count(p)
    }
    if (p > this.text.length) throw damagedIndex(this.path, 'it ends too early')
  }

  #count(at: number): number {
    const count = this.text.readInt32LE(at)
    if (count < 0 || count > this.text.length) throw damagedIndex(this.path, 'a count in it is out of range')
    return count
  }

  protected binsOf(contig: number): Bins {
    const known = this.#bins[contig]
    if (known !== undefined) return known
    const { text, binHead } = this
    let p = this.#starts[contig]!
    let left = this.#count(p)
    p += 4
    const bins = ((1 << (3 * this.depth + 3)) - 1) / 7
    const table = this.depth <= 6 ? new Int32Array(bins) : new Map<number, number>()
    for (; left > 0; left--) {
      const bin = text.readUInt32LE(p)
      // One bin beyond the last holds counts, not places.
      if (bin < bins) {
        if (table instanceof Map) table.set(bin, p + binHead - 4)
        else table[bin] = p + binHead - 4
      }
      p += binHead + 16 * text.readInt32LE(p + binHead - 4)
    }
    const made: Bins = {
      at: table,
      linear: this.hasLinear ? p + 4 : 0,
      windows: this.hasLinear ? text.readInt32LE(p) : 0,
    }
    this.#bins[contig] = made
    return made
  }

  /** Records that end before this place do not overlap what begins at `start` (0-based). */
  protected abstract earliest(bins: Bins, start: number): Place

  protected placeAt(at: number): Place {
    // The upper 48 bits are the block's byte in the file, the lower 16 the byte in its text.
    const within = this.text.readUInt16LE(at)
    return { block: this.text.readUIntLE(at + 2, 6), within }
  }

  protected lookUp(bins: Bins, bin: number): number {
    return (bins.at instanceof Int32Array ? bins.at[bin] : bins.at.get(bin)) ?? 0
  }

  chunks(contig: number, from: number, to: number): readonly Chunk[] {
    const most = 2 ** (this.minShift + 3 * this.depth)
    const start = Math.max(0, from - 1)
    const end = Math.min(to, most) - 1
    if (end < start) return []
    const bins = this.binsOf(contig)
    const earliest = this.earliest(bins, start)
    const found: Chunk[] = []
    let first = 0
    for (let level = 0; level <= this.depth; level++) {
      const size = 2 ** (this.minShift + 3 * (this.depth - level))
      const lastBin = first + Math.floor(end / size)
      for (let bin = first + Math.floor(start / size); bin <= lastBin; bin++) {
        const at = this.lookUp(bins, bin)
        if (at === 0) continue
        const count = this.text.readInt32LE(at)
        for (let i = 0; i < count; i++) {
          const chunk = { from: this.placeAt(at + 4 + 16 * i), to: this.placeAt(at + 12 + 16 * i) }
          if (!isBefore(earliest, chunk.to)) continue
          found.push(isBefore(chunk.from, earliest) ? { from: earliest, to: chunk.to } : chunk)
        }
      }
      first += 8 ** level
    }
    return found
  }
}

class TabixIndex extends BinnedIndex implements GenomeIndex {
  readonly contigs: readonly string[]
  protected readonly binHead = 8
  protected readonly hasLinear = true

  constructor(path: string, text: Buffer) {
    super(path, text, 14, 5)
    const count = text.readInt32LE(4)
    const names = text.readInt32LE(32)
    this.contigs = namesIn(path, text, 36, names, count)
    this.findContigs(36 + names, count)
  }

  protected earliest(bins: Bins, start: number): Place {
    const window = Math.min(start >> 14, bins.windows - 1)
    return window < 0 ? { block: 0, within: 0 } : this.placeAt(bins.linear + 8 * window)
  }
}

class CsiIndex extends BinnedIndex implements GenomeIndex {
  readonly contigs: readonly string[]
  protected readonly binHead = 16
  protected readonly hasLinear = false

  constructor(path: string, text: Buffer) {
    const minShift = text.readInt32LE(4)
    const depth = text.readInt32LE(8)
    if (minShift < 1 || minShift > 30 || depth < 0 || depth > 9)
      throw damagedIndex(path, `bins of ${minShift} bits in ${depth} levels`)
    super(path, text, minShift, depth)
    const extra = text.readInt32LE(12)
    if (extra < 28) throw damagedIndex(path, 'it does not name its contigs')
    const count = text.readInt32LE(16 + extra)
    this.contigs = namesIn(path, text, 44, text.readInt32LE(40), count)
    this.findContigs(20 + extra, count)
  }

  /** The first offset of the smallest bin over the start that is there, going up its parents. */
  protected earliest(bins: Bins, start: number): Place {
    let bin = (8 ** this.depth - 1) / 7 + Math.floor(start / 2 ** this.minShift)
    for (;;) {
      const at = this.lookUp(bins, bin)
      if (at > 0) return this.placeAt(at - 8)
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
