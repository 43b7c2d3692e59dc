import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../query.ts'
import type { ResourcePage } from '../resource-store.ts'
import type { Vault } from '../vault.ts'
import { identityParams, refuseContains } from './identity-params.ts'
import { countMatches } from './matches.ts'
import { searchByName } from './name-sort.ts'
import { searchPage } from './page.ts'

/** See `ResourceStore.search`. The total is counted in the same state of the database as the page. */
export async function searchResources(
  database: Database,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
): Promise<ResourcePage> {
  const work = (queries: Queries) => searchOn(queries, vault, tenant, query)
  return query.total && query.count > 0 ? database.snapshot(work) : work(database)
}

async function searchOn(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
): Promise<ResourcePage> {
  await refuseContains(queries, tenant, query)
  if (query.count === 0) {
    return { resources: [], total: await countMatches(queries, vault, tenant, query), next: undefined }
  }
  const sorted = query.sort.map(({ param }) => param)
  const names = await identityParams(queries, tenant, query.type, sorted)
  const page =
    names.size > 0
      ? await searchByName(queries, vault, tenant, query, names)
      : await searchPage(queries, vault, tenant, query)
  if (!query.total) return page
  const isWhole = query.after === undefined && page.next === undefined
  return {
    ...page,
    total: isWhole ? page.resources.length : await countMatches(queries, vault, tenant, query),
  }
}
