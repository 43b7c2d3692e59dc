import { upgradesSince } from '../../interpret/phenotype/phenotype.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { upgradeRule } from '../../knowledge/hpo/reanalysis.ts'
import { sourcesOf } from '../../record/made-from.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { madeFrom } from '../../safeguard/labels/made-from.ts'
import type { Store } from '../../store/store.ts'
import { patientId, type TenantId } from '../../terms/ids.ts'
import { choiceOf } from '../access/choice-of.ts'
import { personDiagnosis } from '../diagnose/person-diagnosis.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { caseTask } from './case-task.ts'
import { flagId, isAsked, keptAssessment, rankingId, readKept } from './kept-case.ts'

export const REANALYSE = 'reanalyse'
export const REANALYSE_ALL = 'reanalyse-all'

interface Parts {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
}

/** Enqueues every unsolved case that somebody asked to be looked at again. */
export function reanalyseAllJob({ store, now }: Parts): JobHandler {
  return async ({ tenant, signal, progress }) => {
    // R4 searches no Flag by its code.
    const query = {
      type: 'Flag',
      ...{ criteria: [], sort: [], count: 0, after: undefined, total: false, within: UNRESTRICTED },
    }
    let asked = 0
    for await (const batch of store.resources.scan(tenant, query, 200)) {
      signal.throwIfAborted()
      const people = batch.flatMap(({ json, compartment }) =>
        json !== undefined && compartment !== '' && isAsked(JSON.parse(json)) ? [compartment] : [],
      )
      asked += people.length
      await store.jobs.enqueue(
        tenant,
        people.map((patient) => ({ kind: REANALYSE, key: patient, payload: { patient } })),
        now().toISOString(),
      )
      progress(asked, undefined, 'unsolved cases to look at')
    }
    progress(asked, asked, `${asked} unsolved cases to look at`)
  }
}

/**
 * Ranks one unsolved case under the facts in force and keeps the ranking. Where a disease fits clearly better than in
 * the one that was kept, somebody gets a Task.
 */
export function reanalyseJob({ store, facts, now }: Parts): JobHandler {
  const writes = resourceWrites(facts)
  const rules = labelling(sensitivityRules(facts))
  return async ({ tenant, job, progress }) => {
    const key = { tenant, patient: patientId(String(job.payload['patient'])) }
    const refs = [
      { type: 'Flag', id: flagId(key.patient) },
      { type: 'RiskAssessment', id: rankingId(key.patient) },
    ]
    const there = await store.resources.readMany(tenant, refs, UNRESTRICTED)
    const read = (type: string) => {
      const json = there.find((one) => one.type === type)?.json
      return json === undefined ? undefined : (JSON.parse(json) as Resource)
    }
    const person = await store.patients.get(key)
    if (person === undefined || !isAsked(read('Flag'))) return progress(1, 1, 'not asked for any more')
    const at = now().toISOString()
    const ranked = await personDiagnosis(store, facts, key, person.sex, UNRESTRICTED)
    const before = read('RiskAssessment')
    const kept = before === undefined ? undefined : readKept(before)
    const upgrades = kept === undefined ? [] : upgradesSince(kept, ranked.finding, upgradeRule(facts))
    const choice = await choiceOf(store, tenant, key.patient, 'recontact', Date.parse(at))
    // The Task compares two rankings, and is made from the features of both.
    const task = async () => {
      const made = caseTask(key.patient, upgrades, ranked.finding.facts, choice, at)
      return madeFrom(
        made,
        [...ranked.sources, ...(await earlierSources(store, tenant, before, ranked.sources))],
        rules,
      )
    }
    const resources = [
      // Written together: a ranking that is kept was told.
      ...(upgrades.length === 0 ? [] : [await task()]),
      keptAssessment(key.patient, ranked, rules, at),
    ]
    await store.resources.commit(tenant, writes(resources, key.patient), { at, by: `job:${REANALYSE}` })
    progress(1, 1, upgrades.length === 0 ? 'nothing better' : 'a better explanation')
  }
}

/** What the ranking before was made from, and this one is not. */
async function earlierSources(
  store: Store,
  tenant: TenantId,
  before: Resource | undefined,
  now: readonly Resource[],
): Promise<readonly Resource[]> {
  const known = new Set(now.map(({ id }) => id))
  const refs: readonly ResourceRef[] =
    before === undefined ? [] : sourcesOf(before).filter(({ id }) => !known.has(id))
  if (refs.length === 0) return []
  const found = await store.resources.readMany(tenant, refs, UNRESTRICTED)
  return found.flatMap(({ json }) => (json === undefined ? [] : [JSON.parse(json) as Resource]))
}
