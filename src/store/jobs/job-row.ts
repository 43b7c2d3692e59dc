import type { Job, JobState } from './jobs.ts'

export interface JobRow {
  readonly job_id: string
  readonly kind: string
  readonly key: string
  readonly payload: Job['payload']
  readonly state: JobState
  readonly attempt: number
  readonly attempts: number
  readonly steps_done: number
  readonly steps: number | null
  readonly progress: string
  readonly fault: NonNullable<Job['fault']> | null
  readonly made_at: string
  readonly changed_at: string
}

/** Columns of a JobRow. */
export const JOB_COLUMNS = `job.job_id, job.kind, job.key, job.payload, job.state, job.attempt, job.attempts,
  job.steps_done, job.steps, job.progress, job.fault, job.made_at, job.changed_at`

export function jobOf(row: JobRow): Job {
  return {
    id: row.job_id,
    kind: row.kind,
    key: row.key,
    payload: row.payload,
    state: row.state,
    attempt: row.attempt,
    attempts: row.attempts,
    progress: { done: row.steps_done, of: row.steps ?? undefined, text: row.progress },
    fault: row.fault ?? undefined,
    madeAt: row.made_at,
    changedAt: row.changed_at,
  }
}
