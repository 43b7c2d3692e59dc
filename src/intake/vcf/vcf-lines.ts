import { Fault } from '../../terms/fault.ts'
import { type Lines, wholeLines } from '../whole-lines.ts'

const LONGEST_LINE = 64 << 20
/** Bytes made a string at once: strings of this size are let go of young, those of a whole run are not. */
const PIECE = 1 << 16

/** What is done with the lines of a VCF, one character a byte, so that bytes that are no ASCII pass unchanged. */
export interface VcfLineTaker {
  meta(line: string): void
  /** The "#CHROM" line: the records follow. */
  columns(line: string): void
  record(line: string, number: number): void
  /** After each run of lines: time to hand on what is ready. */
  pause(): Uint8Array | undefined
}

/** Hands every line of a VCF to `taker`, and on what it makes. Throws VCF_HEADER_MISSING and LINE_TOO_LONG. */
export async function* eachVcfLine(
  name: string,
  text: AsyncIterable<Uint8Array>,
  taker: VcfLineTaker,
): AsyncGenerator<Uint8Array> {
  let number = 0
  let started = false
  for await (const run of piecesOf(wholeLines(text, name, LONGEST_LINE))) {
    let at = 0
    while (at < run.length) {
      const newline = run.indexOf('\n', at)
      const end = newline < 0 ? run.length : newline
      const stop = end > at && run.charCodeAt(end - 1) === 13 ? end - 1 : end
      const line = run.slice(at, stop)
      at = end + 1
      number += 1
      if (started) {
        if (line === '') continue
        try {
          taker.record(line, number)
        } catch (error) {
          throw named(error, name)
        }
        const ready = taker.pause()
        if (ready !== undefined) yield ready
      } else if (line.startsWith('##')) taker.meta(line)
      else if (line.startsWith('#CHROM\t')) {
        started = true
        taker.columns(line)
      } else throw noHeader(`${name}:${number}`)
    }
  }
  if (!started) throw noHeader(name)
}

/** Runs of lines as strings of about PIECE characters, cut at line ends. */
async function* piecesOf(runs: AsyncIterable<Lines>): AsyncGenerator<string> {
  for await (const { bytes } of runs) {
    for (let from = 0; from < bytes.length; ) {
      const newline = from + PIECE < bytes.length ? bytes.indexOf(10, from + PIECE) : -1
      const to = newline < 0 ? bytes.length : newline + 1
      yield bytes.toString('latin1', from, to)
      from = to
    }
  }
}

/** Header lines with one for PASS, which many files leave out. */
export function withPass(header: readonly string[]): readonly string[] {
  if (header.length === 0 || header.some((line) => /^##FILTER=<ID=PASS[,>]/.test(line))) return header
  return [header[0]!, '##FILTER=<ID=PASS,Description="All filters passed">', ...header.slice(1)]
}

/** Lines gathered into runs of bytes. */
export class LineBuffer {
  #parts: string[] = []
  #size = 0

  push(...lines: readonly string[]): void {
    for (const line of lines) {
      this.#parts.push(line)
      this.#size += line.length
    }
  }

  /** The lines so far, when there are enough of them or `all` are wanted. */
  drain(all = false): Uint8Array | undefined {
    if (this.#parts.length === 0 || (!all && this.#size < 1 << 16)) return undefined
    const bytes = Buffer.allocUnsafe(this.#size + this.#parts.length)
    let at = 0
    for (const part of this.#parts) {
      at += bytes.write(part, at, 'latin1')
      bytes[at++] = 10
    }
    this.#parts = []
    this.#size = 0
    return bytes
  }
}

/** A fault of a record, which does not know its file, with the file's name. */
function named(error: unknown, name: string): unknown {
  if (!(error instanceof Fault) || error.where.startsWith(name)) return error
  return new Fault(error.code, `${name}, ${error.where}`, error.what, error.mend)
}

function noHeader(where: string): Fault {
  return new Fault(
    'VCF_HEADER_MISSING',
    where,
    'there is no "#CHROM" line before the records',
    'Send the file with its whole header: "##fileformat", the "##" lines and the "#CHROM" line.',
  )
}
