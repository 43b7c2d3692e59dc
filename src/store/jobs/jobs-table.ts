import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { isDuplicate } from '../database/database-fault.ts'
import type { Database, Queries } from '../database/query.ts'
import { JobCompletions } from './job-completions.ts'
import { later, leaseOf } from './job-lease.ts'
import { JOB_COLUMNS, type JobRow, jobOf } from './job-row.ts'
import type { Job, JobState, Jobs, NewJob } from './jobs.ts'

const ATTEMPTS = 5
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function jobsIn(database: Database): Jobs {
  const completions = new JobCompletions(database)
  return {
    enqueue: (tenant, jobs, at) => enqueueJobs(database, tenant, jobs, at),
    async claim(tenant, kinds, worker, leaseMs, most, at) {
      // Materialized: joined in another way, the subquery would run again and take more than was asked for.
      const rows = await database.rows<JobRow>(
        `with taken as materialized (
           select job_id from job
           where tenant_id = $1 and kind = any($2) and live and due_at <= $5 and attempt < attempts
           order by due_at, made_at limit $6 for update skip locked)
         update job set state = 'running', attempt = attempt + 1, worker = $3, due_at = $4, changed_at = $5
         from taken where job.tenant_id = $1 and job.job_id = taken.job_id
         returning ${JOB_COLUMNS}`,
        [tenant, kinds, worker, later(at, leaseMs), at, most],
      )
      if (rows.length < most) await buryLost(database, tenant, kinds, at)
      return rows
        .sort((a, b) => (a.made_at < b.made_at ? -1 : 1))
        .map((row) => leaseOf(database, completions, { tenant, worker, leaseMs }, row))
    },
    get: (tenant, id) => readJob(database, tenant, id),
    async list(tenant, state, most) {
      const rows = await database.rows<JobRow>(
        `select ${JOB_COLUMNS} from job where tenant_id = $1 and ($2::text is null or state = $2)
         order by changed_at desc, job_id limit $3`,
        [tenant, state, most],
      )
      return rows.map(jobOf)
    },
    async retry(tenant, id, at) {
      try {
        await move(database, tenant, id, ['dead', 'cancelled'], 'retried', {
          set: `state = 'waiting', live = true, attempt = 0, due_at = $4, changed_at = $4`,
          values: [at],
        })
      } catch (error) {
        if (!isDuplicate(error, 'job_tenant_id_kind_key_live_key')) throw error
        throw new Fault(
          'JOB_KEY_TAKEN',
          `job ${id}`,
          'a newer job for the same work is in the queue',
          'Leave this one: the newer one does what it would.',
        )
      }
    },
    cancel: (tenant, id, at) =>
      move(database, tenant, id, ['waiting', 'running'], 'cancelled', {
        set: `state = 'cancelled', live = null, worker = null, changed_at = $4`,
        values: [at],
      }),
    prune: (tenant, before) =>
      database.run(
        `delete from job where tenant_id = $1 and changed_at < $2 and state in ('done', 'cancelled')`,
        [tenant, before],
      ),
  }
}

/** See `Jobs.enqueue`; in the transaction of `queries`. Answers in the order of `jobs`. */
export async function enqueueJobs(
  queries: Queries,
  tenant: TenantId,
  jobs: readonly NewJob[],
  at: string,
): Promise<readonly Job[]> {
  const known = new Map<string, Job>()
  for (;;) {
    // A job that was live at the insert may be done at the look: then this one is a new one after all.
    const left = jobs.filter((job) => !known.has(nameOf(job)))
    if (left.length === 0) return jobs.map((job) => known.get(nameOf(job))!)
    await insertMissing(queries, tenant, left, at)
    const rows = await queries.rows<JobRow>(
      `select ${JOB_COLUMNS} from job
       where tenant_id = $1 and live and (kind, key) in (select * from unnest($2::text[], $3::text[]))`,
      [tenant, left.map(({ kind }) => kind), left.map(({ key }) => key)],
    )
    for (const row of rows) known.set(nameOf(row), jobOf(row))
  }
}

function nameOf({ kind, key }: Pick<NewJob, 'kind' | 'key'>): string {
  return JSON.stringify([kind, key])
}

async function insertMissing(
  queries: Queries,
  tenant: TenantId,
  jobs: readonly NewJob[],
  at: string,
): Promise<void> {
  await queries.run(
    `insert into job (tenant_id, kind, key, payload, state, live, due_at, attempts, made_at, changed_at)
     select $1, kind, key, payload::jsonb, 'waiting', true, due_at, attempts, $2, $2
     from unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::integer[])
       as w (kind, key, payload, due_at, attempts)
     on conflict (tenant_id, kind, key, live) do nothing`,
    [
      tenant,
      at,
      jobs.map(({ kind }) => kind),
      jobs.map(({ key }) => key),
      jobs.map(({ payload }) => JSON.stringify(payload)),
      jobs.map(({ notBefore = at }) => notBefore),
      jobs.map(({ attempts = ATTEMPTS }) => attempts),
    ],
  )
}

async function readJob(queries: Queries, tenant: TenantId, id: string): Promise<Job | undefined> {
  if (!ID.test(id)) return undefined
  const row = await queries.first<JobRow>(
    `select ${JOB_COLUMNS} from job where tenant_id = $1 and job_id = $2`,
    [tenant, id],
  )
  return row && jobOf(row)
}

/** A job whose worker died in its last attempt, perhaps of it, is not tried for ever. */
async function buryLost(
  queries: Queries,
  tenant: TenantId,
  kinds: readonly string[],
  at: string,
): Promise<void> {
  await queries.run(
    `update job set state = 'dead', live = null, worker = null, changed_at = $3, fault = $4
     where tenant_id = $1 and job_id in (
       select job_id from job where tenant_id = $1 and kind = any($2) and live and due_at <= $3
         and state = 'running' and attempt >= attempts order by job_id for update skip locked)`,
    [
      tenant,
      kinds,
      at,
      {
        code: 'JOB_WORKER_LOST',
        what: 'every worker that took this job stopped without a word',
        mend: 'Look whether it needs more memory or disk than there is, then retry it.',
      },
    ],
  )
}

async function move(
  database: Database,
  tenant: TenantId,
  id: string,
  from: readonly JobState[],
  verb: string,
  change: { readonly set: string; readonly values: readonly unknown[] },
): Promise<void> {
  const job = await readJob(database, tenant, id)
  if (job === undefined) {
    throw new Fault('JOB_UNKNOWN', 'job', 'there is no such job', 'See "garrod jobs list".')
  }
  const changed = await database.run(
    `update job set ${change.set} where tenant_id = $1 and job_id = $2 and state = any($3)`,
    [tenant, id, from, ...change.values],
  )
  if (changed > 0) return
  throw new Fault(
    'JOB_STATE',
    `job ${id}`,
    `a job that is ${job.state} cannot be ${verb}`,
    `Only one that is ${from.join(' or ')} can.`,
  )
}
