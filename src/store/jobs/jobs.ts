import type { TenantId } from '../../terms/ids.ts'

/** Work to be done later, by any worker. The payload holds ids and choices, never names, genotypes or drugs. */
export interface NewJob {
  /** "ingest", "reinterpret", "export", "notify", … */
  readonly kind: string
  /** Two jobs of one kind with the same key are one job, until it is done. */
  readonly key: string
  readonly payload: Readonly<Record<string, unknown>>
  /** ISO 8601 instant before which it must not start. */
  readonly notBefore?: string
  /** After so many failures it is a dead letter. Default 5. */
  readonly attempts?: number
}

export type JobState = 'waiting' | 'running' | 'done' | 'dead' | 'cancelled'

export interface Job {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly state: JobState
  readonly attempt: number
  readonly attempts: number
  /** Steps done of steps known, and a sentence without data about people. */
  readonly progress: { readonly done: number; readonly of: number | undefined; readonly text: string }
  /** Fault of the last failure. */
  readonly fault: { readonly code: string; readonly what: string; readonly mend: string } | undefined
  readonly madeAt: string
  readonly changedAt: string
}

/** A job that this worker holds until the lease ends. */
export interface Lease extends Job {
  /** Prolongs the lease and shows progress. Throws JOB_LOST when another worker has it by now, or it was cancelled. */
  report(progress: Job['progress'], at: string): Promise<void>
  complete(at: string): Promise<void>
  /** Tried again later, after 2^attempt seconds, or dead when the attempts are used up. */
  fail(fault: Job['fault'], at: string): Promise<void>
  /** Dead at once: trying again cannot help. */
  refuse(fault: Job['fault'], at: string): Promise<void>
  /** Back to the queue as if it had not been taken: the worker is told to stop. */
  release(at: string): Promise<void>
}

/** A durable queue in the store: what was enqueued survives every crash and is done at least once. */
export interface Jobs {
  enqueue(tenant: TenantId, jobs: readonly NewJob[], at: string): Promise<readonly Job[]>
  /** Takes up to `most` jobs that are due, or whose worker let the lease run out. */
  claim(
    tenant: TenantId,
    kinds: readonly string[],
    worker: string,
    leaseMs: number,
    most: number,
    at: string,
  ): Promise<readonly Lease[]>
  get(tenant: TenantId, id: string): Promise<Job | undefined>
  /** Newest change first. */
  list(tenant: TenantId, state: JobState | undefined, most: number): Promise<readonly Job[]>
  /** A dead or cancelled job back to the queue. Throws JOB_UNKNOWN; JOB_STATE for others; JOB_KEY_TAKEN. */
  retry(tenant: TenantId, id: string, at: string): Promise<void>
  /** A waiting or running job; whoever runs it is told at the next report. Throws JOB_UNKNOWN, JOB_STATE. */
  cancel(tenant: TenantId, id: string, at: string): Promise<void>
  /** Forgets what was done or cancelled before that instant. Dead letters stay. Returns how many. */
  prune(tenant: TenantId, before: string): Promise<number>
}
