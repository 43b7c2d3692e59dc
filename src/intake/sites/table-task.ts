import { LineFault, type LineTask } from '../scan/task.ts'
import { contigKey } from '../vcf/scan/loci.ts'
import { Change } from './allele-key.ts'
import { buffersOf, SiteCollector, type SiteLines } from './site-lines.ts'

/** Where the columns of a table are, from 0. */
export interface TableColumns {
  readonly chrom: number
  /** 1-based. */
  readonly position: number
  readonly ref: number
  readonly alt: number
}

export interface TableOptions {
  /** "\t" or ",". */
  readonly separator: string
  readonly columns: TableColumns
  /** The columns that values are taken from. */
  readonly taken: readonly number[]
}

const NEWLINE = 10
const CARRIAGE_RETURN = 13
const QUOTE = 34
const HASH = 35
const COMMA = 44

/** What tables write for "no value". */
const NONE = new Set(['', '.', 'NA', 'NaN', 'nan'])

/** Takes the sites of a table that has one change a line: a score of each base change, such as CADD's and REVEL's. */
export function tableTask({ separator, columns, taken }: TableOptions): LineTask<SiteLines> {
  const { chrom, position: place, ref, alt } = columns
  const row = new Row(separator.charCodeAt(0), Math.max(chrom, place, ref, alt, ...taken) + 1)
  const change = new Change()
  return {
    take(bytes, from, to) {
      const sites = new SiteCollector()
      let contig: string | undefined
      let lines = 0
      for (let next = from; next < to; ) {
        const newline = bytes.indexOf(NEWLINE, next)
        const stop = newline < 0 || newline >= to ? to : newline
        const start = next
        next = stop + 1
        lines += 1
        const end = stop > start && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop
        if (end === start || bytes[start] === HASH) continue
        row.read(bytes, start, end, lines - 1)
        const position = positionOf(row.text(bytes, place), lines - 1)
        const { starts, ends } = row
        if (
          position === undefined ||
          !isBases(bytes, starts[ref]!, ends[ref]!) ||
          !isBases(bytes, starts[alt]!, ends[alt]!) ||
          !change.set(bytes, position, starts[ref]!, ends[ref]!, starts[alt]!, ends[alt]!)
        ) {
          sites.skipped += 1
          continue
        }
        const name = row.text(bytes, chrom)
        if (name !== contig) {
          contig = name
          sites.enter(contigKey(name))
        }
        sites.add(position, change, bytes)
        for (const column of taken) sites.value(infoValue(row.text(bytes, column)))
      }
      return sites.finish(lines)
    },
    transfer: buffersOf,
  }
}

/** The columns of one line, as places in the bytes: [starts, ends). */
class Row {
  readonly #separator: number
  readonly #needed: number
  readonly starts: Int32Array
  readonly ends: Int32Array

  constructor(separator: number, needed: number) {
    this.#separator = separator
    this.#needed = needed
    this.starts = new Int32Array(needed)
    this.ends = new Int32Array(needed)
  }

  read(bytes: Buffer, from: number, to: number, line: number): void {
    const separator = this.#separator
    let p = from
    for (let column = 0; column < this.#needed; column++) {
      this.starts[column] = p
      while (p < to && bytes[p] !== separator) {
        if (bytes[p] === QUOTE && separator === COMMA) throw quoted(line)
        p += 1
      }
      this.ends[column] = p
      if (p >= to && column < this.#needed - 1) throw tooFew(line, column + 1, this.#needed)
      p += 1
    }
  }

  text(bytes: Buffer, column: number): string {
    return bytes.toString('utf8', this.starts[column]!, this.ends[column]!)
  }
}

/** Undefined where the row has no position in this build (REVEL writes "."). */
function positionOf(text: string, line: number): number | undefined {
  if (NONE.has(text)) return undefined
  const position = Number(text)
  if (/^\d{1,10}$/.test(text) && position >= 1 && position <= 0x7fffffff) return position
  throw new LineFault(
    'TABLE_POSITION',
    line,
    'position',
    `"${text.slice(0, 20)}" is not a position`,
    'The column of positions holds whole numbers counted from 1; name it with --columns CHROM,POS,REF,ALT.',
  )
}

function isBases(bytes: Buffer, from: number, to: number): boolean {
  for (let p = from; p < to; p++) {
    const letter = bytes[p]! | 32
    if (letter !== 97 && letter !== 99 && letter !== 103 && letter !== 116 && letter !== 110) return false
  }
  return from < to
}

/** What VCF 4.3 (section 1.2) writes for characters that end a value in INFO; blanks too, which many readers end it at. */
function infoValue(text: string): string {
  if (NONE.has(text)) return ''
  return text.replace(
    /[%:;=,\s]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function quoted(line: number): LineFault {
  return new LineFault(
    'TABLE_QUOTED',
    line,
    '',
    'a value stands in quotes, so commas do not tell the columns apart',
    'Write the table with tabs between the columns and no quotes.',
  )
}

function tooFew(line: number, found: number, needed: number): LineFault {
  return new LineFault(
    'TABLE_COLUMNS',
    line,
    '',
    `the line has ${found} columns, ${needed} are needed`,
    'Every line has the columns of the header; if the file was cut, send it again.',
  )
}
