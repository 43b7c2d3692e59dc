import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { type Start, scanLines } from '../scan/scan-lines.ts'
import type { TaskOrder } from '../scan/task.ts'
import { keyOf, LONG, WINDOW_BITS } from './allele-key.ts'
import { MAGIC, type SiteColumn, type SiteContig, type SiteDirectory } from './site-file.ts'
import type { SiteLines } from './site-lines.ts'
import { packWindow, type Several, type Site } from './site-window.ts'
import { type Kind, kindOf } from './value-kind.ts'

/** A file that sites are taken from, and how: see the tasks "sites" (VCF) and "table". */
export interface SiteSource {
  readonly path: string
  readonly name: string
  readonly start: Start
  readonly order: TaskOrder
}

/** A column to be made; without a type, the narrowest that all of its values have. */
export type NewColumn = Omit<SiteColumn, 'type'> & { readonly type?: SiteColumn['type'] }

export interface BuildOptions {
  /** As many, and in the order, as the task of the source gives values. */
  readonly columns: readonly NewColumn[]
  readonly assembly: Assembly
  readonly version: string | undefined
  /** Which values a site that is named more than once has; the first without it. */
  readonly several?: Several | undefined
  readonly threads?: number | undefined
}

/** Makes a site file from a file sorted by position. Memory is that of a few windows. Throws SITES_UNSORTED, SITES_NOT_NUMBERS, OUTPUT_UNWRITABLE. */
export async function buildSites(
  source: SiteSource,
  out: string,
  options: BuildOptions,
): Promise<SiteDirectory> {
  const unfinished = `${out}.part`
  const writer = new SiteWriter(unfinished, source.name, options)
  try {
    const { path, name, start, order } = source
    const scan = { name, threads: options.threads }
    for await (const lines of scanLines<SiteLines>(path, start, order, scan)) writer.add(lines)
    const directory = writer.finish()
    renameSync(unfinished, out)
    return directory
  } finally {
    writer.close()
    rmSync(unfinished, { force: true })
  }
}

/** INFO types of what was found in a column. */
const TYPES = { none: 'String', whole: 'Integer', number: 'Float', text: 'String' } as const

class SiteWriter {
  readonly #fd: number
  readonly #name: string
  readonly #options: BuildOptions
  readonly #contigs: { key: string; first: number; offsets: number[] }[] = []
  /** Windows of the contig at hand that may still grow, by number. */
  #open = new Map<number, Site[]>()
  #offset = 0
  #lastRecord = 0
  #sites = 0
  #skipped = 0
  #repeated = 0
  #differing = 0
  readonly #kinds: Kind[]

  constructor(path: string, name: string, options: BuildOptions) {
    this.#name = name
    this.#kinds = options.columns.map(() => 'none')
    this.#options = options
    try {
      this.#fd = openSync(path, 'w')
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      throw new Fault(
        'OUTPUT_UNWRITABLE',
        path,
        `the file cannot be written (${code})`,
        'Give a path that you may write.',
      )
    }
    this.#write(MAGIC)
  }

  add({ contigs, records, positions, codes, alleles, ends, texts, skipped }: SiteLines): void {
    const columns = this.#options.columns.length
    const text = Buffer.from(texts.buffer, texts.byteOffset, texts.length)
    this.#skipped += skipped
    let nextContig = 0
    let long = 0
    let from = 0
    for (let site = 0; site < records.length; site++) {
      while (contigs[nextContig] !== undefined && contigs[nextContig]!.first === site)
        this.#enter(contigs[nextContig++]!.key)
      const record = records[site]!
      if (record < this.#lastRecord) throw this.#unsorted(`${record} comes after ${this.#lastRecord}`)
      if (record >>> WINDOW_BITS > this.#lastRecord >>> WINDOW_BITS) this.#flush(record >>> WINDOW_BITS)
      this.#lastRecord = record
      const position = positions[site]!
      const code = codes[site]!
      const values: string[] = []
      for (let column = 0; column < columns; column++) {
        const end = ends[site * columns + column]!
        const value = from === end ? '' : text.toString('utf8', from, end)
        if (this.#options.columns[column]!.type === undefined)
          this.#kinds[column] = kindOf(value, this.#kinds[column]!)
        values.push(value)
        from = end
      }
      const window = position >>> WINDOW_BITS
      const one = { key: keyOf(position, code), alleles: code === LONG ? alleles[long++]! : '', values }
      const open = this.#open.get(window)
      if (open === undefined) this.#open.set(window, [one])
      else open.push(one)
    }
    for (; nextContig < contigs.length; nextContig++) this.#enter(contigs[nextContig]!.key)
  }

  finish(): SiteDirectory {
    this.#flush(Number.POSITIVE_INFINITY)
    const { columns, assembly, version } = this.#options
    const directory: SiteDirectory = {
      format: 1,
      source: this.#name,
      version,
      assembly,
      columns: columns.map((column, i) => ({ ...column, type: column.type ?? TYPES[this.#kinds[i]!] })),
      contigs: this.#contigs satisfies SiteContig[],
      sites: this.#sites,
      skipped: this.#skipped,
      repeated: this.#repeated,
      differing: this.#differing,
    }
    const text = Buffer.from(JSON.stringify(directory))
    const length = Buffer.alloc(8)
    length.writeUInt32LE(text.length, 0)
    length.writeUInt32LE(crc32(text), 4)
    this.#write(text)
    this.#write(length)
    this.#write(MAGIC)
    return directory
  }

  close(): void {
    closeSync(this.#fd)
  }

  #enter(key: string): void {
    // A run of lines that begins on the contig of the run before names it again.
    if (this.#contigs.at(-1)?.key === key) return
    this.#flush(Number.POSITIVE_INFINITY)
    if (this.#contigs.some((one) => one.key === key)) throw this.#unsorted(`${key} comes again`)
    this.#contigs.push({ key, first: 0, offsets: [] })
    this.#lastRecord = 0
  }

  /** Writes the windows before this one. */
  #flush(before: number): void {
    const contig = this.#contigs.at(-1)
    if (contig === undefined) return
    for (const number of [...this.#open.keys()].sort((a, b) => a - b)) {
      if (number >= before) break
      const { columns, several } = this.#options
      const packed = this.#packed(this.#open.get(number)!, columns.length, several)
      this.#open.delete(number)
      if (contig.offsets.length === 0) {
        contig.first = number
        contig.offsets.push(this.#offset)
      }
      while (contig.first + contig.offsets.length - 1 < number) contig.offsets.push(this.#offset)
      this.#write(packed.bytes)
      contig.offsets.push(this.#offset)
      this.#sites += packed.sites
      this.#repeated += packed.repeated
      this.#differing += packed.differing
    }
  }

  #packed(sites: readonly Site[], columns: number, several: Several | undefined) {
    try {
      return packWindow(sites, columns, several)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new Fault(
        'SITES_NOT_NUMBERS',
        this.#name,
        error.message,
        'Only numbers have a highest and a lowest: leave --several out, or take columns of numbers alone.',
      )
    }
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
    this.#offset += bytes.length
  }

  #unsorted(what: string): Fault {
    return new Fault(
      'SITES_UNSORTED',
      `${this.#name}, ${this.#contigs.at(-1)?.key ?? ''}`,
      `the file is not sorted by position: ${what}`,
      'Sort it by chromosome and position (a VCF: bcftools sort; a table: sort -k1,1 -k2,2n) and build again.',
    )
  }
}
