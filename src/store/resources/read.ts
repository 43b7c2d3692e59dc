import type { ResourceRef } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import type { StoredResource } from './resource-store.ts'
import { restrictionSql } from './restriction.ts'
import { Values } from './statement.ts'
import { openRows, type ResourceRow, readColumns } from './stored-row.ts'

/** See `ResourceStore.read`. The id is looked up over all people: who it is about is not known before. */
export async function readResource(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  { type, id }: ResourceRef,
  within: Restriction,
): Promise<StoredResource | undefined> {
  const { bind, list } = new Values()
  const rows = await queries.rows<ResourceRow>(
    `select ${readColumns('r')} from resource r
     where r.tenant_id = ${bind(tenant)} and r.type = ${bind(type)} and r.id = ${bind(id)}
     ${restrictionSql(within, 'r', bind)}`,
    list,
  )
  return (await openRows(queries, vault, tenant, rows))[0]
}

/** See `ResourceStore.readMany`. */
export async function readResources(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  refs: readonly ResourceRef[],
  within: Restriction,
): Promise<readonly StoredResource[]> {
  if (refs.length === 0) return []
  const { bind, list } = new Values()
  const types = refs.map(({ type }) => type)
  const ids = refs.map(({ id }) => id)
  const text = `select ${readColumns('r')} from resource r
     where r.tenant_id = ${bind(tenant)}
       and (r.type, r.id) in (select type, id from unnest(${bind(types)}::text[], ${bind(ids)}::text[]) as w (type, id))
     ${restrictionSql(within, 'r', bind)}`
  const rows = await queries.rows<ResourceRow>(within === UNRESTRICTED ? prepared(text) : text, list)
  return openRows(queries, vault, tenant, rows)
}

/** See `ResourceStore.typesThere`. */
export async function readTypes(
  queries: Queries,
  tenant: TenantId,
  types: readonly string[],
  within: Restriction,
): Promise<ReadonlySet<string>> {
  const { bind, list } = new Values()
  const text = `select w.type from unnest(${bind(types)}::text[]) as w (type) where exists (select 1 from resource r
       where r.tenant_id = ${bind(tenant)} and r.type = w.type and not r.deleted ${restrictionSql(within, 'r', bind)})`
  const rows = await queries.rows<{ type: string }>(within === UNRESTRICTED ? prepared(text) : text, list)
  return new Set(rows.map(({ type }) => type))
}

/**
 * See `ResourceStore.readVersion`. An older version is seen only by who may see the newest: what was labelled since
 * stays hidden in the past too.
 */
export async function readResourceVersion(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  { type, id }: ResourceRef,
  version: number,
  within: Restriction,
): Promise<StoredResource | undefined> {
  const { bind, list } = new Values()
  const newest = `r.tenant_id = ${bind(tenant)} and r.type = ${bind(type)} and r.id = ${bind(id)}
    ${restrictionSql(within, 'r', bind)}`
  const rows = await queries.rows<ResourceRow>(
    `select ${readColumns('r')} from resource r where ${newest} and r.version = ${bind(version)}
     union all
     select ${readColumns('v')} from resource r join resource_version v
       on v.tenant_id = r.tenant_id and v.patient_id = r.patient_id and v.type = r.type and v.id = r.id
     where ${newest} and v.version = ${bind(version)} ${restrictionSql(within, 'v', bind)}`,
    list,
  )
  return (await openRows(queries, vault, tenant, rows))[0]
}
