import type { LinesResult, LineTask } from '../scan/task.ts'
import { contigKey } from '../vcf/scan/loci.ts'
import { RecordCursor } from '../vcf/scan/record-cursor.ts'
import { Change, keyOf, LONG, WINDOW_BITS } from './allele-key.ts'
import { type SiteContig, SiteFile } from './site-file.ts'
import { hasAlleles, type SiteWindow, seek } from './site-window.ts'

export interface AnnotateOptions {
  /** Paths of site files. */
  readonly sources: readonly string[]
  /** Sample columns of the file that is annotated. */
  readonly samples: number
}

/** The lines, with what the sources say of their ALTs at the end of INFO. */
export interface AnnotatedLines extends LinesResult {
  readonly text: Uint8Array
  readonly records: number
  /** Records of which at least one source knew an ALT. */
  readonly annotated: number
}

const COMMA = 44
const DOT = 46
const EQUALS = 61
const SEMICOLON = 59
const TAB = 9

export function annotateTask({ sources, samples }: AnnotateOptions): LineTask<AnnotatedLines> {
  const lookups = sources.map((path) => new Lookup(new SiteFile(path)))
  const writer = new InfoWriter(samples)
  const keys = lookups.flatMap(({ tags }) => tags)
  return {
    take(bytes, from, to) {
      const cursor = new RecordCursor(bytes, from, to)
      writer.open(bytes, from, to)
      const taken = keys.filter((key) => bytes.subarray(from, to).includes(`${key}=`))
      let records = 0
      let annotated = 0
      while (cursor.step()) {
        records += 1
        if (taken.length > 0) checkTaken(bytes, cursor, taken)
        if (cursor.contigChanged) {
          const key = contigKey(cursor.contig())
          for (const one of lookups) one.enter(key)
        }
        let found = false
        for (const one of lookups) if (one.find(bytes, cursor)) found = true
        if (!found) continue
        annotated += 1
        writer.enter(cursor)
        for (const one of lookups) if (one.found) writer.add(one)
      }
      return { lines: cursor.lines, records, annotated, text: writer.close() }
    },
    transfer: ({ text }) => [text.buffer as ArrayBuffer],
  }
}

/** Throws LineFault (ANNOTATION_TAKEN) where INFO has a key that no header line declared: a reader would find two values. */
function checkTaken(bytes: Buffer, cursor: RecordCursor, keys: readonly Buffer[]): void {
  const from = cursor.startOf(7)
  if (from === undefined) throw cursor.columns()
  const info = `;${bytes.toString('latin1', from, cursor.endOf(from))}`
  const key = keys.find((one) => info.includes(`;${one.toString('latin1')}=`))
  if (key === undefined) return
  throw cursor.fault(
    'ANNOTATION_TAKEN',
    'INFO',
    `the record has "${key}" already, which no line of the header declares`,
    `Leave it out first (bcftools annotate -x INFO/${key}), or build the site file again under another name.`,
  )
}

/** Finds the ALTs of records in one source. Records come sorted as a rule, so each search begins where the last ended. */
class Lookup {
  readonly #file: SiteFile
  readonly tags: readonly Buffer[]
  readonly #change = new Change()
  #contig: SiteContig | undefined
  #number = -1
  #near = 0
  window: SiteWindow | undefined
  /** ALTs of the record; for each its entry, and the window the entry is in; -1 where the source does not know it. */
  alts = 0
  entries = new Int32Array(8)
  readonly windows: (SiteWindow | undefined)[] = []
  found = false

  constructor(file: SiteFile) {
    this.#file = file
    this.tags = file.directory.columns.map(({ id }) => Buffer.from(id))
  }

  /** From here on the records are of this contig. The window at hand stays: the lines of the next run follow those of this. */
  enter(key: string): void {
    const contig = this.#file.contig(key)
    if (contig === this.#contig) return
    this.#contig = contig
    this.#number = -1
    this.window = undefined
  }

  find(bytes: Buffer, cursor: RecordCursor): boolean {
    this.found = false
    this.alts = 0
    if (this.#contig === undefined) return false
    const change = this.#change
    const { position, refFrom, refTo, altTo } = cursor
    let alt = cursor.altFrom
    let number = 0
    for (; alt <= altTo; number++) {
      let end = alt
      while (end < altTo && bytes[end] !== COMMA) end += 1
      const entry = change.set(bytes, position, refFrom, refTo, alt, end) ? this.#entryOf(bytes, change) : -1
      if (number === this.entries.length) this.#growEntries()
      this.entries[number] = entry
      this.windows[number] = this.window
      if (entry >= 0) this.found = true
      alt = end + 1
    }
    this.alts = number
    return this.found
  }

  #growEntries(): void {
    const grown = new Int32Array(2 * this.entries.length)
    grown.set(this.entries)
    this.entries = grown
  }

  #entryOf(bytes: Buffer, change: Change): number {
    const number = change.position >>> WINDOW_BITS
    if (number !== this.#number) {
      this.#number = number
      this.#near = 0
      this.window = this.#file.window(this.#contig!, number)
    }
    const { window } = this
    if (window === undefined) return -1
    const { keys } = window
    const key = keyOf(change.position, change.code)
    let entry = seek(keys, key, this.#near)
    this.#near = entry
    if (keys[entry] !== key) return -1
    if (change.code !== LONG) return entry
    const alleles = change.text(bytes)
    for (; keys[entry] === key; entry++) if (hasAlleles(window, entry, alleles)) return entry
    return -1
  }
}

/** Copies lines and puts values at the end of INFO. */
class InfoWriter {
  readonly #samples: number
  #bytes: Buffer = Buffer.alloc(0)
  #copied = 0
  #to = 0
  #out: Buffer = Buffer.alloc(0)
  #at = 0
  #first = false

  constructor(samples: number) {
    this.#samples = samples
  }

  open(bytes: Buffer, from: number, to: number): void {
    this.#bytes = bytes
    this.#copied = from
    this.#to = to
    this.#at = 0
    // What was written before has been handed over.
    this.#out = Buffer.allocUnsafeSlow(to - from + ((to - from) >> 2) + 64)
  }

  /** Copies up to the end of the record's INFO. */
  enter(cursor: RecordCursor): void {
    const end = infoEnd(cursor, this.#samples)
    const bytes = this.#bytes
    const empty = bytes[end - 1] === DOT && bytes[end - 2] === TAB
    this.#copy(empty ? end - 1 : end)
    this.#copied = end
    this.#first = empty
  }

  /** Adds the values of one source; a tag of which no ALT has a value is left out. */
  add({ tags, alts, entries, windows }: Lookup): void {
    for (let column = 0; column < tags.length; column++) {
      const tag = tags[column]!
      let some = false
      this.#room(tag.length + 2 + alts)
      const before = this.#at
      if (!this.#first) this.#out[this.#at++] = SEMICOLON
      for (let i = 0; i < tag.length; i++) this.#out[this.#at++] = tag[i]!
      this.#out[this.#at++] = EQUALS
      for (let number = 0; number < alts; number++) {
        if (number > 0) this.#out[this.#at++] = COMMA
        const entry = entries[number]!
        const values = entry < 0 ? undefined : windows[number]!.columns[column]!
        const text = values === undefined ? 0 : values.values[entry]!
        if (text === 0) {
          this.#room(alts + 2)
          this.#out[this.#at++] = DOT
          continue
        }
        const { ends, bytes } = values!.texts
        const from = ends[text - 1]!
        const to = ends[text]!
        this.#room(to - from + alts + 2)
        const out = this.#out
        let at = this.#at
        for (let p = from; p < to; p++) out[at++] = bytes[p]!
        this.#at = at
        some = true
      }
      if (some) this.#first = false
      else this.#at = before
    }
  }

  close(): Uint8Array {
    this.#copy(this.#to)
    return this.#out.subarray(0, this.#at)
  }

  #copy(to: number): void {
    const size = to - this.#copied
    if (size <= 0) return
    this.#room(size)
    this.#bytes.copy(this.#out, this.#at, this.#copied, to)
    this.#at += size
  }

  #room(size: number): void {
    if (this.#out.length - this.#at >= size) return
    this.#out = Buffer.concat([this.#out.subarray(0, this.#at)], 2 * (this.#at + size))
  }
}

/** End of the INFO column. Throws LineFault where there is none. */
function infoEnd(cursor: RecordCursor, samples: number): number {
  const format = samples > 0 && samples <= 4 ? cursor.formatFromEnd(samples) : -1
  if (format >= 0) return format - 1
  const from = cursor.startOf(7)
  if (from === undefined) throw cursor.columns()
  return cursor.endOf(from)
}
