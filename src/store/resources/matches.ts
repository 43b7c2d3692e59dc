import type { ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../query.ts'
import type { Vault } from '../vault.ts'
import { CriteriaSql } from './criteria.ts'
import { restrictionSql } from './restriction.ts'
import { type Bind, Values } from './statement.ts'

/** FROM and WHERE of everything that matches and may be seen, as row r; each resource once. */
export function matchesSql(vault: Vault, tenant: TenantId, query: ResourceQuery, bind: Bind): string {
  const { type, within } = query
  const criteria = new CriteriaSql(tenant, vault, within, bind)
  let from = 'resource r where true'
  let rest = query.criteria
  for (const [n, criterion] of query.criteria.entries()) {
    const condition = criteria.unique(criterion, type, 'd')
    if (condition === undefined) continue
    from = `resource_index d join resource r on r.tenant_id = d.tenant_id and r.patient_id = d.patient_id
      and r.type = d.type and r.id = d.id where ${condition}`
    rest = query.criteria.filter((_, m) => m !== n)
    break
  }
  return `from ${from} and r.tenant_id = ${bind(tenant)} and r.type = ${bind(type)} and not r.deleted
    ${restrictionSql(within, 'r', bind)}${criteria.all(rest, type, 'r')}`
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
