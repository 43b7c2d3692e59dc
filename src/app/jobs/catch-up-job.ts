import type { Facts } from '../../knowledge/facts.ts'
import { geneSymbols } from '../../knowledge/gene-id.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { NewJob } from '../../store/jobs/jobs.ts'
import type { ResourceChange } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { reclassified } from '../classifications/reclassified-job.ts'
import { wishesToFollow } from '../classifications/wishes-job.ts'
import { documentsToRead } from '../documents/read-document-job.ts'
import { bringUpToDate } from '../exchange/bring-up-to-date.ts'
import type { JobHandler } from './worker.ts'

export const CATCH_UP = 'catch-up'
/** Resources of one look into the history. */
const PAGE = 500
const HOUR = 3600_000

/** What follows from resources of a type. */
const FOLLOWED = [
  ['DocumentReference', documentsToRead],
  ['Consent', wishesToFollow],
] as const

/**
 * Does what follows from what a process wrote and did not follow before it died: typed records are brought up to date, documents are
 * read, Tasks follow what people want to be told, classes signed within the last hour reach their carriers. Enqueued whenever a server starts; repeats nothing that was done. With a `medication`: the
 * typed records of those whose orders refer to it.
 */
export function catchUpJob({
  store,
  facts,
  now,
}: {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
}): JobHandler {
  const symbols = geneSymbols(facts)
  return async ({ tenant, job, signal, progress, touch }) => {
    const { medication } = job.payload as { readonly medication?: string }
    const people =
      medication === undefined
        ? await store.derived.recent(tenant)
        : await peopleOn(store, tenant, medication)
    for (const [done, patient] of people.entries()) {
      signal.throwIfAborted()
      const act = { at: now().toISOString(), by: `job:${CATCH_UP}` }
      touch(patient)
      await bringUpToDate(store, { tenant, patient }, symbols, act).catch((error) => {
        // Removed meanwhile.
        if (!(error instanceof Fault) || error.code !== 'PATIENT_UNKNOWN') throw error
      })
      progress(done + 1, people.length, 'records brought up to date')
    }
    if (medication !== undefined) return
    for (const [type, jobsOf] of FOLLOWED) {
      const query = { type, id: undefined, at: undefined, count: PAGE }
      let since: string | undefined
      let after: string | undefined
      do {
        signal.throwIfAborted()
        const page = await store.resources.history(tenant, { ...query, since, after }, UNRESTRICTED)
        const [newest] = page.resources
        if (newest === undefined) break
        since ??= new Date(Date.parse(newest.lastUpdated) - HOUR).toISOString()
        const written = page.resources
          .filter(({ deleted, lastUpdated }) => !deleted && lastUpdated >= since!)
          .map((one) => ({ ...one, action: 'updated' as const }))
        await store.jobs.enqueue(tenant, jobsOf(written), now().toISOString())
        after = written.length < page.resources.length ? undefined : page.next
      } while (after !== undefined)
    }
    const lately = new Date(now().getTime() - HOUR).toISOString()
    const signed = (await store.classifications.list(tenant, PAGE, undefined)).flatMap(
      ({ id, signedVersion, at }) =>
        signedVersion !== undefined && at >= lately ? [reclassified({ id, version: signedVersion })] : [],
    )
    await store.jobs.enqueue(tenant, signed, now().toISOString())
  }
}

/** Whose orders and statements refer to a Medication. */
async function peopleOn(store: Store, tenant: TenantId, id: string): Promise<readonly PatientId[]> {
  const people = new Set<PatientId>()
  for (const type of ['MedicationRequest', 'MedicationStatement']) {
    const query = {
      type,
      criteria: [{ kind: 'reference', param: 'medication', values: [{ type: 'Medication', id }] }],
      ...{ sort: [], count: 0, after: undefined, total: false, within: UNRESTRICTED },
    } as const
    for await (const batch of store.resources.scan(tenant, query, PAGE)) {
      for (const { compartment } of batch) if (compartment !== '') people.add(compartment)
    }
  }
  return [...people]
}

/** Jobs for Medications that were written: orders may have referred to them before. */
export function medicationsToFollow(changes: readonly ResourceChange[]): readonly NewJob[] {
  return changes
    .filter(({ type, action }) => type === 'Medication' && (action === 'created' || action === 'updated'))
    .map(({ id, version }) => ({
      kind: CATCH_UP,
      key: `Medication/${id}/${version}`,
      payload: { medication: id },
    }))
}
