import type { Plan } from '../../decide/plan.ts'
import type { PackRef } from '../../terms/evidence.ts'
import { patientId } from '../../terms/ids.ts'
import { keepIssued } from '../http/issued-plan.ts'
import type { Services } from '../http/services.ts'
import { changedAdvice } from './advice-change.ts'
import type { JobHandler } from './worker.ts'

export const REINTERPRET = 'reinterpret'
export const REINTERPRET_ALL = 'reinterpret-all'

/** How a re-interpretation ended, as its job says it. */
export const ENDED = {
  first: 'first plan',
  changed: 'advice changed',
  unchanged: 'advice unchanged',
  gone: 'person removed',
} as const

export type Interpreter = Pick<Services, 'store' | 'interpret' | 'now'>

/** Makes a new plan for one person under the facts in force, and says whether the advice is another than in the last. */
export function reinterpretJob(services: Interpreter): JobHandler {
  return async ({ tenant, job, progress }) => {
    const key = { tenant, patient: patientId(String(job.payload['patient'])) }
    const found = await services.store.records.get(key)
    if (found === undefined) return progress(1, 1, ENDED.gone)
    const last = await services.store.plans.get(key)
    const answer = services.interpret(found.record, 'all')
    await keepIssued(services, key, found.version, answer, REINTERPRET)
    if (last === undefined) return progress(1, 1, ENDED.first)
    const changed = changedAdvice(JSON.parse(last.json) as Plan, answer.plan)
    progress(1, 1, changed.length > 0 ? ENDED.changed : ENDED.unchanged)
  }
}

/** Enqueues a re-interpretation for everybody whose newest plan rests on other facts or on an older record. */
export function reinterpretAllJob(services: Interpreter, factsInForce: () => readonly PackRef[]): JobHandler {
  const { store, now } = services
  return async ({ tenant, signal, progress }) => {
    let after: ReturnType<typeof patientId> | undefined
    let done = 0
    let outdated = 0
    do {
      signal.throwIfAborted()
      const page = await store.patients.list(tenant, {
        limit: 200,
        ...(after === undefined ? {} : { after }),
      })
      for (const { id, version } of page.patients) {
        const [head] = await store.plans.list({ tenant, patient: id })
        if (head === undefined || isCurrent(head, version, factsInForce())) continue
        outdated += 1
        await store.jobs.enqueue(
          tenant,
          [{ kind: REINTERPRET, key: id, payload: { patient: id } }],
          now().toISOString(),
        )
      }
      done += page.patients.length
      progress(done, page.total, `${outdated} plans rest on what changed`)
      after = page.next
    } while (after !== undefined)
  }
}

/** A plan names the packs it used: each must be in force in the same version. */
function isCurrent(
  head: { readonly facts: readonly PackRef[]; readonly recordVersion: number },
  version: number,
  inForce: readonly PackRef[],
): boolean {
  const versions = new Map(inForce.map((one) => [one.id, one.version]))
  return head.recordVersion === version && head.facts.every((one) => versions.get(one.id) === one.version)
}
