import type { LinesResult, LineTask } from '../../scan/task.ts'
import { RecordCursor } from './record-cursor.ts'

export interface GenotypesOptions {
  /** Places of the samples asked for among the sample columns of the file, 0-based, ascending. */
  readonly samples: readonly number[]
  /** Number of sample columns. */
  readonly columns: number
}

/** One line a record: CHROM, POS, REF, ALT, then GT:DP:GQ of each sample; "." where the file does not say. */
export interface GenotypeLines extends LinesResult {
  readonly records: number
  readonly text: Uint8Array
}

/** With so few sample columns FORMAT is nearer to the end of a line than to its start. */
const NEAR = 4

const TAB = 9
const NEWLINE = 10
const DOT = 46
const COLON = 58

/** How a FORMAT is read: GT, DP and GQ are the columns 0, 1 and 2 of the table. */
interface Layout {
  /** Per field of the FORMAT its column of the table; -1 for a field that is passed over. Fields after the last column are left out. */
  readonly columns: Int8Array
  /** Whether GT, DP and GQ stand in this order, as they nearly always do: then a sample is copied while it is read. */
  readonly inOrder: boolean
}

export function genotypesTask(options: GenotypesOptions): LineTask<GenotypeLines> {
  const table = new GenotypeTable(options)
  return {
    take(bytes, from, to) {
      const cursor = new RecordCursor(bytes, from, to)
      table.open(to - from)
      let records = 0
      while (cursor.step()) {
        records += 1
        table.add(bytes, cursor)
      }
      return { lines: cursor.lines, records, text: table.close() }
    },
    transfer: ({ text }) => [text.buffer as ArrayBuffer],
  }
}

/** Writes the lines of the table, byte for byte out of the lines of the file. */
class GenotypeTable {
  readonly #layouts = new Map<string, Layout>()
  readonly #wanted: Uint8Array
  readonly #columns: number
  /** Bytes that a line of the table may have beyond those of its line in the file: "." for what a sample leaves out. */
  readonly #more: number
  /** Starts and ends of GT, DP and GQ in the sample at hand. */
  readonly #fields = new Int32Array(6)
  #out: Buffer = Buffer.alloc(0)
  #at = 0
  #layout = layoutOf('')
  #formatFrom = 0
  #formatTo = 0

  constructor({ samples, columns }: GenotypesOptions) {
    this.#columns = columns
    this.#wanted = new Uint8Array(columns)
    for (const sample of samples) this.#wanted[sample] = 1
    this.#more = 4 * samples.length + 8
  }

  open(size: number): void {
    if (this.#out.length < size) this.#out = Buffer.allocUnsafeSlow(size + this.#more)
    this.#at = 0
    this.#formatFrom = 0
    this.#formatTo = 0
  }

  close(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#out, 0, this.#at)
  }

  add(bytes: Buffer, cursor: RecordCursor): void {
    const { end, contigFrom, positionTo, refFrom, altTo } = cursor
    if (this.#out.length - this.#at < end - contigFrom + this.#more) this.#grow(end - contigFrom)
    const out = this.#out
    let at = copy(bytes, contigFrom, positionTo + 1, out, this.#at)
    at = copy(bytes, refFrom, altTo, out, at)
    if (this.#columns > 0) at = this.#samples(bytes, cursor, out, at)
    out[at] = NEWLINE
    this.#at = at + 1
  }

  #samples(bytes: Buffer, cursor: RecordCursor, out: Uint8Array, from: number): number {
    const { end } = cursor
    let format = this.#columns <= NEAR ? cursor.formatFromEnd(this.#columns) : -1
    let p = format < 0 ? end : cursor.formatTo
    let counted = false
    if (format < 0 || !same(bytes, format, p, this.#formatFrom, this.#formatTo)) {
      // Another FORMAT than before: counted from the start, so that a line with too few or too many columns is found.
      counted = true
      format = cursor.startOf(8) ?? end
      p = cursor.endOf(format)
      if (p >= end) throw cursor.columns()
      this.#layout = this.#layoutOf(bytes.toString('latin1', format, p))
    }
    this.#formatFrom = format
    this.#formatTo = p
    const fields = this.#fields
    let at = from
    for (let column = 0; column < this.#columns; column++) {
      if (p >= end) throw cursor.columns()
      p += 1
      if (this.#wanted[column] === 0) {
        p = cursor.endOf(p)
        continue
      }
      if (this.#layout.inOrder) {
        p = this.#copySample(bytes, p, end, out, at)
        at = this.#at
      } else {
        p = place(bytes, p, end, this.#layout.columns, fields)
        out[at] = TAB
        at = field(bytes, fields[0]!, fields[1]!, out, at + 1)
        out[at] = COLON
        at = field(bytes, fields[2]!, fields[3]!, out, at + 1)
        out[at] = COLON
        at = field(bytes, fields[4]!, fields[5]!, out, at + 1)
      }
      // Found from the end, the last column is known to end the line.
      p = counted || column < this.#columns - 1 ? cursor.endOf(p) : end
    }
    if (p < end) throw cursor.columns()
    return at
  }

  /** Writes the sample at `from` and returns how far it looked: a colon, a tab or the end. `#at` is where the writing ended. */
  #copySample(bytes: Buffer, from: number, end: number, out: Uint8Array, start: number): number {
    const { columns } = this.#layout
    let p = from
    let at = start
    let written = 0
    out[at++] = TAB
    for (let field = 0; field < columns.length; field++) {
      const column = columns[field]!
      let c = 0
      if (column < 0) {
        for (; p < end; p++) {
          c = bytes[p]!
          if (c === COLON || c === TAB) break
        }
      } else {
        for (; written < column; written++) {
          out[at++] = DOT
          out[at++] = COLON
        }
        const before = at
        for (; p < end; p++) {
          c = bytes[p]!
          if (c === COLON || c === TAB) break
          out[at++] = c
        }
        if (at === before) out[at++] = DOT
        if (column < 2) out[at++] = COLON
        written += 1
      }
      if (p >= end || c === TAB) break
      if (field < columns.length - 1) p += 1
    }
    for (; written < 3; written++) {
      out[at++] = DOT
      if (written < 2) out[at++] = COLON
    }
    this.#at = at
    return p
  }

  #layoutOf(format: string): Layout {
    const known = this.#layouts.get(format)
    if (known !== undefined) return known
    const layout = layoutOf(format)
    this.#layouts.set(format, layout)
    return layout
  }

  #grow(line: number): void {
    this.#out = Buffer.concat([this.#out.subarray(0, this.#at)], 2 * this.#out.length + line + this.#more)
  }
}

function layoutOf(format: string): Layout {
  const names = format.split(':')
  const places = ['GT', 'DP', 'GQ'].map((name) => names.indexOf(name))
  const columns = new Int8Array(Math.max(...places) + 1).fill(-1)
  for (const [column, place] of places.entries()) if (place >= 0) columns[place] = column
  const there = columns.filter((column) => column >= 0)
  return { columns, inOrder: there.every((column, i) => i === 0 || there[i - 1]! < column) }
}

function copy(bytes: Buffer, from: number, to: number, out: Uint8Array, at: number): number {
  let o = at
  for (let p = from; p < to; p++, o++) out[o] = bytes[p]!
  return o
}

function field(bytes: Buffer, from: number, to: number, out: Uint8Array, at: number): number {
  if (from < to) return copy(bytes, from, to, out, at)
  out[at] = DOT
  return at + 1
}

/** Notes where GT, DP and GQ of the sample at `from` stand; returns how far it looked: a colon, a tab or the end. */
function place(bytes: Buffer, from: number, end: number, columns: Int8Array, fields: Int32Array): number {
  fields.fill(0)
  let p = from
  for (let field = 0; field < columns.length; field++) {
    const start = p
    let c = 0
    while (p < end) {
      c = bytes[p]!
      if (c === COLON || c === TAB) break
      p += 1
    }
    const column = columns[field]!
    if (column >= 0) {
      fields[2 * column] = start
      fields[2 * column + 1] = p
    }
    if (p >= end || c === TAB) return p
    if (field < columns.length - 1) p += 1
  }
  return p
}

function same(bytes: Buffer, from: number, to: number, knownFrom: number, knownTo: number): boolean {
  const length = to - from
  if (length !== knownTo - knownFrom) return false
  for (let i = 0; i < length; i++) if (bytes[from + i] !== bytes[knownFrom + i]) return false
  return true
}
