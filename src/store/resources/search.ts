import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { identityParams, refuseContains } from './identity-params.ts'
import { countMatches, questionOf } from './matches.ts'
import { searchByName } from './name-sort.ts'
import { type Page, searchPage } from './page.ts'
import type { ResourcePage } from './resource-store.ts'

/** See `ResourceStore.search`. The total is counted in the same state of the database as the page. */
export async function searchResources(
  database: Database,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
): Promise<ResourcePage> {
  await refuseContains(database, tenant, query)
  if (query.count === 0) {
    return { resources: [], total: await countMatches(database, vault, tenant, query), next: undefined }
  }
  const question = questionOf(query)
  const last =
    query.after === undefined ? undefined : await openCursor(database, vault, tenant, question, query.after)
  const work = async (queries: Queries) => {
    const page = await pageOf(queries, vault, tenant, query, last)
    if (!query.total) return { ...page, total: undefined }
    const isWhole = last === undefined && page.end === undefined
    const total = isWhole ? page.resources.length : await countMatches(queries, vault, tenant, query)
    return { ...page, total }
  }
  const { resources, end, total } = query.total ? await database.snapshot(work) : await work(database)
  return { resources, total, next: end && (await sealCursor(database, vault, tenant, question, end)) }
}

async function pageOf(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
  last: readonly string[] | undefined,
): Promise<Page> {
  const sorted = query.sort.map(({ param }) => param)
  const names = await identityParams(queries, tenant, query.type, sorted)
  return names.size > 0
    ? searchByName(queries, vault, tenant, query, names, last)
    : searchPage(queries, vault, tenant, query, last)
}
