import { createHash } from 'node:crypto'
import type { Criterion } from '../../record/resource-query.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { NewJob } from '../../store/jobs/jobs.ts'
import type { ResourceChange } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import type { TenantId } from '../../terms/ids.ts'

export const NOTIFY = 'notify'

/** Where the last notification failed (error), the next one is tried all the same. */
const ACTIVE: readonly Criterion[] = [
  {
    kind: 'token',
    param: 'status',
    not: false,
    values: ['active', 'requested', 'error'].map((code) => ({ system: undefined, code })),
  },
]

/**
 * Jobs for the subscriptions that a change may concern, one for each and for each version: whether it does, and whether the
 * subscriber may see it, is asked when it is sent.
 */
export async function notificationsOf(
  store: Pick<Store, 'resources'>,
  tenant: TenantId,
  changes: readonly ResourceChange[],
): Promise<readonly NewJob[]> {
  const told = changes.filter(
    ({ action, type }) => (action === 'created' || action === 'updated') && type !== 'Subscription',
  )
  if (told.length === 0) return []
  const types = new Set(told.map((one) => one.type))
  const jobs: NewJob[] = []
  const query = {
    type: 'Subscription',
    criteria: ACTIVE,
    sort: [],
    count: 200,
    total: false,
    within: UNRESTRICTED,
  }
  let after: string | undefined
  do {
    const page = await store.resources.search(tenant, { ...query, after })
    after = page.next
    for (const { id, json } of page.resources) {
      if (json === undefined) continue
      const { criteria = '' } = JSON.parse(json) as { criteria?: string }
      const type = criteria.split('?', 1)[0]!
      if (!types.has(type)) continue
      for (const change of told.filter((one) => one.type === type)) {
        const name = `${id}/${change.type}/${change.id}/${change.version}`
        jobs.push({
          kind: NOTIFY,
          key: createHash('sha256').update(name).digest('base64url'),
          payload: { subscription: id, type: change.type, id: change.id, version: change.version },
          attempts: 8,
        })
      }
    }
  } while (after !== undefined)
  return jobs
}
