import type { Resource } from '../../record/resource.ts'
import { readResourceText } from '../../record/resource-text.ts'
import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { bodyPlace, namesPlace } from '../resources/stored-row.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

interface Row {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly deleted: boolean
  readonly names: Buffer | null
  readonly body: Buffer | null
}

/**
 * Every version of every resource, the Patient included, under the same id. Returns the newest of those that stand, as
 * they are, to be written anew for the survivor, which makes their index.
 */
export async function moveResources(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<readonly Resource[]> {
  const keys = [from.tenant, from.patient, to.patient]
  for (const table of ['resource_version', 'resource'] as const) {
    const names = table === 'resource' ? 'names' : 'null::bytea as names'
    const rows = await queries.rows<Row>(
      `select type, id, version, deleted, ${names}, body from ${table} where tenant_id = $1 and patient_id = $2`,
      [from.tenant, from.patient],
    )
    for (const row of rows) await moveRow(queries, vault, from, to, table, row)
  }
  await queries.run(
    'update resource_directory set patient_id = $3 where tenant_id = $1 and patient_id = $2',
    keys,
  )
  await queries.run('delete from resource_index where tenant_id = $1 and patient_id = $2', keys.slice(0, 2))
  const moved = await queries.rows<Row>(
    `select type, id, version, deleted, names, body from resource
     where tenant_id = $1 and patient_id = $2 and not deleted
       and not exists (select 1 from resource_index i where i.tenant_id = $1 and i.patient_id = $2
         and i.type = resource.type and i.id = resource.id)`,
    [to.tenant, to.patient],
  )
  const resources: Resource[] = []
  for (const row of moved) {
    if (row.body === null) continue
    const body = await vault.open(queries, to, bodyPlace(row, row.version), row.body)
    resources.push(readResourceText(body.toString('utf8')) as Resource)
  }
  return resources
}

async function moveRow(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
  table: 'resource' | 'resource_version',
  row: Row,
): Promise<void> {
  const { type, id, version, body, names } = row
  const again = (place: string, sealed: Buffer | null) =>
    sealed === null ? null : resealed(queries, vault, from, to, place, place, sealed)
  const values = [
    from.tenant,
    from.patient,
    to.patient,
    type,
    id,
    version,
    await again(bodyPlace(row, version), body),
  ]
  if (table === 'resource') {
    await queries.run(
      `update resource set patient_id = $3, body = $7, names = $8
       where tenant_id = $1 and patient_id = $2 and type = $4 and id = $5 and version = $6`,
      [...values, await again(namesPlace(row, version), names)],
    )
  } else {
    await queries.run(
      `update resource_version set patient_id = $3, body = $7
       where tenant_id = $1 and patient_id = $2 and type = $4 and id = $5 and version = $6`,
      values,
    )
  }
}
