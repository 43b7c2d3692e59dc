import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../../decide/plan.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Job } from '../../store/jobs/jobs.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { jobHandlers } from '../job-handlers.ts'
import { changedAdvice } from '../jobs/advice-change.ts'
import { ENDED, type Interpreter, REINTERPRET } from '../jobs/reinterpret-job.ts'
import { Worker } from '../jobs/worker.ts'

/** What a new plan says against the one before. */
export interface Reinterpreted {
  readonly patient: PatientId
  readonly outcome: 'first' | 'changed' | 'unchanged' | 'gone' | 'failed'
  /** Drugs whose advice is another, by name. */
  readonly drugs: readonly string[]
  readonly fault: Job['fault']
}

/**
 * Makes a new plan for everybody, in jobs that other workers may share, and tells of each person whether the advice
 * changed. What this process does not finish, another worker does.
 */
export async function reinterpretEveryone(
  services: Interpreter & { readonly facts: Facts },
  tenant: TenantId,
  told: (done: number, of: number) => void,
  log: (line: string) => void,
): Promise<readonly Reinterpreted[]> {
  const { store, now } = services
  const people = await everyone(services, tenant)
  const jobs = await store.jobs.enqueue(
    tenant,
    people.map((patient) => ({ kind: REINTERPRET, key: patient, payload: { patient } })),
    now().toISOString(),
  )
  const { [REINTERPRET]: handler } = jobHandlers(services)
  let done = 0
  const worker = new Worker({
    jobs: store.jobs,
    tenants: () => [tenant],
    handlers: {
      [REINTERPRET]: async (work) => {
        await handler!(work)
        done += 1
        told(done, jobs.length)
      },
    },
    now,
    log,
    atOnce: 4,
  })
  await worker.drain()
  const results: Reinterpreted[] = []
  for (const [i, { id }] of jobs.entries()) {
    results.push(await resultOf(services, tenant, people[i]!, await ended(services, tenant, id, worker)))
  }
  return results
}

async function everyone({ store }: Interpreter, tenant: TenantId): Promise<readonly PatientId[]> {
  const people: PatientId[] = []
  let after: PatientId | undefined
  do {
    const page = await store.patients.list(tenant, { limit: 1000, ...(after === undefined ? {} : { after }) })
    people.push(...page.patients.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return people
}

/** The job when nobody works on it any more: another worker may have taken it, or it waits for its next attempt. */
async function ended({ store }: Interpreter, tenant: TenantId, id: string, worker: Worker): Promise<Job> {
  for (;;) {
    const job = (await store.jobs.get(tenant, id))!
    if (job.state !== 'waiting' && job.state !== 'running') return job
    await sleep(200)
    await worker.drain()
  }
}

async function resultOf(
  { store }: Interpreter,
  tenant: TenantId,
  patient: PatientId,
  job: Job,
): Promise<Reinterpreted> {
  if (job.state !== 'done') return { patient, outcome: 'failed', drugs: [], fault: job.fault }
  const { text } = job.progress
  const told = { patient, drugs: [], fault: undefined }
  if (text === ENDED.gone) return { ...told, outcome: 'gone' }
  if (text === ENDED.first) return { ...told, outcome: 'first' }
  if (text !== ENDED.changed) return { ...told, outcome: 'unchanged' }
  const key = { tenant, patient }
  const [newest, before] = await store.plans.list(key)
  const plans = await Promise.all([before, newest].map((head) => head && store.plans.get(key, head.version)))
  const [old, now] = plans.map((plan) => plan && (JSON.parse(plan.json) as Plan))
  return { ...told, outcome: 'changed', drugs: old && now ? changedAdvice(old, now) : [] }
}
