import type { Facts } from '../../knowledge/facts.ts'
import { geneSymbols } from '../../knowledge/gene-id.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { documentsToRead } from '../documents/read-document-job.ts'
import { bringUpToDate } from '../exchange/bring-up-to-date.ts'
import type { JobHandler } from './worker.ts'

export const CATCH_UP = 'catch-up'
/** Resources of one look into the history. */
const PAGE = 500
const HOUR = 3600_000

/**
 * Does what follows from resources that a process wrote and did not follow before it died: typed records are brought up
 * to date, documents are read. Enqueued whenever a server starts; repeats nothing that was done.
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
  return async ({ tenant, signal, progress, touch }) => {
    const people = await store.derived.recent(tenant)
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
    const query = { type: 'DocumentReference', id: undefined, until: undefined, count: PAGE }
    let since: string | undefined
    let after: string | undefined
    do {
      signal.throwIfAborted()
      const page = await store.resources.history(tenant, { ...query, since, after }, UNRESTRICTED)
      const [newest] = page.resources
      if (newest === undefined) return
      since ??= new Date(Date.parse(newest.lastUpdated) - HOUR).toISOString()
      const written = page.resources
        .filter(({ deleted, lastUpdated }) => !deleted && lastUpdated >= since!)
        .map((one) => ({ ...one, action: 'updated' as const }))
      await store.jobs.enqueue(tenant, documentsToRead(written), now().toISOString())
      after = written.length < page.resources.length ? undefined : page.next
    } while (after !== undefined)
  }
}
