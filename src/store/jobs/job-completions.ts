import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'

interface Completion {
  readonly tenant: TenantId
  readonly worker: string
  readonly id: string
  readonly attempt: number
  readonly at: string
  readonly resolve: (held: boolean) => void
  readonly reject: (error: unknown) => void
}

/**
 * Marks jobs as done, those that end together in one statement: a commit each would wait for the disk each.
 * Answers whether the worker still held the job.
 */
export class JobCompletions {
  readonly #queries: Queries
  #waiting: Completion[] = []
  #writing = false

  constructor(queries: Queries) {
    this.#queries = queries
  }

  done(one: Pick<Completion, 'tenant' | 'worker' | 'id' | 'attempt' | 'at'>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...one, resolve, reject })
      if (!this.#writing) void this.#write()
    })
  }

  async #write(): Promise<void> {
    this.#writing = true
    // What ends in this turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const all = this.#waiting
      this.#waiting = []
      try {
        const rows = await this.#queries.rows<{ job_id: string; attempt: number }>(
          `update job set state = 'done', live = null, worker = null, fault = null,
             steps_done = coalesce(steps, steps_done), changed_at = w.at
           from unnest($1::text[], $2::uuid[], $3::text[], $4::integer[], $5::timestamptz[])
             as w (tenant_id, job_id, worker, attempt, at)
           where job.tenant_id = w.tenant_id and job.job_id = w.job_id and job.state = 'running'
             and job.worker = w.worker and job.attempt = w.attempt
           returning job.job_id, job.attempt`,
          [
            all.map(({ tenant }) => tenant),
            all.map(({ id }) => id),
            all.map(({ worker }) => worker),
            all.map(({ attempt }) => attempt),
            all.map(({ at }) => at),
          ],
        )
        const held = new Set(rows.map(({ job_id, attempt }) => `${job_id} ${attempt}`))
        for (const { id, attempt, resolve } of all) resolve(held.has(`${id} ${attempt}`))
      } catch (error) {
        for (const { reject } of all) reject(error)
      }
    }
    this.#writing = false
  }
}
