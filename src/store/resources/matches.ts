import { type Criterion, onlyPatient, type ResourceQuery } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { CriteriaSql } from './criteria.ts'
import { restrictionSql } from './restriction.ts'
import { type Bind, Values } from './statement.ts'

/**
 * FROM and WHERE of everything that matches and may be seen, as row r; each resource once. `byId`: a first page by person
 * and id is read from it, and not the whole.
 */
export function matchesSql(
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
  bind: Bind,
  byId = false,
): string {
  const { type, within, patient } = query
  const matched = patient === undefined ? within : onlyPatient(patient, within)
  const criteria = new CriteriaSql(tenant, vault, within, bind)
  const seen = (row: string) =>
    `${row}.tenant_id = ${bind(tenant)} and ${row}.type = ${bind(type)} and not ${row}.deleted
      ${restrictionSql(matched, row, bind)}`
  const { from, left } = drivenBy(criteria, query, byId, seen)
  return `from ${from} and ${seen('r')}${criteria.all(left, type, 'r')}`
}

interface Driven {
  /** FROM, and the beginning of WHERE. */
  readonly from: string
  /** Criteria that FROM does not hold to. */
  readonly left: readonly Criterion[]
}

/** Which criterion the search sets out from. Without one the planner chooses, which knows little of values in one column. */
function drivenBy(
  criteria: CriteriaSql,
  { type, criteria: asked }: ResourceQuery,
  byId: boolean,
  seen: (row: string) => string,
): Driven {
  const resourceOf = (driver: string) => `${driver} join resource r on r.tenant_id = d.tenant_id
    and r.patient_id = d.patient_id and r.type = d.type and r.id = d.id`
  const without = (one: Criterion) => asked.filter((other) => other !== one)
  for (const one of asked) {
    const condition = criteria.unique(one, type, 'd')
    if (condition !== undefined)
      return { from: `${resourceOf('resource_index d')} where ${condition}`, left: without(one) }
  }
  for (const one of byId ? asked : []) {
    const rows = criteria.ofOneCode(one, type)
    if (rows !== undefined) return { from: `${resourceOf(`(${rows}) d`)} where true`, left: without(one) }
    const people = type === 'Patient' ? criteria.peopleHaving(one) : undefined
    if (people !== undefined) {
      // "offset 0" keeps the planner from doing all people at once.
      const from = `(${people} order by 1) d
        join lateral (select h.* from resource h
          where h.patient_id = d.patient_id and ${seen('h')}${criteria.all([one], type, 'h')} offset 0) r
        on r.patient_id = d.patient_id where true`
      return { from, left: without(one) }
    }
  }
  return { from: 'resource r where true', left: asked }
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
