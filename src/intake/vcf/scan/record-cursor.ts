import { LineFault } from '../../scan/task.ts'

const TAB = 9
const NEWLINE = 10
const CARRIAGE_RETURN = 13
const HASH = 35
const DOT = 46
const LESS = 60

/**
 * Steps over the records of whole lines and says where CHROM to ALT stand in the bytes, without making a string of them.
 * Offsets are into the bytes; a field is [from, to). The rest of a line is looked at by who needs it.
 */
export class RecordCursor {
  readonly #bytes: Buffer
  readonly #to: number
  #next: number
  #contig = ''

  /** Lines stepped over, those of comments and empty ones too. */
  lines = 0
  /** Start of the line, its end without the line end, and the start of the next. */
  from = 0
  end = 0
  after = 0
  /** CHROM, and whether it is another than in the record before. */
  contigFrom = 0
  contigTo = 0
  contigChanged = true
  /** POS, 1-based; 0 is the telomere; and where its digits end. */
  position = 0
  positionTo = 0
  refFrom = 0
  refTo = 0
  altFrom = 0
  altTo = 0
  formatTo = 0
  /** True when ALT holds a "<" or is ".": INFO END may say that the record reaches further than REF. */
  mayReach = false

  constructor(bytes: Buffer, from: number, to: number) {
    this.#bytes = bytes
    this.#next = from
    this.#to = to
  }

  /** The name in CHROM of the record. */
  contig(): string {
    if (this.contigChanged || this.#contig === '')
      this.#contig = this.#bytes.toString('latin1', this.contigFrom, this.contigTo)
    return this.#contig
  }

  /** Steps to the next record; false when there are no more. Throws LineFault (VCF_COLUMNS, VCF_POS_MALFORMED). */
  step(): boolean {
    const bytes = this.#bytes
    const to = this.#to
    let from = this.#next
    let end = 0
    for (;;) {
      if (from >= to) return false
      const newline = bytes.indexOf(NEWLINE, from)
      const stop = newline < 0 || newline >= to ? to : newline
      this.lines += 1
      this.#next = Math.min(stop + 1, to)
      end = stop > from && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop
      if (end > from && bytes[from] !== HASH) break
      from = this.#next
    }
    this.from = from
    this.end = end
    this.after = this.#next
    let p = this.#stepContig(from)
    let position = 0
    const digits = p
    for (; p < end; p++) {
      const d = bytes[p]! - 48
      if (d < 0 || d > 9) break
      position = position * 10 + d
    }
    if (p === digits || bytes[p] !== TAB || position > 0x7fffffff) throw this.#malformedPosition(digits)
    this.position = position
    this.positionTo = p
    p += 1
    while (p < end && bytes[p] !== TAB) p += 1
    this.refFrom = p + 1
    p += 1
    while (p < end && bytes[p] !== TAB) p += 1
    this.refTo = p
    this.altFrom = p + 1
    p += 1
    let symbol = bytes[p] === DOT
    for (; p < end; p++) {
      const c = bytes[p]!
      if (c === TAB) break
      if (c === LESS) symbol = true
    }
    if (p >= end) throw this.columns()
    this.altTo = p
    this.mayReach = symbol
    return true
  }

  /** [from, to) of a later column: 5 QUAL, 6 FILTER, 7 INFO, 8 FORMAT, 9 the first sample. Undefined where there is none. */
  startOf(column: number): number | undefined {
    const bytes = this.#bytes
    const end = this.end
    let p = this.altTo
    for (let left = column - 4; left > 0; left--) {
      if (p >= end) return undefined
      p += 1
      if (left === 1) break
      while (p < end && bytes[p] !== TAB) p += 1
    }
    return p
  }

  /**
   * Start of FORMAT, looked for from the end of the line, which is much shorter when samples are few; its end is `formatTo`.
   * -1 when the columns before it cannot be told to be all there (QUAL is no number): count them then.
   * `samples`: sample columns, at least one.
   */
  formatFromEnd(samples: number): number {
    const bytes = this.#bytes
    const floor = this.altTo + 1
    let p = floor
    for (; p < this.end && bytes[p] !== TAB; p++) {
      const c = bytes[p]!
      if (c !== DOT && (c < 48 || c > 57)) return -1
    }
    if (p === floor) return -1
    let left = samples + 1
    for (let q = this.end - 1; q > p; q--) {
      if (bytes[q] !== TAB) continue
      left -= 1
      if (left === 0) return q + 1
      this.formatTo = q
    }
    return -1
  }

  /** End of the field that begins at `from`. */
  endOf(from: number): number {
    const bytes = this.#bytes
    const end = this.end
    let p = from
    while (p < end && bytes[p] !== TAB) p += 1
    return p
  }

  fault(code: string, field: string, what: string, mend: string): LineFault {
    return new LineFault(code, this.lines - 1, field, what, mend)
  }

  columns(): LineFault {
    return this.fault(
      'VCF_COLUMNS',
      '',
      'the line does not have the columns of a VCF record',
      'Separate columns with single tabs; if the file was cut, send it again.',
    )
  }

  /** CHROM compared with the one before as bytes; returns where POS begins. */
  #stepContig(from: number): number {
    const bytes = this.#bytes
    const length = this.contigTo - this.contigFrom
    let i = 0
    let known = this.contigFrom
    while (i < length && bytes[from + i] === bytes[known]) {
      i += 1
      known += 1
    }
    this.contigChanged = length === 0 || i < length || bytes[from + i] !== TAB
    this.contigFrom = from
    let p = from + i
    while (p < this.end && bytes[p] !== TAB) p += 1
    this.contigTo = p
    if (p === from || p >= this.end) throw this.columns()
    return p + 1
  }

  #malformedPosition(from: number): LineFault {
    const to = Math.min(this.endOf(from), from + 20)
    return this.fault(
      'VCF_POS_MALFORMED',
      'POS',
      `"${this.#bytes.toString('latin1', from, to)}" is not a position`,
      'POS is a whole number counted from 1.',
    )
  }
}
