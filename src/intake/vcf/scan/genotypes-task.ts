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

const TAB = 9
const NEWLINE = 10
const DOT = 46
const COLON = 58

/** Places of GT, DP and GQ in a FORMAT; -1 where it has none. */
type Layout = readonly [gt: number, dp: number, gq: number]

export function genotypesTask({ samples, columns }: GenotypesOptions): LineTask<GenotypeLines> {
  const layouts = new Map<string, Layout>()
  const layoutOf = (format: string): Layout => {
    const known = layouts.get(format)
    if (known !== undefined) return known
    const names = format.split(':')
    const layout: Layout = [names.indexOf('GT'), names.indexOf('DP'), names.indexOf('GQ')]
    layouts.set(format, layout)
    return layout
  }
  const wanted = new Uint8Array(columns)
  for (const sample of samples) wanted[sample] = 1
  /** Starts and ends of GT, DP and GQ in the sample at hand. */
  const fields = new Int32Array(6)
  return {
    take(bytes, from, to) {
      const cursor = new RecordCursor(bytes, from, to)
      let out = Buffer.allocUnsafeSlow(to - from + 4 * samples.length)
      let at = 0
      let records = 0
      let formatFrom = 0
      let formatTo = 0
      let layout: Layout = [-1, -1, -1]
      while (cursor.step()) {
        records += 1
        // What is written of a line is never longer than the line and four bytes for each sample.
        if (out.length - at < cursor.end - cursor.from + 4 * samples.length)
          out = Buffer.concat([out.subarray(0, at)], 2 * out.length + 4 * samples.length)
        for (let p = cursor.contigFrom; p < cursor.contigTo; p++) out[at++] = bytes[p]!
        out[at++] = TAB
        for (let p = cursor.contigTo + 1; bytes[p] !== TAB; p++) out[at++] = bytes[p]!
        out[at++] = TAB
        for (let p = cursor.refFrom; p < cursor.altTo; p++) out[at++] = bytes[p]!
        const format = cursor.startOf(8)
        let p = format === undefined ? cursor.end : cursor.endOf(format)
        if (columns > 0 && p >= cursor.end) throw cursor.columns()
        if (format !== undefined && !same(bytes, format, p, formatFrom, formatTo)) {
          layout = layoutOf(bytes.toString('latin1', format, p))
          formatFrom = format
          formatTo = p
        }
        for (let column = 0; column < columns; column++) {
          if (p >= cursor.end) throw cursor.columns()
          p += 1
          if (wanted[column] === 0) {
            p = cursor.endOf(p)
            continue
          }
          p = place(bytes, p, cursor.end, layout, fields)
          for (let field = 0; field < 6; field += 2) {
            out[at++] = field === 0 ? TAB : COLON
            const start = fields[field]!
            const end = fields[field + 1]!
            if (start >= end) out[at++] = DOT
            else for (let q = start; q < end; q++) out[at++] = bytes[q]!
          }
        }
        if (p < cursor.end && columns > 0) throw cursor.columns()
        out[at++] = NEWLINE
      }
      return { lines: cursor.lines, records, text: Uint8Array.prototype.slice.call(out, 0, at) }
    },
    transfer: ({ text }) => [text.buffer as ArrayBuffer],
  }
}

/** Notes where GT, DP and GQ of the sample at `from` stand; returns the end of the sample. */
function place(bytes: Buffer, from: number, end: number, layout: Layout, fields: Int32Array): number {
  fields.fill(0)
  let p = from
  for (let field = 0; ; field++) {
    const start = p
    let c = 0
    while (p < end) {
      c = bytes[p]!
      if (c === COLON || c === TAB) break
      p += 1
    }
    const which = field === layout[0] ? 0 : field === layout[1] ? 2 : field === layout[2] ? 4 : -1
    if (which >= 0) {
      fields[which] = start
      fields[which + 1] = p
    }
    if (p >= end || c === TAB) return p
    p += 1
  }
}

function same(bytes: Buffer, from: number, to: number, knownFrom: number, knownTo: number): boolean {
  const length = to - from
  if (length !== knownTo - knownFrom) return false
  for (let i = 0; i < length; i++) if (bytes[from + i] !== bytes[knownFrom + i]) return false
  return true
}
