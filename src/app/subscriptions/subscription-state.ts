import type { Resource } from '../../record/resource.ts'
import type { ResourceWrite, StoredResource } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'

/**
 * How the last notification went, told in the Subscription itself (R4, Subscription.status and error): `error` with what
 * went wrong, until one is taken again; it is served all the while. `off` when its end has come.
 */
export type SubscriptionState =
  | { readonly status: 'active' | 'off' }
  | { readonly status: 'error'; readonly error: string }

/** Where a state is written. */
interface StateWriting {
  readonly resources: Store['resources']
  readonly writes: (
    resources: readonly Resource[],
    compartment: StoredResource['compartment'],
  ) => readonly ResourceWrite[]
  readonly at: string
}

/** Writes the state if it is another than the one that is told. What its owner changes meanwhile stands. */
export async function tellState(
  { resources, writes, at }: StateWriting,
  tenant: TenantId,
  stored: StoredResource,
  state: SubscriptionState,
): Promise<void> {
  const { error: before, ...subscription } = JSON.parse(stored.json!) as Resource
  const told: Resource = { ...subscription, ...state } as Resource
  if (before === told['error'] && subscription['status'] === state.status) return
  try {
    const changes = writes([told], stored.compartment).map((one) => ({ ...one, expected: stored.version }))
    await resources.commit(tenant, changes, { at, by: 'job:notify' })
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'RECORD_CHANGED') throw error
  }
}
