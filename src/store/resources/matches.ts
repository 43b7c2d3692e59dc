import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../query.ts'
import type { Vault } from '../vault.ts'
import { CriteriaSql } from './criteria.ts'
import { restrictionSql } from './restriction.ts'
import { type Bind, Values } from './statement.ts'

/** FROM and WHERE of everything that matches and may be seen, as row r. */
export function matchesSql(vault: Vault, tenant: TenantId, query: ResourceQuery, bind: Bind): string {
  const criteria = new CriteriaSql(tenant, vault, query.within, bind)
  return `from resource r where r.tenant_id = ${bind(tenant)} and r.type = ${bind(query.type)} and not r.deleted
    ${restrictionSql(query.within, 'r', bind)}${criteria.all(query.criteria, query.type, 'r')}`
}

export async function countMatches(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
): Promise<number> {
  const { bind, list } = new Values()
  const counted = await queries.first<{ total: number }>(
    `select count(*)::integer as total ${matchesSql(vault, tenant, query, bind)}`,
    list,
  )
  return counted!.total
}

/** What a cursor belongs to: one goes on with the question it came from, whoever asks. */
export function questionOf({ type, criteria, sort }: ResourceQuery): string {
  return JSON.stringify([type, criteria, sort])
}
