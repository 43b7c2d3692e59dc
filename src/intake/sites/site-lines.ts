import type { LinesResult } from '../scan/task.ts'
import { type Change, LONG } from './allele-key.ts'

/** The sites of some lines, as columns; it travels between threads. */
export interface SiteLines extends LinesResult {
  /** Contigs in the order of the lines, and the first site of each. */
  readonly contigs: readonly { readonly key: string; readonly first: number }[]
  /** Per site: POS of its record, and of the change in its shortest spelling; the code of the change. */
  readonly records: Int32Array
  readonly positions: Int32Array
  readonly codes: Uint16Array
  /** Alleles of the sites with the code LONG, in their order. */
  readonly alleles: readonly string[]
  /** Values: site after site, column after column; text n is texts[ends[n - 1], ends[n]). */
  readonly ends: Uint32Array
  readonly texts: Uint8Array
  /** ALTs that are not bases, and rows without a position. */
  readonly skipped: number
}

/** Sites of some lines while they are collected. */
export class SiteCollector {
  readonly #contigs: { key: string; first: number }[] = []
  readonly #records: number[] = []
  readonly #positions: number[] = []
  readonly #codes: number[] = []
  readonly #alleles: string[] = []
  readonly #values: string[] = []
  skipped = 0

  enter(key: string): void {
    this.#contigs.push({ key, first: this.#records.length })
  }

  /** `position`: that of the record, 1-based. */
  add(position: number, change: Change, bytes: Buffer): void {
    this.#records.push(position)
    this.#positions.push(change.position)
    this.#codes.push(change.code)
    if (change.code === LONG) this.#alleles.push(change.text(bytes))
  }

  /** One for each column of each site, in their order; empty for none. */
  value(text: string): void {
    this.#values.push(text)
  }

  finish(lines: number): SiteLines {
    const values = this.#values
    let length = 0
    const ends = new Uint32Array(values.length)
    for (const [i, value] of values.entries()) {
      length += Buffer.byteLength(value)
      ends[i] = length
    }
    return {
      lines,
      contigs: this.#contigs,
      records: Int32Array.from(this.#records),
      positions: Int32Array.from(this.#positions),
      codes: Uint16Array.from(this.#codes),
      alleles: this.#alleles,
      ends,
      texts: new TextEncoder().encode(values.join('')),
      skipped: this.skipped,
    }
  }
}

export function buffersOf({ records, positions, codes, ends, texts }: SiteLines): ArrayBuffer[] {
  return [records, positions, codes, ends, texts].map((one) => one.buffer as ArrayBuffer)
}
