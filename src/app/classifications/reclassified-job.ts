import { openFasta } from '../../intake/fasta/fasta.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { madeFrom } from '../../safeguard/labels/made-from.ts'
import type { StoredClassification } from '../../store/classifications/classification-store.ts'
import type { NewJob } from '../../store/jobs/jobs.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { choiceOf } from '../access/choice-of.ts'
import type { SiteAccess } from '../access/site-access.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { carrierTask, isActionable, taskId } from './carrier-task.ts'
import { type KnownCarrier, knownCarriers } from './known-carriers.ts'
import { notSearched } from './not-searched.ts'
import { isRefused } from './wish.ts'

export const RECLASSIFIED_JOB = 'reclassified'

/** What follows when a version was signed. */
export function reclassified({ id, version }: Pick<StoredClassification, 'id' | 'version'>): NewJob {
  return { kind: RECLASSIFIED_JOB, key: `${id}/${version}`, payload: { classification: id, version } }
}

/**
 * Finds everybody who carries a variant whose class has changed, and makes a Task for each. Open Tasks of earlier
 * versions are cancelled. A first class makes Tasks where it is one to act on; the same class again makes none.
 */
export function reclassifiedJob({
  store,
  facts,
  now,
  site,
}: {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
  readonly site?: SiteAccess
}): JobHandler {
  const writes = resourceWrites(facts)
  const rules = labelling(sensitivityRules(facts))
  return async ({ tenant, job, signal, progress, touch }) => {
    const { classification, version } = job.payload as { classification: string; version: number }
    // What is signed now is told, also where it was signed after the version that this job is of: a change that a later version with the
    // same class overtook would reach nobody otherwise.
    const { signedVersion } = (await store.classifications.get(tenant, classification)) ?? {}
    const signed =
      signedVersion === undefined
        ? undefined
        : await store.classifications.get(tenant, classification, signedVersion)
    if (signed === undefined) return progress(1, 1, 'it is not there any more')
    const earlier = (await store.classifications.history(tenant, classification)).filter(
      (one) => one.state !== 'draft' && one.version < signed.version,
    )
    const before = earlier.find((one) => one.version < version)?.class
    const matters = before === undefined ? isActionable(before, signed.class) : before !== signed.class
    if (!matters) return progress(1, 1, 'nothing changes for carriers')
    const sequences = (site?.references ?? []).map((path) => openFasta(path, assemblies(facts).sequences))
    const search = await knownCarriers(
      store,
      tenant,
      signed.subject.variant,
      assemblies(facts),
      sequences,
      (done, of, what) => {
        signal.throwIfAborted()
        progress(done, of, what)
      },
    ).finally(() => {
      for (const one of sequences) one.close()
    })
    const { carriers } = search
    const act = { at: now().toISOString(), by: `job:${RECLASSIFIED_JOB}` }
    for (const [done, carrier] of carriers.entries()) {
      signal.throwIfAborted()
      touch(carrier.patient)
      const chosen = await choiceOf(store, tenant, carrier.patient, 'recontact', Date.parse(act.at))
      const { observation } = carrier
      const sources = observation === undefined ? [] : [observation]
      const task = madeFrom(carrierTask(carrier, signed, before, chosen), sources, rules)
      const replaced = await openTasks(store, tenant, carrier, earlier)
      // A Task that somebody worked on already stays as they left it.
      const there = await store.resources.read(tenant, { type: 'Task', id: task.id! }, UNRESTRICTED)
      const resources = [...replaced, ...(there === undefined ? [task] : [])]
      await store.resources.commit(tenant, writes(resources, carrier.patient), act).catch((error) => {
        // Removed meanwhile.
        if (!(error instanceof Fault) || error.code !== 'PATIENT_UNKNOWN') throw error
      })
      progress(done + 1, carriers.length, 'carriers put on the work list')
    }
    const told = [`${carriers.length} carriers on the work list`, ...notSearched(search)]
    progress(carriers.length, carriers.length, told.join('; '))
  }
}

/**
 * Tasks of earlier versions that wait still, cancelled: what they tell is no longer so. Also those that the person did not want, so that
 * another choice does not open them again.
 */
async function openTasks(
  store: Store,
  tenant: TenantId,
  { patient }: KnownCarrier,
  earlier: readonly { readonly id: string; readonly version: number }[],
): Promise<readonly Resource[]> {
  const refs = earlier.map(({ id, version }) => ({ type: 'Task', id: taskId(id, version, patient) }))
  const found = await store.resources.readMany(tenant, refs, UNRESTRICTED)
  return found.flatMap(({ json }) => {
    const task = json === undefined ? undefined : (JSON.parse(json) as Resource)
    if (task === undefined || (task['status'] !== 'requested' && !isRefused(task))) return []
    return [{ ...task, status: 'cancelled', statusReason: { text: 'The variant was classified anew.' } }]
  })
}
