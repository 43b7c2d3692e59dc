import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { refuseContains } from './identity-params.ts'
import { searchPage } from './page.ts'
import type { StoredResource } from './resource-store.ts'

/** Ends a scan whose reader went away. */
const STOPPED = Symbol('stopped')

/**
 * See `ResourceStore.scan`. The pages are read inside one snapshot, one ahead of the reader at most; by id, whatever
 * order the query names.
 */
export async function* scanResources(
  database: Database,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
  batch: number,
): AsyncGenerator<readonly StoredResource[]> {
  let offer = Promise.withResolvers<readonly StoredResource[] | undefined>()
  let taken = Promise.withResolvers<void>()
  let stopped = false
  const reading = database
    .snapshot(async (queries) => {
      await refuseContains(queries, tenant, query)
      const pages = { ...query, sort: [], count: batch }
      let last: readonly string[] | undefined
      do {
        const page = await searchPage(queries, vault, tenant, pages, last)
        last = page.end
        if (page.resources.length === 0) break
        offer.resolve(page.resources)
        await taken.promise
        if (stopped) throw STOPPED
      } while (last !== undefined)
    })
    .then(
      () => offer.resolve(undefined),
      (error) => (error === STOPPED ? undefined : offer.reject(error)),
    )
  try {
    for (;;) {
      const resources = await offer.promise
      if (resources === undefined) return
      yield resources
      offer = Promise.withResolvers()
      const before = taken
      taken = Promise.withResolvers()
      before.resolve()
    }
  } finally {
    stopped = true
    taken.resolve()
    await reading
  }
}
