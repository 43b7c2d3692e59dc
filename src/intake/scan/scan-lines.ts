import { closeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Fault } from '../../terms/fault.ts'
import { textOfFile } from '../bgzf/file-text.ts'
import { openPlaced, type PlacedFile } from '../bgzf/run.ts'
import { TicketDesk } from '../bgzf/ticket.ts'
import { tooLong, wholeLines } from '../whole-lines.ts'
import { type Failure, failureOf, nextRun, type RunDone, type RunFailed } from './run-lines.ts'
import type { LinesResult, LineTask, TaskOrder } from './task.ts'
import { openTask } from './tasks.ts'
import type { WorkerOrder } from './worker.ts'

const LONGEST_LINE = 64 << 20
/** Starting a thread takes as long as reading about this much. */
const WORTH_A_THREAD = 4 << 20
const MOST_THREADS = 8

/** Where the records of a file begin. */
export interface Start {
  /** Byte of the file, the start of a block where it is compressed. */
  readonly offset: number
  /** Bytes of text after it that belong to the header. */
  readonly skip: number
  /** Lines of the header, for the line numbers of faults. */
  readonly lines: number
}

interface ScanOptions {
  /** Threads beside this one; 0 does all the work here. Without it: one per core, none for a small file. */
  readonly threads?: number | undefined
  readonly name?: string
}

/**
 * Does a task on every line of a file and yields the results in the order of the file. Plain text and bgzip are read by
 * several threads, plain gzip by one. Memory does not grow with the file. Every CRC-32 is checked, and the end of the file.
 * Throws the faults of the file and of its lines, the earliest first.
 */
export async function* scanLines<R extends LinesResult>(
  path: string,
  start: Start,
  order: TaskOrder,
  options: ScanOptions = {},
): AsyncGenerator<R> {
  const name = options.name ?? path
  const task = (await openTask(order)) as LineTask<R>
  const file = openPlaced(path, name)
  const stitcher = new Stitcher(name, task, start.lines)
  if (file === undefined) {
    yield* streamed(path, name, start, stitcher)
    return
  }
  try {
    const threads = Math.min(options.threads ?? threadsFor(file), MOST_THREADS)
    const desk = TicketDesk.at(start.offset)
    const runs =
      threads === 0
        ? here<R>(desk, file, task, start.skip)
        : onThreads<R>(threads, desk, { path, name, desk: desk.shared, skip: start.skip, task: order })
    for await (const run of runs) {
      yield* stitcher.take(run)
      desk.used()
    }
    yield* stitcher.finish()
  } finally {
    closeSync(file.fd)
  }
}

function threadsFor(file: PlacedFile): number {
  return file.size < WORTH_A_THREAD ? 0 : availableParallelism()
}

async function* here<R extends LinesResult>(
  desk: TicketDesk,
  file: PlacedFile,
  task: LineTask<R>,
  skip: number,
): AsyncGenerator<RunDone<R> | RunFailed> {
  for (;;) {
    const done = nextRun(desk, file, task, skip)
    if (done === undefined) return
    yield done
  }
}

/** The worker's file: beside this one as source, beside the bundle when bundled. */
function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./worker.ts', import.meta.url)
    : new URL('./scan-worker.js', import.meta.url)
}

/** Runs done by threads, handed on in the order of the file. */
async function* onThreads<R extends LinesResult>(
  threads: number,
  desk: TicketDesk,
  order: WorkerOrder,
): AsyncGenerator<RunDone<R> | RunFailed> {
  const waiting = new Map<number, RunDone<R> | RunFailed>()
  let working = threads
  let defect: unknown
  let wake: () => void = () => {}
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(workerUrl(), { workerData: order })
    worker.on('message', (message: RunDone<R> | RunFailed | 'done') => {
      if (message === 'done') working -= 1
      else if (message.number < 0) defect ??= errorOf((message as RunFailed).failure, order.name, 0)
      else waiting.set(message.number, message)
      wake()
    })
    worker.on('error', (error) => {
      defect ??= error
      wake()
    })
    return worker
  })
  try {
    for (let next = 0; ; next++) {
      while (!waiting.has(next)) {
        if (defect !== undefined) throw defect
        if (working === 0) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const run = waiting.get(next)!
      waiting.delete(next)
      yield run
    }
  } finally {
    desk.stop()
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Puts the lines that lie across two runs together, and counts lines for the faults. */
class Stitcher<R extends LinesResult> {
  readonly #name: string
  readonly #task: LineTask<R>
  #lines: number
  #pieces: Uint8Array[] = []
  #held = 0

  constructor(name: string, task: LineTask<R>, lines: number) {
    this.#name = name
    this.#task = task
    this.#lines = lines
  }

  *take(run: RunDone<R> | RunFailed): Generator<R> {
    if ('failure' in run) throw errorOf(run.failure, this.#name, this.#lines + (this.#held > 0 ? 1 : 0))
    this.#hold(run.head)
    if (!run.whole) return
    yield* this.#stitched()
    if (run.result !== undefined) {
      this.#lines += run.result.lines
      yield run.result
    }
    this.#hold(run.tail)
  }

  *lines(bytes: Buffer, from: number, to: number): Generator<R> {
    const result = this.#done(bytes, from, to)
    this.#lines += result.lines
    yield result
  }

  *finish(): Generator<R> {
    yield* this.#stitched()
  }

  #hold(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.#held += piece.length
    if (this.#held > LONGEST_LINE) throw tooLong(this.#name, `line ${this.#lines + 1}`, LONGEST_LINE)
    this.#pieces.push(piece)
  }

  *#stitched(): Generator<R> {
    if (this.#held === 0) return
    const line = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#held = 0
    yield* this.lines(line, 0, line.length)
  }

  #done(bytes: Buffer, from: number, to: number): R {
    try {
      return this.#task.take(bytes, from, to)
    } catch (error) {
      throw errorOf(failureOf(error), this.#name, this.#lines)
    }
  }
}

function errorOf(failure: Failure, name: string, lines: number): unknown {
  if (failure.kind === 'defect') return new Error(failure.text)
  if (failure.kind === 'fault') {
    const { code, where, what, mend } = failure.fault
    return new Fault(code, where, what, mend)
  }
  const { code, line, field, what, mend } = failure
  const where = `${name}:${lines + line + 1}${field === '' ? '' : `, ${field}`}`
  return new Fault(code, where, what, mend)
}

async function* streamed<R extends LinesResult>(
  path: string,
  name: string,
  start: Start,
  stitcher: Stitcher<R>,
): AsyncGenerator<R> {
  let skip = start.skip
  for await (const { bytes } of wholeLines(textOfFile(path, name), name, LONGEST_LINE)) {
    const from = Math.min(skip, bytes.length)
    skip -= from
    if (from < bytes.length) yield* stitcher.lines(bytes, from, bytes.length)
  }
}
