import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Job, Jobs, Lease } from '../../store/jobs/jobs.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'

/** What a handler is told and may tell while it works. */
export interface Work {
  readonly tenant: TenantId
  readonly job: Job
  /** Aborted when the worker stops, or the job was cancelled or taken by another: give up, nothing is lost. */
  readonly signal: AbortSignal
  /** Kept for whoever asks; `text` is a sentence without data about people. */
  progress(done: number, of: number | undefined, text: string): void
  /** This person's data are read or written, for the audit log. Whom the job's payload names need not be told. */
  touch(patient: PatientId): void
}

/**
 * Does the work of one kind of job. It may be done twice, by workers that died in between: the second time must find
 * what the first one did. A Fault ends the job as a dead letter, unless it is the database's, the disk's or that of a subscriber who is away.
 */
export type JobHandler = (work: Work) => Promise<void>
export type JobHandlers = Readonly<Record<string, JobHandler>>

export interface WorkerOptions {
  readonly jobs: Jobs
  readonly tenants: () => readonly TenantId[]
  readonly handlers: JobHandlers
  readonly now: () => Date
  /** One line for the operator, without data about people. */
  readonly log: (line: string) => void
  /** Jobs at the same time. Default 1. */
  readonly atOnce?: number
  /** A worker that says nothing for so long is taken to be dead, ms. Default 30 s. */
  readonly leaseMs?: number
  /** Wait between looks into an empty queue, ms. Default 1 s. */
  readonly idleMs?: number
}

/** Faults that another attempt may not meet. */
const PASSING = /^(DATABASE_|ARCHIVE_DISK|AUDIT_|NOTIFY_UNREACHED)/
/** Shortest time between two reports of progress, ms. */
const REPORT = 250

/** Takes jobs from the queue and does them, until it is stopped. */
export class Worker {
  readonly #options: Required<WorkerOptions>
  readonly #name = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`
  readonly #running = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  #wake: () => void = () => undefined
  #loop: Promise<void> | undefined
  #trouble: string | undefined

  constructor(options: WorkerOptions) {
    this.#options = { atOnce: 1, leaseMs: 30_000, idleMs: 1_000, ...options }
  }

  start(): void {
    this.#loop ??= this.#work()
  }

  /** There is something to do: look now, not at the end of the pause. */
  wake(): void {
    this.#wake()
  }

  /** Takes nothing new, tells handlers to give up, and resolves when none works any more. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('the worker stops'))
    this.#wake()
    await this.#loop
    await Promise.all(this.#running)
  }

  /** Does what is due now and returns how many jobs that were. For a worker that is not started. */
  async drain(): Promise<number> {
    let done = 0
    for (;;) {
      const taken = await this.#take()
      if (taken === 0) return done
      done += taken
      await Promise.all(this.#running)
    }
  }

  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      let taken = 0
      try {
        taken = await this.#take()
        this.#trouble = undefined
      } catch (error) {
        const trouble = codeOf(error)
        // Once, and not at every look.
        if (trouble !== this.#trouble) this.#options.log(`jobs: ${trouble}`)
        this.#trouble = trouble
      }
      if (this.#running.size >= this.#options.atOnce) await Promise.race(this.#running)
      else if (taken === 0) await this.#pause()
    }
  }

  async #take(): Promise<number> {
    const { jobs, tenants, handlers, leaseMs, atOnce, now } = this.#options
    let taken = 0
    for (const tenant of tenants()) {
      const most = atOnce - this.#running.size
      if (most <= 0 || this.#stop.signal.aborted) break
      const leases = await jobs.claim(
        tenant,
        Object.keys(handlers),
        this.#name,
        leaseMs,
        most,
        now().toISOString(),
      )
      for (const lease of leases) {
        const running: Promise<void> = this.#do(tenant, lease).finally(() => this.#running.delete(running))
        this.#running.add(running)
      }
      taken += leases.length
    }
    return taken
  }

  async #do(tenant: TenantId, lease: Lease): Promise<void> {
    const { handlers, leaseMs, log } = this.#options
    const lost = new AbortController()
    const signal = AbortSignal.any([lost.signal, this.#stop.signal])
    const at = () => this.#options.now().toISOString()
    let progress = lease.progress
    let reported = Number.NEGATIVE_INFINITY
    let reporting: Promise<void> = Promise.resolve()
    const report = () => {
      reported = performance.now()
      reporting = reporting
        .then(() => lease.report(progress, at()))
        // A database that is away for a moment shows at the end of the work, if it is still away then.
        .catch((error) => (codeOf(error) === 'JOB_LOST' ? lost.abort(error) : undefined))
    }
    const heart = setInterval(report, leaseMs / 3)
    try {
      await handlers[lease.kind]!({
        tenant,
        job: lease,
        signal,
        touch: () => undefined,
        progress(done, of, text) {
          progress = { done, of, text }
          if (performance.now() - reported > REPORT) report()
        },
      })
      clearInterval(heart)
      await reporting
      if (lost.signal.aborted) return
      await lease.report(progress, at())
      await lease.complete(at())
    } catch (error) {
      clearInterval(heart)
      await reporting
      if (lost.signal.aborted) return
      if (!this.#stop.signal.aborted) log(`job ${lease.id} (${lease.kind}): ${codeOf(error)}`)
      await this.#settle(lease, error, at()).catch((failed) => log(`job ${lease.id}: ${codeOf(failed)}`))
    } finally {
      clearInterval(heart)
    }
  }

  async #settle(lease: Lease, error: unknown, at: string): Promise<void> {
    if (this.#stop.signal.aborted) return lease.release(at)
    if (error instanceof Fault) {
      const { code, what, mend } = error
      const isPassing = PASSING.test(code)
      return isPassing ? lease.fail({ code, what, mend }, at) : lease.refuse({ code, what, mend }, at)
    }
    // The message of a bug may quote what it stumbled over.
    const what = 'something went wrong inside Garrod'
    return lease.fail(
      { code: 'INTERNAL', what, mend: 'Report it with the lines of the log about this job.' },
      at,
    )
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      // Connections keep the process alive, not this pause: a store that was closed under a worker ends both.
      const timer = setTimeout(resolve, this.#options.idleMs).unref()
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.#stop.signal.aborted) this.#wake()
    })
  }
}

/** A fault by its code; a bug by its kind and place, without its message. */
function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code
  if (!(error instanceof Error)) return 'thrown value'
  const frame = (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line)) ?? ''
  return `${error.name}${frame.replace(/^\s+/, ' ')}`
}
