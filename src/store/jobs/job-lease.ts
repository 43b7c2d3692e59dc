import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { JobCompletions } from './job-completions.ts'
import { type JobRow, jobOf } from './job-row.ts'
import type { Job, Lease } from './jobs.ts'

/** Longest wait before another attempt, s. */
const LONGEST_WAIT = 3600

/** Who holds a job: a worker that claimed it in this attempt, and not one whose lease ran out since. */
interface Holder {
  readonly tenant: TenantId
  readonly worker: string
  readonly leaseMs: number
}

export function leaseOf(
  queries: Queries,
  completions: JobCompletions,
  { tenant, worker, leaseMs }: Holder,
  row: JobRow,
): Lease {
  /** Changes the row as long as this worker holds it in this attempt. Throws JOB_LOST. */
  const change = async (set: string, values: readonly unknown[]) => {
    const changed = await queries.run(
      `update job set ${set} where tenant_id = $1 and job_id = $2 and state = 'running' and worker = $3 and attempt = $4`,
      [tenant, row.job_id, worker, row.attempt, ...values],
    )
    if (changed === 0) throw lost(row)
  }
  const bury = (fault: Job['fault'], at: string) =>
    change(`state = 'dead', live = null, worker = null, fault = $5, changed_at = $6`, [fault ?? null, at])
  return {
    ...jobOf(row),
    report: ({ done, of, text }, at) =>
      change(`steps_done = $5, steps = $6, progress = $7, due_at = $8, changed_at = $9`, [
        done,
        of,
        text,
        later(at, leaseMs),
        at,
      ]),
    async complete(at) {
      const held = await completions.done({ tenant, worker, id: row.job_id, attempt: row.attempt, at })
      if (!held) throw lost(row)
    },
    fail: (fault, at) => {
      if (row.attempt >= row.attempts) return bury(fault, at)
      const wait = Math.min(2 ** row.attempt, LONGEST_WAIT) * 1000
      return change(`state = 'waiting', worker = null, fault = $5, due_at = $6, changed_at = $7`, [
        fault ?? null,
        later(at, wait),
        at,
      ])
    },
    refuse: bury,
    release: (at) =>
      change(`state = 'waiting', worker = null, attempt = attempt - 1, due_at = $5, changed_at = $5`, [at]),
  }
}

export function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString()
}

function lost({ kind, job_id }: JobRow): Fault {
  return new Fault(
    'JOB_LOST',
    `job ${job_id} (${kind})`,
    'the job was cancelled, or its lease ran out and another worker has it',
    'Stop working on it: what it does is done elsewhere, or not wanted any more.',
  )
}
