import { existsSync, readFileSync } from 'node:fs'
import { Fault } from '../../terms/fault.ts'
import { type Contig, ContigNames, type KnownSequence, type SequenceSource } from '../../variant/sequence.ts'
import { BgzipFile } from './bgzip-file.ts'
import { walkBlocks } from './block-index.ts'
import { buildFai, type FaiEntry, parseFai } from './fai.ts'
import { PlainFile, type RandomBytes } from './random-bytes.ts'

/** Bases read at a time, and how many such windows are kept: 64 of 64 Ki bases. */
const WINDOW = 1 << 16
const KEPT_WINDOWS = 64

const NOT_NUCLEOTIDE = /[^ACGTUNRYSWKMBDHVacgtunryswkmbdhv]/

interface Window {
  readonly written: string
  upper: string | undefined
  /** It holds a letter that is no nucleotide: a fault once that place is asked for. */
  readonly odd: boolean
}

/**
 * Opens a FASTA file, plain or bgzip. "FILE.fai" is used where it lies beside it and fits; otherwise the index is made in
 * memory, which reads the whole file once. Needs no .gzi: the blocks are walked.
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, FASTA_PLAIN_GZIP, TRUNCATED_GZIP, FASTA_MALFORMED, FASTA_INDEX_MALFORMED and
 * FASTA_TRUNCATED; reading may throw FASTA_INDEX_STALE, FASTA_NOT_BASES and DAMAGED_GZIP.
 */
export function openFasta(path: string, known: readonly KnownSequence[] = []): FastaFile {
  const plain = new PlainFile(path)
  const head = plain.read(0, 2)
  const bytes =
    head[0] === 0x1f && head[1] === 0x8b ? new BgzipFile(plain, path, walkBlocks(plain, path)) : plain
  const index = `${path}.fai`
  const entries = existsSync(index) ? parseFai(readFileSync(index, 'utf8'), index) : buildFai(bytes, path)
  for (const entry of entries) {
    if (entry.length > 0 && byteOf(entry, entry.length - 1) >= bytes.size) {
      throw new Fault(
        'FASTA_TRUNCATED',
        `${path}: ${entry.name}`,
        'the file ends before the end of this sequence that its index states',
        'The FASTA was cut short, or its .fai is of another file. Copy the FASTA again and delete the .fai.',
      )
    }
  }
  return new FastaFile(path, bytes, entries, known)
}

/** Byte of base `at` (counted from 0) in the uncompressed file. */
function byteOf(entry: FaiEntry, at: number): number {
  return entry.offset + Math.floor(at / entry.basesPerLine) * entry.bytesPerLine + (at % entry.basesPerLine)
}

/** Reference sequence in a FASTA file, read in windows. */
export class FastaFile implements SequenceSource {
  readonly name: string
  readonly #bytes: RandomBytes
  readonly #names: ContigNames
  readonly #entries: ReadonlyMap<string, FaiEntry>
  readonly #windows = new Map<string, Map<number, Window>>()
  readonly #order: { readonly contig: string; readonly index: number }[] = []
  readonly #checked = new Set<string>()
  #last: { readonly contig: string; readonly index: number; readonly window: Window } | undefined

  constructor(
    name: string,
    bytes: RandomBytes,
    entries: readonly FaiEntry[],
    known: readonly KnownSequence[],
  ) {
    this.name = name
    this.#bytes = bytes
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]))
    this.#names = new ContigNames(entries, known)
  }

  get contigs(): readonly Contig[] {
    return this.#names.contigs
  }

  contig(name: string): Contig | undefined {
    return this.#names.find(name)
  }

  bases(contig: string, start: number, end: number): string {
    return this.#slice(contig, start, end, (window) => {
      window.upper ??= window.written.toUpperCase()
      return window.upper
    })
  }

  written(contig: string, start: number, end: number): string {
    return this.#slice(contig, start, end, (window) => window.written)
  }

  close(): void {
    this.#bytes.close()
  }

  #slice(contig: string, start: number, end: number, text: (window: Window) => string): string {
    const found = this.#names.find(contig)
    if (found === undefined) throw new RangeError(`no contig ${contig} in ${this.name}`)
    let from = Math.max(0, start)
    const to = Math.min(end, found.length)
    let bases = ''
    while (from < to) {
      const index = Math.floor(from / WINDOW)
      const first = index * WINDOW
      const window = this.#window(found.name, index)
      const piece = text(window).slice(from - first, to - first)
      if (window.odd) this.#refuseOdd(piece, found.name, from)
      bases = bases === '' ? piece : bases + piece
      from = first + WINDOW
    }
    return bases
  }

  #window(contig: string, index: number): Window {
    const last = this.#last
    if (last !== undefined && last.index === index && last.contig === contig) return last.window
    let shelf = this.#windows.get(contig)
    if (shelf === undefined) {
      shelf = new Map()
      this.#windows.set(contig, shelf)
    }
    let window = shelf.get(index)
    if (window === undefined) {
      const text = this.#read(this.#entries.get(contig) as FaiEntry, index)
      window = { written: text, upper: undefined, odd: NOT_NUCLEOTIDE.test(text) }
      shelf.set(index, window)
      this.#order.push({ contig, index })
      if (this.#order.length > KEPT_WINDOWS) {
        const oldest = this.#order.shift()!
        this.#windows.get(oldest.contig)?.delete(oldest.index)
      }
    }
    this.#last = { contig, index, window }
    return window
  }

  #read(entry: FaiEntry, index: number): string {
    this.#check(entry)
    const first = index * WINDOW
    const last = Math.min(first + WINDOW, entry.length) - 1
    const bytes = this.#bytes.read(byteOf(entry, first), byteOf(entry, last) + 1)
    const bases: string[] = []
    let at = 0
    let left = entry.basesPerLine - (first % entry.basesPerLine)
    while (at < bytes.length) {
      bases.push(bytes.toString('latin1', at, Math.min(at + left, bytes.length)))
      at += left + entry.bytesPerLine - entry.basesPerLine
      left = entry.basesPerLine
    }
    const text = bases.join('')
    if (text.length !== last - first + 1 || /[\n\r>]/.test(text)) throw this.#stale(entry)
    return text
  }

  #refuseOdd(piece: string, contig: string, from: number): void {
    const odd = NOT_NUCLEOTIDE.exec(piece)
    if (odd === null) return
    throw new Fault(
      'FASTA_NOT_BASES',
      `${this.name}: ${contig}, base ${from + odd.index + 1}`,
      `"${odd[0]}" is not a nucleotide`,
      'Give the FASTA of the genome, in A, C, G, T, N and IUPAC codes; not of proteins.',
    )
  }

  /** Before a contig is first read: the bytes before its first base must end the header line that names it. */
  #check(entry: FaiEntry): void {
    if (this.#checked.has(entry.name)) return
    this.#checked.add(entry.name)
    const before = this.#bytes.read(Math.max(0, entry.offset - 4096), entry.offset).toString('utf8')
    const header = before.slice(before.lastIndexOf('\n', before.length - 2) + 1)
    const isShort = before.length < 4096 || header.length < before.length
    if (!before.endsWith('\n') || (isShort && header.slice(1).split(/\s/, 1)[0] !== entry.name))
      throw this.#stale(entry)
    const end = byteOf(entry, entry.length - 1) + 1
    const after = this.#bytes.read(end, end + 1)
    if (after.length > 0 && after[0] !== 10 && after[0] !== 13) throw this.#stale(entry)
  }

  #stale(entry: FaiEntry): Fault {
    return new Fault(
      'FASTA_INDEX_STALE',
      `${this.name}.fai: ${entry.name}`,
      'the index does not fit the FASTA: the sequence is not where it says',
      'Delete the .fai file: it is then made in memory; or make it again with "samtools faidx".',
    )
  }
}
