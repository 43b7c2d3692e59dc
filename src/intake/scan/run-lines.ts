import { Fault } from '../../terms/fault.ts'
import { type PlacedFile, type Run, textOf } from '../bgzf/run.ts'
import type { Ticket, TicketDesk } from '../bgzf/ticket.ts'
import { LineFault, type LinesResult, type LineTask } from './task.ts'

/** One run of a file after its work: what came before its first newline and after its last belongs to neighbours. */
export interface RunDone<R extends LinesResult> {
  readonly number: number
  readonly last: boolean
  /** Up to and with the first newline; all of the text where there is none. Empty in the first run of a scan. */
  readonly head: Uint8Array
  /** After the last newline. */
  readonly tail: Uint8Array
  readonly whole: boolean
  readonly result: R | undefined
}

/** A run that could not be used; it counts when all before it have been used. */
export interface RunFailed {
  readonly number: number
  readonly failure: Failure
}

/** What crosses between threads in place of an error. */
export type Failure =
  | { readonly kind: 'fault'; readonly fault: ReturnType<Fault['toJSON']> }
  | {
      readonly kind: 'line'
      readonly code: string
      readonly line: number
      readonly field: string
      readonly what: string
      readonly mend: string
    }
  | { readonly kind: 'defect'; readonly text: string }

export function failureOf(error: unknown): Failure {
  if (error instanceof Fault) return { kind: 'fault', fault: error.toJSON() }
  if (error instanceof LineFault) {
    const { code, line, field, what, mend } = error
    return { kind: 'line', code, line, field, what, mend }
  }
  return { kind: 'defect', text: (error as Error).stack ?? String(error) }
}

const NEWLINE = 10

/** Takes the next run of the desk and does its work; undefined when there are no more. `skip`: bytes before the first record. */
export function nextRun<R extends LinesResult>(
  desk: TicketDesk,
  file: PlacedFile,
  task: LineTask<R>,
  skip: number,
): RunDone<R> | RunFailed | undefined {
  const ticket = desk.take(file)
  if (ticket === undefined) return undefined
  const { number } = ticket
  if ('fault' in ticket) return { number, failure: failureOf(ticket.fault) }
  try {
    return work(ticket, textOf(file, ticket.run), task, number === 0 ? skip : -1)
  } catch (error) {
    return { number, failure: failureOf(error) }
  }
}

function work<R extends LinesResult>(
  { number, last }: Ticket & { run: Run },
  text: Buffer,
  task: LineTask<R>,
  skip: number,
): RunDone<R> {
  const first = skip >= 0 ? skip : text.indexOf(NEWLINE) + 1
  const end = text.lastIndexOf(NEWLINE) + 1
  const empty = new Uint8Array(0)
  if (skip < 0 && end === 0)
    return { number, last, head: copied(text), tail: empty, whole: false, result: undefined }
  const head = skip >= 0 ? empty : copied(text.subarray(0, first))
  const tail = copied(text.subarray(Math.max(end, first)))
  const result = end > first ? task.take(text, first, end) : undefined
  return { number, last, head, tail, whole: true, result }
}

/** A copy that owns its memory, so that handing it over does not take the text with it. */
function copied(bytes: Uint8Array): Uint8Array {
  return Uint8Array.prototype.slice.call(bytes)
}
