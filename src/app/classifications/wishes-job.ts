import type { Facts } from '../../knowledge/facts.ts'
import type { Resource } from '../../record/resource.ts'
import { onlyPatient, UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText } from '../../record/resource-text.ts'
import type { NewJob } from '../../store/jobs/jobs.ts'
import type { ResourceChange } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { patientId } from '../../terms/ids.ts'
import { choiceOf } from '../access/choice-of.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { withWish } from './wish.ts'

export const WISHES = 'wishes'

/** Whose Tasks are looked at again after these changes: a Consent may say whether the person wants to be told. */
export function wishesToFollow(changes: readonly ResourceChange[]): readonly NewJob[] {
  return changes
    .filter(
      ({ type, action, compartment }) => type === 'Consent' && action !== 'unchanged' && compartment !== '',
    )
    .map(({ id, version, compartment }) => ({
      kind: WISHES,
      key: `${compartment} Consent/${id}/${version}`,
      payload: { patient: compartment },
    }))
}

/** Brings the Tasks about telling a person something up to what the person wants now. */
export function wishesJob({
  store,
  facts,
  now,
}: {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
}): JobHandler {
  const writes = resourceWrites(facts)
  return async ({ tenant, job, signal, progress, touch }) => {
    const patient = patientId((job.payload as { patient: string }).patient)
    touch(patient)
    const at = now().toISOString()
    const choice = await choiceOf(store, tenant, patient, 'recontact', Date.parse(at))
    const within = onlyPatient(patient, UNRESTRICTED)
    const query = { type: 'Task', criteria: [], sort: [], count: 0, after: undefined, total: false, within }
    const changed: Resource[] = []
    for await (const batch of store.resources.scan(tenant, query, 100)) {
      signal.throwIfAborted()
      for (const { json } of batch) {
        const task = json === undefined ? undefined : withWish(readResourceText(json) as Resource, choice, at)
        if (task !== undefined) changed.push(task)
      }
    }
    if (changed.length > 0)
      await store.resources.commit(tenant, writes(changed, patient), { at, by: `job:${WISHES}` })
    progress(1, 1, `${changed.length} Tasks follow what the person wants`)
  }
}
