import type { Restriction } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { openCursor, sealCursor } from './cursor.ts'
import type { HistoryQuery, ResourcePage } from './resource-store.ts'
import { restrictionSql } from './restriction.ts'
import { type Bind, Values } from './statement.ts'
import { openRows, type ResourceRow, readColumns } from './stored-row.ts'

/**
 * See `ResourceStore.history`. An older version is seen only by who may see the newest too: what was labelled since
 * stays hidden in the past.
 */
export async function resourceHistory(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: HistoryQuery,
  within: Restriction,
): Promise<ResourcePage> {
  const { bind, list } = new Values()
  const question = JSON.stringify([
    query.type ?? null,
    query.id ?? null,
    query.since ?? null,
    query.at ?? null,
  ])
  const last =
    query.after === undefined ? undefined : await openCursor(queries, vault, tenant, question, query.after)
  const newest = `r.tenant_id = ${bind(tenant)}
    ${query.type === undefined ? '' : `and r.type = ${bind(query.type)}`}
    ${query.id === undefined ? '' : `and r.id = ${bind(query.id)}`}
    ${restrictionSql(within, 'r', bind)}`
  const rows = await queries.rows<ResourceRow & { key: string }>(
    `select h.*, h.last_updated::text as key from (
       select ${readColumns('r')} from resource r where ${newest} ${window(query, last, 'r', undefined, bind)}
       union all
       select ${readColumns('v')} from resource r join resource_version v
         on v.tenant_id = r.tenant_id and v.patient_id = r.patient_id and v.type = r.type and v.id = r.id
       where ${newest} ${restrictionSql(within, 'v', bind)} ${window(query, last, 'v', REPLACED_AT, bind)}
     ) h
     order by h.last_updated desc, h.type, h.id, h.version desc limit ${bind(query.count + 1)}`,
    list,
  )
  const kept = rows.slice(0, query.count)
  const end = rows.length > query.count ? kept.at(-1) : undefined
  return {
    resources: await openRows(queries, vault, tenant, kept),
    total: undefined,
    next:
      end &&
      (await sealCursor(queries, vault, tenant, question, [end.key, end.type, end.id, String(end.version)])),
  }
}

/** When the version v was replaced: by an older version than the newest, or by the newest, r. */
const REPLACED_AT = `coalesce((select n.last_updated from resource_version n where n.tenant_id = v.tenant_id
  and n.patient_id = v.patient_id and n.type = v.type and n.id = v.id and n.version = v.version + 1), r.last_updated)`

/** Versions of the time asked for that come after where the page before ended. What was deleted is told of that time alone. */
function window(
  { since, at: current }: HistoryQuery,
  last: readonly string[] | undefined,
  alias: string,
  replaced: string | undefined,
  bind: Bind,
): string {
  const terms: string[] = []
  if (since !== undefined) terms.push(`${alias}.last_updated >= ${bind(since)}::timestamptz`)
  if (current !== undefined) {
    const from = `${bind(current.from)}::timestamptz`
    terms.push(`${alias}.last_updated < ${bind(current.until)}::timestamptz`)
    terms.push(`(not ${alias}.deleted or ${alias}.last_updated >= ${from})`)
    if (replaced !== undefined) terms.push(`${replaced} > ${from}`)
  }
  if (last !== undefined) {
    const [time, type, id, version] = last
    const at = `${bind(time)}::timestamptz`
    const name = `(${bind(type)}, ${bind(id)})`
    terms.push(`(${alias}.last_updated < ${at} or (${alias}.last_updated = ${at} and (
      (${alias}.type, ${alias}.id) > ${name}
      or ((${alias}.type, ${alias}.id) = ${name} and ${alias}.version < ${bind(version)}::integer))))`)
  }
  return terms.map((term) => ` and ${term}`).join('')
}
