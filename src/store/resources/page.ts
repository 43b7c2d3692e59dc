import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { matchesSql } from './matches.ts'
import type { StoredResource } from './resource-store.ts'
import { afterSql, keyColumns, keysOf, orderBySql, orderTerms } from './sort.ts'
import { Values } from './statement.ts'
import { openRows, type ResourceRow, readColumns } from './stored-row.ts'

/** A page before its end is sealed into a cursor: `end` are the sort keys of the last resource, when more follow. */
export interface Page {
  readonly resources: readonly StoredResource[]
  readonly end: readonly string[] | undefined
}

/** One page in an order that SQL can make, after the resource with the sort keys `last`. */
export async function searchPage(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
  last: readonly string[] | undefined,
): Promise<Page> {
  const { bind, list } = new Values()
  const terms = orderTerms(query.sort, bind)
  const byId = query.sort.length === 0 && last === undefined
  const text = `select ${readColumns('r')}, ${keyColumns(terms)} ${matchesSql(vault, tenant, query, bind, byId)}
     ${last === undefined ? '' : afterSql(terms, last, bind)}
     order by ${orderBySql(terms)} limit ${bind(query.count + 1)}`
  // All of a type: few texts, asked for one person with every piece of advice.
  const isPlain = byId && query.criteria.length === 0
  const rows = await queries.rows<ResourceRow & Record<string, unknown>>(
    isPlain ? prepared(text) : text,
    list,
  )
  const kept = rows.slice(0, query.count)
  const end = rows.length > query.count ? kept.at(-1) : undefined
  return { resources: await openRows(queries, vault, tenant, kept), end: end && keysOf(end, terms) }
}
