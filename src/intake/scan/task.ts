/** What a task makes of some lines. It travels between threads, so it is plain data. */
export interface LinesResult {
  /** How many lines were seen. */
  readonly lines: number
}

/** Work on whole lines that needs nothing of the lines before: it runs on any thread, on any part of a file. */
export interface LineTask<R extends LinesResult> {
  /** bytes[from, to) are whole lines; only the last line of a file may lack its newline. Throws LineFault. */
  take(bytes: Buffer, from: number, to: number): R
  /** The buffers of a result that may be handed over instead of copied. */
  transfer(result: R): ArrayBuffer[]
}

/** A line that cannot be used, counted from 0 in the lines that the task was given. */
export class LineFault extends Error {
  readonly code: string
  readonly line: number
  readonly field: string
  readonly what: string
  readonly mend: string

  constructor(code: string, line: number, field: string, what: string, mend: string) {
    super(what)
    this.code = code
    this.line = line
    this.field = field
    this.what = what
    this.mend = mend
  }
}

/** Which task, and its options as plain data. */
export interface TaskOrder {
  readonly kind: string
  readonly options: unknown
}
