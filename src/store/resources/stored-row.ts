import type { Compartment, ResourceRef } from '../../record/resource.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import type { StoredResource } from './resource-store.ts'

/** A row of resource or resource_version, as READ_COLUMNS selects it. */
export interface ResourceRow {
  readonly patient_id: Compartment
  readonly type: string
  readonly id: string
  readonly version: number
  readonly last_updated: string
  readonly by: string
  readonly deleted: boolean
  readonly body: Buffer | null
}

/** Columns of a ResourceRow, of the row with this alias. */
export function readColumns(alias: string): string {
  const columns = ['patient_id', 'type', 'id', 'version', 'last_updated', 'by', 'deleted', 'body']
  return columns.map((column) => `${alias}.${column}`).join(', ')
}

/** What a sealed body is bound to. The same in both tables, so that a version can move from one to the other. */
export function bodyPlace({ type, id }: ResourceRef, version: number): string {
  return `resource/${type}/${id}/${version}`
}

/** What sealed names are bound to. */
export function namesPlace({ type, id }: ResourceRef, version: number): string {
  return `resource-names/${type}/${id}/${version}`
}

/** Opens the bodies of rows, in their order. */
export async function openRows(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  rows: readonly ResourceRow[],
): Promise<readonly StoredResource[]> {
  const people = new Set(rows.filter(({ body }) => body !== null).map(({ patient_id }) => patient_id))
  if (people.size > 1) await vault.ready(queries, tenant, [...people])
  const opened: StoredResource[] = []
  for (const row of rows) {
    const key = { tenant, patient: row.patient_id }
    const json =
      row.body === null
        ? undefined
        : (await vault.open(queries, key, bodyPlace(row, row.version), row.body)).toString('utf8')
    opened.push({
      type: row.type,
      id: row.id,
      compartment: row.patient_id,
      version: row.version,
      lastUpdated: row.last_updated,
      by: row.by,
      deleted: row.deleted,
      json,
    })
  }
  return opened
}
