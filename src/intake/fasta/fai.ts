import { Fault } from '../../terms/fault.ts'
import type { RandomBytes } from './random-bytes.ts'

/** One line of a .fai index (samtools faidx, section "FAI FORMAT"). Offsets count bytes of the uncompressed file. */
export interface FaiEntry {
  readonly name: string
  /** Bases. */
  readonly length: number
  /** Byte of the first base. */
  readonly offset: number
  readonly basesPerLine: number
  /** Bytes per line, its end included. */
  readonly bytesPerLine: number
}

/** Reads a .fai file. Throws FASTA_INDEX_MALFORMED with the line. */
export function parseFai(text: string, name: string): FaiEntry[] {
  const entries: FaiEntry[] = []
  const seen = new Set<string>()
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [contig, ...cells] = line.replace(/\r$/, '').split('\t')
    const [length, offset, basesPerLine, bytesPerLine] = cells.map((cell) =>
      /^\d{1,15}$/.test(cell) ? Number(cell) : Number.NaN,
    )
    const numbers = [length, offset, basesPerLine, bytesPerLine] as number[]
    const usable =
      contig !== '' &&
      numbers.every((one) => one !== undefined && !Number.isNaN(one)) &&
      (length === 0 ||
        (basesPerLine! > 0 && bytesPerLine! > basesPerLine! && bytesPerLine! - basesPerLine! <= 2))
    if (!usable || seen.has(contig!)) {
      throw new Fault(
        'FASTA_INDEX_MALFORMED',
        `${name}, line ${i + 1}`,
        usable ? `the contig "${contig}" stands twice` : 'this is not a line of a FASTA index (.fai)',
        'Delete the .fai file: it is then made in memory; or make it again with "samtools faidx".',
      )
    }
    seen.add(contig!)
    entries.push({
      name: contig!,
      length: length!,
      offset: offset!,
      basesPerLine: basesPerLine!,
      bytesPerLine: bytesPerLine!,
    })
  }
  return entries
}

const CHUNK = 1 << 22
const [NEWLINE, RETURN, GREATER] = [10, 13, 62]

/**
 * Makes the index by reading the whole FASTA once. Throws FASTA_MALFORMED where it is none, a name stands twice, or the
 * lines of one sequence are not all of one length (then no base can be found from the middle).
 */
export function buildFai(bytes: RandomBytes, name: string): FaiEntry[] {
  const scan = new FastaScan(name)
  for (let at = 0; at < bytes.size; at += CHUNK) scan.take(bytes.read(at, at + CHUNK), at)
  return scan.finish(bytes.size)
}

class FastaScan {
  readonly #file: string
  readonly #entries: FaiEntry[] = []
  readonly #names = new Set<string>()
  #header: number[] | undefined
  #name = ''
  #offset = 0
  #length = 0
  #perLine = 0
  #perLineBytes = 0
  /** Bytes of the line under way, and whether a shorter line has been: after it only a new sequence may follow. */
  #line = 0
  #lastByte = NEWLINE
  #short = false
  #number = 1

  constructor(file: string) {
    this.#file = file
  }

  take(bytes: Buffer, start: number): void {
    let at = 0
    while (at < bytes.length) {
      if (this.#header === undefined && this.#line === 0 && bytes[at] === GREATER) {
        this.#close()
        this.#header = []
        at += 1
        continue
      }
      const found = bytes.indexOf(NEWLINE, at)
      const end = found < 0 ? bytes.length : found
      if (this.#header !== undefined) this.#headerPart(bytes.subarray(at, end), found >= 0, start + end + 1)
      else this.#linePart(bytes, at, end, found >= 0)
      at = found < 0 ? end : end + 1
    }
  }

  #headerPart(part: Uint8Array, ended: boolean, next: number): void {
    if (this.#header!.length < 4096) for (const byte of part.subarray(0, 4096)) this.#header!.push(byte)
    if (!ended) return
    this.#name = Buffer.from(this.#header!).toString('utf8').split(/\s/, 1)[0] ?? ''
    if (this.#name === '' || this.#names.has(this.#name))
      throw this.#fault(
        this.#name === '' ? 'a sequence has no name' : `the name "${this.#name}" stands twice`,
      )
    this.#names.add(this.#name)
    this.#header = undefined
    this.#offset = next
    this.#number += 1
  }

  #linePart(bytes: Buffer, from: number, to: number, ended: boolean): void {
    if (to > from) this.#lastByte = bytes[to - 1] as number
    this.#line += to - from
    if (ended) this.#endLine()
  }

  #endLine(): void {
    const bases = this.#line - (this.#line > 0 && this.#lastByte === RETURN ? 1 : 0)
    if (this.#name === '') {
      if (bases > 0) throw this.#fault('the file does not begin with ">" and a name')
    } else if (bases > 0) {
      if (this.#short || (this.#perLine > 0 && bases > this.#perLine))
        throw this.#fault('the lines of this sequence have different lengths')
      if (this.#perLine === 0) {
        this.#perLine = bases
        this.#perLineBytes = this.#line + 1
      } else if (bases < this.#perLine) this.#short = true
      this.#length += bases
    } else if (this.#length > 0) this.#short = true
    this.#line = 0
    this.#number += 1
  }

  #close(): void {
    if (this.#name === '') return
    this.#entries.push({
      name: this.#name,
      length: this.#length,
      offset: this.#offset,
      basesPerLine: this.#perLine,
      bytesPerLine: this.#perLineBytes,
    })
    this.#name = ''
    this.#length = this.#perLine = this.#perLineBytes = 0
    this.#short = false
  }

  finish(size: number): FaiEntry[] {
    if (this.#header !== undefined) this.#headerPart(new Uint8Array(0), true, size)
    if (this.#line > 0) this.#endLine()
    this.#close()
    if (this.#entries.length === 0) throw this.#fault('there is no sequence in it')
    return this.#entries
  }

  #fault(what: string): Fault {
    return new Fault(
      'FASTA_MALFORMED',
      `${this.#file}, line ${this.#number}`,
      what,
      'Give a FASTA file of reference sequence; "samtools faidx" must be able to index it.',
    )
  }
}
