import { closeSync } from 'node:fs'
import { textOfFile } from '../../bgzf/file-text.ts'
import { openPlaced, type PlacedFile, runAt, textOf } from '../../bgzf/run.ts'
import type { Start } from '../../scan/scan-lines.ts'
import { headerMissing } from '../header.ts'

/** The header of a variant file as text, and where its records begin. */
export interface FileHeader {
  /** Lines of the header without line ends; the "#CHROM" line is the last. */
  readonly lines: readonly string[]
  readonly samples: readonly string[]
  readonly start: Start
}

const NEWLINE = 10
const LONGEST_HEADER = 256 << 20
/** Bytes of the file read at a time: most headers lie in one block. */
const PIECE = 1 << 14

/** Reads the header and no more than the blocks it lies in. Throws VCF_HEADER_MISSING and the faults of the file. */
export async function readFileHeader(path: string, name: string): Promise<FileHeader> {
  const collector = new Collector(name)
  const file = openPlaced(path, name)
  if (file === undefined) {
    for await (const text of textOfFile(path, name)) {
      const done = collector.take(Buffer.from(text.buffer, text.byteOffset, text.length), 0)
      if (done !== undefined) return { ...done, start: { ...done.start, offset: 0, skip: done.total } }
    }
    throw collector.missing()
  }
  try {
    for (let offset = 0; offset < file.size; ) {
      const { text, next } = textAt(file, offset)
      const done = collector.take(text, offset)
      if (done !== undefined) return done
      offset = next
    }
    throw collector.missing()
  } finally {
    closeSync(file.fd)
  }
}

function textAt(file: PlacedFile, offset: number): { text: Buffer; next: number } {
  const run = runAt(file, offset, PIECE)
  return { text: textOf(file, run), next: offset + run.bytes.length }
}

class Collector {
  readonly #name: string
  readonly #lines: string[] = []
  #held = ''
  #total = 0

  constructor(name: string) {
    this.#name = name
  }

  missing() {
    return headerMissing(this.#name, 'the file ends before the "#CHROM" line')
  }

  /** Takes the next text of the file, which begins at `offset` of it; done when the "#CHROM" line is whole. */
  take(text: Buffer, offset: number): (FileHeader & { readonly total: number }) | undefined {
    let from = 0
    for (;;) {
      const newline = text.indexOf(NEWLINE, from)
      const end = newline < 0 ? text.length : newline
      this.#held += text.toString('utf8', from, end)
      this.#total += end - from
      if (this.#total > LONGEST_HEADER) throw headerMissing(this.#name, 'the header has no end')
      if (newline < 0) return undefined
      this.#total += 1
      from = newline + 1
      const line = this.#held.replace(/\r$/, '').replace(/^\ufeff/, '')
      this.#held = ''
      if (line === '') continue
      if (!line.startsWith('#'))
        throw headerMissing(
          `${this.#name}:${this.#lines.length + 1}`,
          this.#lines.length === 0
            ? 'the first line is not "##fileformat=VCFv4.x"'
            : 'a data line comes before the "#CHROM" line',
        )
      this.#lines.push(line)
      if (this.#lines.length === 1 && !/^##fileformat=VCFv4\.[0-5]\s*$/i.test(line))
        throw headerMissing(this.#name, 'the first line is not "##fileformat=VCFv4.x"')
      if (!line.startsWith('##')) {
        const samples = line.split('\t').slice(9)
        const start = { offset, skip: from, lines: this.#lines.length }
        return { lines: this.#lines, samples, start, total: this.#total }
      }
    }
  }
}
