import { Fault } from '../../terms/fault.ts'
import { wholeLines } from '../whole-lines.ts'

const LONGEST_LINE = 64 << 20
/** Bytes that are handed on together, and room for the line that completes them. */
const ENOUGH = 1 << 16
const RUN = ENOUGH + (1 << 14)

/** What is done with the lines of a VCF, one character a byte, so that bytes that are no ASCII pass unchanged. */
interface VcfLineTaker {
  meta(line: string): void
  /** The "#CHROM" line: the records follow. */
  columns(line: string): void
  record(line: string, number: number): void
  /** Offered before `record`, the line in [from, to) of bytes that are lent: true where there is no more to do with it. */
  bytes?(run: Buffer, from: number, to: number): boolean
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
  for await (const { bytes } of wholeLines(text, name, LONGEST_LINE)) {
    for (let at = 0, end = 0; at < bytes.length; at = end + 1) {
      const newline = bytes.indexOf(10, at)
      end = newline < 0 ? bytes.length : newline
      const stop = end > at && bytes[end - 1] === 13 ? end - 1 : end
      number += 1
      if (started) {
        if (stop === at) continue
        try {
          if (taker.bytes?.(bytes, at, stop) !== true)
            taker.record(bytes.toString('latin1', at, stop), number)
        } catch (error) {
          throw named(error, name)
        }
        const ready = taker.pause()
        if (ready !== undefined) yield ready
        continue
      }
      const line = bytes.toString('latin1', at, stop)
      if (line.startsWith('##')) taker.meta(line)
      else if (line.startsWith('#CHROM\t')) {
        started = true
        taker.columns(line)
      } else throw noHeader(`${name}:${number}`)
    }
  }
  if (!started) throw noHeader(name)
}

/** Header lines with one for PASS, which many files leave out, in the second place as bcftools writes it. */
export function withPass(header: readonly string[]): readonly string[] {
  if (header.length === 0) return header
  const isPass = (line: string): boolean => /^##FILTER=<ID=PASS[,>]/.test(line)
  const pass = header.find(isPass) ?? '##FILTER=<ID=PASS,Description="All filters passed">'
  return [header[0]!, pass, ...header.slice(1).filter((line) => !isPass(line))]
}

/** Lines gathered into runs of bytes. */
export class LineBuffer {
  #bytes = Buffer.allocUnsafeSlow(RUN)
  #size = 0
  /** Whole lines that lie one after another where they were made, not copied yet. */
  #from: Buffer | undefined
  #start = 0
  #end = 0

  push(...lines: readonly string[]): void {
    this.#take()
    for (const line of lines) {
      this.#room(line.length + 1)
      this.#size += this.#bytes.write(line, this.#size, 'latin1')
      this.#bytes[this.#size++] = 10
    }
  }

  /** Lines with their ends, in [from, to): they must stay there until the next drain. */
  pushBytes(lines: Buffer, from: number, to: number): void {
    if (lines !== this.#from || from !== this.#end) {
      this.#take()
      this.#from = lines
      this.#start = from
    }
    this.#end = to
  }

  /** The lines so far, when there are enough of them or `all` are wanted. */
  drain(all = false): Uint8Array | undefined {
    const size = this.#size + this.#end - this.#start
    if (size === 0 || (!all && size < ENOUGH)) return undefined
    this.#take()
    const bytes = this.#bytes.subarray(0, this.#size)
    this.#bytes = Buffer.allocUnsafeSlow(RUN)
    this.#size = 0
    return bytes
  }

  #take(): void {
    const more = this.#end - this.#start
    if (this.#from === undefined || more === 0) return
    this.#room(more)
    this.#size += this.#from.copy(this.#bytes, this.#size, this.#start, this.#end)
    this.#from = undefined
    this.#start = 0
    this.#end = 0
  }

  #room(more: number): void {
    if (this.#size + more <= this.#bytes.length) return
    const wider = Buffer.allocUnsafeSlow(2 * (this.#size + more))
    this.#bytes.copy(wider, 0, 0, this.#size)
    this.#bytes = wider
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
