import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { madeFrom } from '../../safeguard/labels/made-from.ts'
import type { Act, PatientKey } from '../../store/person.ts'
import type { StoredBoardDecision } from '../../store/tumor/board-decision-store.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { Services } from '../http/services.ts'
import { boardResources } from './care-plan.ts'
import { type KeptDecision, keptOf } from './decision-view.ts'

/**
 * Writes a decision that stands as CarePlan and Tasks, with the labels of all that it was made from. Drafts stay with the
 * board. Of a Task that somebody has begun the status stays; one that an amendment drops is cancelled.
 */
export async function publishDecision(
  { store, tenant, facts }: Services,
  { patient }: PatientKey,
  stored: StoredBoardDecision,
  before: KeptDecision | undefined,
  by: Act,
): Promise<void> {
  if (stored.state === 'draft') return
  const kept = keptOf(stored)
  const wanted = boardResources(patient, stored, kept)
  const dropped = (before === undefined ? [] : boardResources(patient, stored, before)).filter(
    ({ id }) => !wanted.some((one) => one.id === id),
  )
  const refs = [...wanted, ...dropped].map(({ resourceType, id }) => ({ type: resourceType, id: id! }))
  const there = new Map(
    (await store.resources.readMany(tenant, refs, UNRESTRICTED)).flatMap(({ id, json }) =>
      json === undefined ? [] : [[id, JSON.parse(json) as Resource] as const],
    ),
  )
  const resources = [
    ...wanted.map((one) => withProgress(one, there.get(one.id!))),
    ...dropped.flatMap((one) => (there.has(one.id!) ? [{ ...one, status: 'cancelled' }] : [])),
  ]
  const found = await store.resources.readMany(tenant, kept.sources, UNRESTRICTED)
  const sources = found.flatMap(({ json }) => (json === undefined ? [] : [JSON.parse(json) as Resource]))
  const rules = labelling(sensitivityRules(facts))
  const made = resources.map((one) => madeFrom(one, sources, rules))
  await store.resources.commit(tenant, resourceWrites(facts)(made, patient), by)
}

function withProgress(task: Resource, there: Resource | undefined): Resource {
  if (task.resourceType !== 'Task' || there === undefined) return task
  return there['description'] === task['description'] ? { ...task, status: there['status'] } : task
}
