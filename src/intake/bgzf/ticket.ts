import { notEnded, type PlacedFile, RUN_ROOM, type Run, runAt } from './run.ts'

/** Runs that may be done and not yet used: the bound on memory. */
const WINDOW = 8

const LOCK = 0
const TAKEN = 1
const USED = 2
const STOPPED = 3
const OFFSET_AT = 16

/** One run of a file, numbered in the order of the file. */
export interface Ticket {
  readonly number: number
  readonly run: Run
  /** True when nothing follows. */
  readonly last: boolean
}

/**
 * Hands the runs of a file to threads, in order, each once. The place is shared memory behind a lock; who holds the lock
 * reads the next run and hops from block header to block header, so every thread begins where the one before ended and no
 * block is ever guessed from its looks.
 */
export class TicketDesk {
  readonly shared: SharedArrayBuffer
  readonly #state: Int32Array
  readonly #offset: Float64Array
  /** Holds the compressed bytes of the run at hand; each thread has a desk of its own over the shared place. */
  readonly #room = Buffer.allocUnsafeSlow(RUN_ROOM)

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared
    this.#state = new Int32Array(shared, 0, 4)
    this.#offset = new Float64Array(shared, OFFSET_AT, 1)
  }

  /** A desk that begins at a byte of the file, which must be the start of a block. */
  static at(offset: number): TicketDesk {
    const desk = new TicketDesk(new SharedArrayBuffer(OFFSET_AT + 8))
    desk.#offset[0] = offset
    return desk
  }

  /**
   * The next run, or undefined at the end of the file; its bytes are good until the run after is taken.
   * Waits while too much is done and not used.
   */
  take(file: PlacedFile): Ticket | { readonly number: number; readonly fault: unknown } | undefined {
    const state = this.#state
    for (;;) {
      const used = Atomics.load(state, USED)
      if (Atomics.load(state, STOPPED) !== 0) return undefined
      if (Atomics.load(state, TAKEN) - used < WINDOW) break
      Atomics.wait(state, USED, used)
    }
    while (Atomics.compareExchange(state, LOCK, 0, 1) !== 0) Atomics.wait(state, LOCK, 1)
    try {
      const offset = this.#offset[0]!
      if (offset >= file.size || Atomics.load(state, STOPPED) !== 0) return undefined
      const number = Atomics.add(state, TAKEN, 1)
      try {
        const run = runAt(file, offset, undefined, this.#room)
        const next = offset + run.bytes.length
        this.#offset[0] = next
        if (next >= file.size && !run.endsEmpty) throw notEnded(file)
        return { number, run, last: next >= file.size }
      } catch (fault) {
        this.#offset[0] = Number.POSITIVE_INFINITY
        return { number, fault }
      }
    } finally {
      Atomics.store(state, LOCK, 0)
      Atomics.notify(state, LOCK, 1)
    }
  }

  /** One more run has been used: a thread may take the next. */
  used(): void {
    Atomics.add(this.#state, USED, 1)
    Atomics.notify(this.#state, USED)
  }

  stop(): void {
    Atomics.store(this.#state, STOPPED, 1)
    this.used()
  }
}
