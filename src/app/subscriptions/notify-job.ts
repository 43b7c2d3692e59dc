import type { SearchIndex } from '../../fhir/search/search-index.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import { project } from '../../safeguard/access/projection.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'
import { accessOf } from '../access/access-of.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { Services } from '../http/services.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { type MayNotify, restHook } from './subscription.ts'
import { type SubscriptionState, tellState } from './subscription-state.ts'

/** Longest wait for a subscriber, ms. */
const PATIENCE = 10_000

/**
 * Tells one subscriber of one version of a resource, if it is what was subscribed to and the one who subscribed may see it now.
 * Fails, and is tried again, when the subscriber does not take it. The Subscription tells how the last one went.
 */
export function notifyJob(
  services: Pick<Services, 'store' | 'facts' | 'site' | 'now' | 'audit'>,
  index: SearchIndex,
  base: string,
  allows: MayNotify,
): JobHandler {
  const { store, now } = services
  const writes = resourceWrites(services.facts)
  return async ({ tenant, job }) => {
    const { subscription, type, id, version } = job.payload as {
      subscription: string
      type: string
      id: string
      version: number
    }
    const kept = await store.resources.read(tenant, { type: 'Subscription', id: subscription }, UNRESTRICTED)
    const caller = (await store.subscriptionOwners.get(tenant, subscription)) as Caller | undefined
    if (kept?.json === undefined || caller === undefined) return
    const resource = JSON.parse(kept.json) as Resource
    const end = resource['end']
    const at = now().toISOString()
    if (resource['status'] === 'off') return
    const tell = (state: SubscriptionState) =>
      tellState({ resources: store.resources, writes, at: now().toISOString() }, tenant, kept, state)
    if (typeof end === 'string' && Date.parse(end) <= now().getTime()) return tell({ status: 'off' })
    const telling = async <T>(work: () => T | Promise<T>): Promise<T> => {
      try {
        return await work()
      } catch (error) {
        await tell({ status: 'error', error: error instanceof Fault ? error.what : 'it could not be sent' })
        throw error
      }
    }
    const hook = await telling(() => restHook(resource, { index, base, now: now().getTime(), allows }))
    const decision = accessOf(services.facts, services.site).authorize(
      caller,
      { action: 'search', kind: type },
      at,
    )
    if (!decision.allow) return
    const found = await store.resources.search(tenant, {
      type,
      criteria: [...hook.criteria, { kind: 'id', values: [id] }],
      sort: [],
      count: 1,
      after: undefined,
      total: false,
      within: decision.restriction,
    })
    const [match] = found.resources
    // Changed again in the meantime: another job tells of it.
    if (match?.json === undefined || match.version !== version) return
    const body =
      hook.payload === undefined
        ? undefined
        : resourceText(project(readResourceText(match.json) as Resource, decision.projection(type)))
    await services.audit.record(tenant, {
      at,
      action: 'E',
      kind: 'subscription',
      interaction: 'notify',
      outcome: 'success',
      who: { id: caller.id, roles: caller.roles },
      purpose: caller.purpose,
      patients: match.compartment === '' ? [] : [match.compartment],
      what: [`${type}/${id}`, `Subscription/${subscription}`],
      count: 1,
    })
    const url = body === undefined ? hook.endpoint : `${hook.endpoint}/${type}/${id}`
    const headers: [string, string][] = hook.headers.map(([name, value]) => [name, value])
    if (hook.payload !== undefined) headers.push(['content-type', hook.payload])
    const method = body === undefined ? 'POST' : 'PUT'
    await telling(() => send(url, { method, headers, ...(body === undefined ? {} : { body }) }))
    await tell({ status: 'active' })
  }
}

/** Throws NOTIFY_REFUSED for a subscriber that says no, NOTIFY_UNREACHED for one that may take it later. */
async function send(url: string, request: RequestInit): Promise<void> {
  let status: number
  try {
    const answer = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) })
    status = answer.status
    await answer.body?.cancel()
  } catch {
    throw unreached('the subscriber could not be reached')
  }
  if (status >= 200 && status < 300) return
  // A server in trouble is tried again; one that says no is not.
  if (status >= 500 || status === 429) throw unreached(`the subscriber answered with status ${status}`)
  throw new Fault(
    'NOTIFY_REFUSED',
    'subscriber',
    `the subscriber answered with status ${status}`,
    'Correct the endpoint or the headers of the Subscription, then "garrod jobs retry".',
  )
}

function unreached(what: string): Fault {
  return new Fault(
    'NOTIFY_UNREACHED',
    'subscriber',
    what,
    'It is tried again. Look whether the endpoint of the Subscription answers.',
  )
}
