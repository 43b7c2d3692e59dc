import type { NormaliseRules, PlainLine } from '../../../variant/normalise/normaliser.ts'
import { type Edit, SettledSamples, settleInfo, settleNumber } from './single-precision.ts'

const TAB = 9
const NEWLINE = 10
const DOT = 46
/** Bases of the reference that are looked at together, and how far beyond them a REF may reach. */
const WINDOW = 1 << 16
const BEYOND = 1 << 10
const SLAB = 1 << 18

/** A, C, G and T in capitals. */
const IS_BASE = Uint8Array.from({ length: 256 }, (_, code) =>
  'ACGT'.includes(String.fromCharCode(code)) ? 1 : 0,
)

/**
 * Lines whose alleles stay as they are, told by their bytes: nine in ten of a file. One ALT, both alleles of bases in capitals, REF
 * as the reference has it, and nothing to move: the last bases differ and one allele is a single base. Their text is copied; numbers
 * are rewritten where they lie, if they are to be. What is not sure to be such a line is not taken.
 */
export class PlainLines {
  readonly #rules: NormaliseRules
  readonly #settles: boolean
  readonly #samples: SettledSamples
  #contig = ''
  #contigBytes: Buffer = Buffer.alloc(0)
  /** Its name in the reference; undefined where that has none. */
  #named: string | undefined
  #window: Buffer = Buffer.alloc(0)
  /** First base of the window, counted from 0; -1: none was read. */
  #first = -1
  #slab: Buffer = Buffer.alloc(0)
  /** The line that is being copied: its first byte and its next one. */
  #start = 0
  #at = 0
  #source = this.#slab
  #copied = 0
  readonly #edit: Edit = (from, to, text) => {
    this.#copy(from)
    this.#copied = to
    if (text === '') return
    this.#room(text.length)
    this.#at += this.#slab.write(text, this.#at, 'latin1')
  }

  constructor(rules: NormaliseRules, numbers: 'as-written' | 'single-precision') {
    this.#rules = rules
    this.#settles = numbers === 'single-precision'
    this.#samples = new SettledSamples(rules.declared)
  }

  /** Whether any line may be taken under these rules. */
  static fits({ join, duplicates, atomise, reference, inFull }: Omit<NormaliseRules, 'declared'>): boolean {
    const changesMore = join !== undefined || duplicates !== undefined || atomise !== undefined
    return !changesMore && reference !== 'set' && inFull !== true
  }

  /** The line in [from, to), or undefined where it has to be looked at in full. */
  take(bytes: Buffer, from: number, to: number): PlainLine | undefined {
    const afterContig = this.#contigEnd(bytes, from, to) + 1
    let at = afterContig
    let position = 0
    for (; at < to && bytes[at]! >= 48 && bytes[at]! <= 57; at++) position = position * 10 + bytes[at]! - 48
    if (bytes[at] !== TAB || bytes[afterContig] === 48 || at === afterContig || at - afterContig > 10)
      return undefined
    at += 1
    while (at < to && bytes[at] !== TAB) at += 1
    const ref = at + 1
    for (at = ref; IS_BASE[bytes[at]!] === 1; ) at += 1
    const alt = at + 1
    if (bytes[at] !== TAB || at === ref) return undefined
    for (at = alt; IS_BASE[bytes[at]!] === 1; ) at += 1
    const quality = at + 1
    if (bytes[at] !== TAB || at === alt || at >= to) return undefined
    const refLength = alt - 1 - ref
    if (this.#rules.sequence !== undefined) {
      if (refLength !== 1 && quality - 1 - alt !== 1) return undefined
      if (bytes[alt - 2] === bytes[quality - 2] || !this.#isReference(bytes, ref, refLength, position))
        return undefined
    }
    const filter = tabFrom(bytes, quality, to) + 1
    const info = tabFrom(bytes, filter, to) + 1
    if (info > to) return undefined
    const tab = bytes.indexOf(TAB, info)
    const infoEnd = tab < 0 || tab > to ? to : tab
    let samples = to
    if (infoEnd < to) {
      samples = tabFrom(bytes, infoEnd + 1, to) + 1
      if (samples > to || samples === infoEnd + 2) return undefined
    }
    this.#begin(bytes, from, to)
    if (this.#settles) {
      if (!(bytes[quality] === DOT && filter - quality === 2))
        settleNumber(bytes, quality, filter - 1, this.#edit)
      settleInfo(bytes, info, infoEnd, this.#rules.declared, this.#edit)
      if (infoEnd < to) this.#samples.settle(bytes, infoEnd + 1, samples, to, this.#edit)
    }
    this.#copy(to)
    this.#room(1)
    this.#slab[this.#at++] = NEWLINE
    return { contig: this.#contig, position, bytes: this.#slab, from: this.#start, to: this.#at }
  }

  /** Where CHROM ends; most lines have that of the line before. */
  #contigEnd(bytes: Buffer, from: number, to: number): number {
    const known = this.#contigBytes
    let at = from
    while (at - from < known.length && bytes[at] === known[at - from]) at += 1
    if (at - from === known.length && bytes[at] === TAB) return at
    const tab = bytes.indexOf(TAB, from)
    const end = tab < 0 || tab > to ? to : tab
    this.#contigBytes = Buffer.from(bytes.subarray(from, end))
    this.#contig = this.#contigBytes.toString('latin1')
    this.#named = this.#rules.sequence?.contig(this.#contig)?.name
    this.#first = -1
    return end
  }

  #isReference(bytes: Buffer, ref: number, length: number, position: number): boolean {
    const start = position - 1
    if (length > BEYOND || this.#named === undefined) return false
    if (this.#first < 0 || start < this.#first || start >= this.#first + WINDOW) this.#look(start)
    const window = this.#window
    const at = start - this.#first
    if (at + length > window.length) return false
    for (let i = 0; i < length; i++) if (window[at + i] !== bytes[ref + i]) return false
    return true
  }

  #look(start: number): void {
    this.#first = Math.floor(start / WINDOW) * WINDOW
    try {
      const bases = this.#rules.sequence!.bases(this.#named!, this.#first, this.#first + WINDOW + BEYOND)
      this.#window = Buffer.from(bases, 'latin1')
    } catch {
      // Some place of it is damaged: whoever asks for that very place is told.
      this.#window = Buffer.alloc(0)
    }
  }

  #begin(bytes: Buffer, from: number, to: number): void {
    this.#start = this.#at
    this.#room(to - from + 64)
    this.#source = bytes
    this.#copied = from
  }

  #copy(to: number): void {
    const from = this.#copied
    this.#room(to - from)
    this.#copied = to
    // A call costs as much as some fifty bytes.
    if (to - from > 48) this.#at += this.#source.copy(this.#slab, this.#at, from, to)
    else for (let i = from; i < to; i++) this.#slab[this.#at++] = this.#source[i]!
  }

  /** The line goes on in another slab where this one has no room: lines before it keep theirs. */
  #room(more: number): void {
    const done = this.#at - this.#start
    if (this.#at + more <= this.#slab.length) return
    const slab = Buffer.allocUnsafeSlow(Math.max(SLAB, 2 * (done + more)))
    this.#slab.copy(slab, 0, this.#start, this.#at)
    this.#slab = slab
    this.#start = 0
    this.#at = done
  }
}

/** The next tab, or `to`: of columns that are short. */
function tabFrom(bytes: Buffer, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== TAB) at += 1
  return at
}
