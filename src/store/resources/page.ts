import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../query.ts'
import type { ResourcePage } from '../resource-store.ts'
import type { Vault } from '../vault.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { matchesSql, questionOf } from './matches.ts'
import { afterSql, keyColumns, keysOf, orderBySql, orderTerms } from './sort.ts'
import { Values } from './statement.ts'
import { openRows, type ResourceRow, readColumns } from './stored-row.ts'

/** One page in an order that SQL can make. */
export async function searchPage(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
): Promise<ResourcePage> {
  const { bind, list } = new Values()
  const terms = orderTerms(query.sort, bind)
  const question = questionOf(query)
  const last =
    query.after === undefined ? undefined : await openCursor(queries, vault, tenant, question, query.after)
  const rows = await queries.rows<ResourceRow & Record<string, unknown>>(
    `select ${readColumns('r')}, ${keyColumns(terms)} ${matchesSql(vault, tenant, query, bind)}
     ${last === undefined ? '' : afterSql(terms, last, bind)}
     order by ${orderBySql(terms)} limit ${bind(query.count + 1)}`,
    list,
  )
  const kept = rows.slice(0, query.count)
  const end = rows.length > query.count ? kept.at(-1) : undefined
  return {
    resources: await openRows(queries, vault, tenant, kept),
    total: undefined,
    next: end && (await sealCursor(queries, vault, tenant, question, keysOf(end, terms))),
  }
}
