import { Fault } from '../../terms/fault.ts'
import type { Chromosome } from '../../terms/genome.ts'
import { chromosomeOf } from '../../terms/genome.ts'
import { tooLong } from '../whole-lines.ts'
import type { Zones } from './panel-index.ts'
import { columnsFault, positionFault } from './record-faults.ts'

/** A data line that may touch the panel, still as bytes. Offsets are into `bytes`. */
export interface RawRecord {
  readonly bytes: Buffer
  readonly line: number
  readonly chromosome: Chromosome
  readonly position: number
  /** Starts of ID [0], REF [1], ALT [2], QUAL [3], FILTER [4], INFO [5], FORMAT [6] and the first sample [7]. */
  readonly columns: readonly number[]
  /** End of the line, without its line end. */
  readonly end: number
  readonly zones: Zones
  /** First zone that ends at or after `position`. */
  readonly zone: number
}

const TAB = 9
const NEWLINE = 10
const CARRIAGE_RETURN = 13
const DOT = 46
const LESS = 60
const SEMICOLON = 59
const E = 69
const HASH = 35

/**
 * Walks over data lines as bytes. A line that is far from every panel locus costs a look at its first columns and no
 * string; a genome has millions of them. Throws VCF_UNSORTED, VCF_POS_MALFORMED and VCF_COLUMNS.
 */
export class RecordScanner {
  readonly #name: string
  readonly #zones: ReadonlyMap<Chromosome, Zones>
  readonly #sorted: boolean
  readonly #lengthsInFormat: boolean
  readonly #longest: number
  readonly #take: (record: RawRecord) => void
  readonly #contigsDone = new Set<string>()
  readonly #contig = Buffer.alloc(256)
  #contigLength = -1
  #contigText = ''
  #current: Zones | undefined
  #chromosome: Chromosome | undefined
  #zone = 0
  #lastPosition = 0
  #line: number
  #recognised = false

  constructor(
    name: string,
    zones: ReadonlyMap<Chromosome, Zones>,
    options: {
      readonly sorted: boolean
      readonly lengthsInFormat: boolean
      readonly line: number
      readonly longest: number
    },
    take: (record: RawRecord) => void,
  ) {
    this.#name = name
    this.#zones = zones
    this.#sorted = options.sorted
    this.#lengthsInFormat = options.lengthsInFormat
    this.#line = options.line
    this.#longest = options.longest
    this.#take = take
  }

  /** Takes whole lines: `bytes` from `at` ends with a newline, or is the end of the file. */
  scan(bytes: Buffer, at: number): void {
    const length = bytes.length
    let p = at
    while (p < length) {
      this.#line += 1
      const newline = bytes.indexOf(NEWLINE, p)
      const stop = newline < 0 ? length : newline
      if (stop - p > this.#longest) throw tooLong(this.#name, `line ${this.#line}`, this.#longest)
      const end = stop > p && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop
      if (end > p && bytes[p] !== HASH) this.#one(bytes, p, end)
      p = stop + 1
    }
  }

  /** To be called after the last line. Throws VCF_CONTIGS_UNKNOWN when no line was of a chromosome that is known. */
  finish(): void {
    if (this.#contigLength < 0 || this.#recognised) return
    throw new Fault(
      'VCF_CONTIGS_UNKNOWN',
      this.#name,
      `no record is on a known chromosome; CHROM is "${this.#contigText}" in the last`,
      'Name the chromosomes chr1 to chr22, chrX, chrY, chrM, or the same without "chr" (bcftools annotate --rename-chrs).',
    )
  }

  #one(bytes: Buffer, from: number, end: number): void {
    // CHROM, compared with the line before.
    const contig = this.#contig
    const known = this.#contigLength
    let p = from
    let i = 0
    while (i < known && bytes[p] === contig[i]) {
      i += 1
      p += 1
    }
    if (i !== known || bytes[p] !== TAB) p = this.#changeContig(bytes, from, end)
    p += 1
    // POS
    let position = 0
    const digits = p
    for (; p < end; p++) {
      const d = bytes[p]! - 48
      if (d < 0 || d > 9) break
      position = position * 10 + d
    }
    if (p === digits || p - digits > 10 || bytes[p] !== TAB) throw this.#malformedPosition(bytes, digits, end)
    if (position < this.#lastPosition) {
      if (this.#sorted) throw this.#unsorted(position)
      this.#zone = 0
    }
    this.#lastPosition = position
    const zones = this.#current
    if (zones === undefined) return
    const count = zones.from.length
    let zone = this.#zone
    while (zone < count && zones.to[zone]! < position) zone += 1
    this.#zone = zone
    if (zone === count) return
    const start = zones.from[zone]!
    // Where REF ends and whether a block or symbolic allele reaches further.
    p += 1
    const id = p
    while (p < end && bytes[p] !== TAB) p += 1
    p += 1
    const ref = p
    while (p < end && bytes[p] !== TAB) p += 1
    const alt = p + 1
    if (alt >= end) throw this.#columns()
    let reach = position + (p - ref) - 1
    if (reach < start) {
      const opens = bytes[alt]
      if (opens !== LESS && opens !== DOT && !hasSymbol(bytes, alt, end)) return
      reach = this.#reach(bytes, alt, end, position)
      if (reach < start) return
    }
    const columns = [id, ref, alt]
    p = alt
    for (let column = 5; column <= 9 && p < end; column++) {
      while (p < end && bytes[p] !== TAB) p += 1
      p += 1
      columns.push(p)
    }
    if (columns.length !== 8 || columns[7]! >= end) throw this.#columns()
    this.#take({
      bytes,
      line: this.#line,
      chromosome: this.#chromosome!,
      position,
      columns,
      end,
      zones,
      zone,
    })
  }

  #changeContig(bytes: Buffer, from: number, end: number): number {
    let p = from
    while (p < end && bytes[p] !== TAB) p += 1
    const length = p - from
    if (p >= end || length === 0 || length > this.#contig.length) throw this.#columns()
    if (this.#contigLength >= 0) this.#contigsDone.add(this.#contigText)
    const text = bytes.toString('latin1', from, p)
    if (this.#contigsDone.has(text) && this.#sorted) {
      throw new Fault(
        'VCF_UNSORTED',
        `${this.#name}:${this.#line}`,
        `records of ${text} come again after those of ${this.#contigText}`,
        'Sort the file (bcftools sort), or allow any order with --any-order.',
      )
    }
    bytes.copy(this.#contig, 0, from, p)
    this.#contigLength = length
    this.#contigText = text
    this.#chromosome = chromosomeOf(text)
    this.#recognised ||= this.#chromosome !== undefined
    this.#current = this.#chromosome === undefined ? undefined : this.#zones.get(this.#chromosome)
    this.#zone = 0
    this.#lastPosition = 0
    return p
  }

  /** Last position of a block or symbolic allele: INFO END, or FORMAT LEN and INFO SVLEN of VCF 4.5, which are read later. */
  #reach(bytes: Buffer, alt: number, end: number, position: number): number {
    let p = alt
    for (let column = 0; column < 3; column++) {
      while (p < end && bytes[p] !== TAB) p += 1
      p += 1
    }
    const info = p
    while (p < end && bytes[p] !== TAB) p += 1
    const value = infoEnd(bytes, info, p)
    if (value > 0) return value
    return this.#lengthsInFormat || bytes.subarray(info, p).includes('SVLEN=')
      ? Number.MAX_SAFE_INTEGER
      : position
  }

  #columns(): Fault {
    return columnsFault(`${this.#name}:${this.#line}`)
  }

  #malformedPosition(bytes: Buffer, from: number, end: number): Fault {
    let to = from
    while (to < end && to < from + 20 && bytes[to] !== TAB) to += 1
    return positionFault(`${this.#name}:${this.#line}`, bytes.toString('latin1', from, to))
  }

  #unsorted(position: number): Fault {
    return new Fault(
      'VCF_UNSORTED',
      `${this.#name}:${this.#line}`,
      `${this.#contigText}:${position} comes after ${this.#contigText}:${this.#lastPosition}`,
      'Sort the file (bcftools sort), or allow any order with --any-order.',
    )
  }
}

/** Whether the ALT column holds a "<" anywhere, as in "A,<DEL>". */
function hasSymbol(bytes: Buffer, alt: number, end: number): boolean {
  for (let p = alt; p < end && bytes[p] !== TAB; p++) if (bytes[p] === LESS) return true
  return false
}

/** INFO END, or 0 where there is none. */
export function infoEnd(bytes: Buffer, from: number, to: number): number {
  for (let p = from; p + 4 < to; p++) {
    if (bytes[p] === E && bytes[p + 1] === 78 && bytes[p + 2] === 68 && bytes[p + 3] === 61) {
      let value = 0
      let q = p + 4
      for (; q < to; q++) {
        const d = bytes[q]! - 48
        if (d < 0 || d > 9) break
        value = value * 10 + d
      }
      return q > p + 4 ? value : 0
    }
    while (p < to && bytes[p] !== SEMICOLON) p += 1
  }
  return 0
}
