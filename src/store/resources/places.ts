import type { Compartment, ResourceRef } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import { LOCK_PERSON } from '../people/patient-row.ts'
import type { ResourceWrite } from './resource-store.ts'

const TAKE = prepared(`insert into resource_directory (tenant_id, type, id, patient_id)
  select $1, type, id, patient_id from unnest($2::text[], $3::text[], $4::text[]) as w (type, id, patient_id)
  order by type, id on conflict do nothing`)

/** "Observation/123". */
export function nameOf({ type, id }: ResourceRef): string {
  return `${type}/${id}`
}

/**
 * Takes the rows of the people that a commit is about, in the order of their ids, so that two commits never wait for
 * each other. Returns those who are registered. The tenant's own compartment has no such row.
 */
export async function lockPeople(
  queries: Queries,
  tenant: TenantId,
  compartments: readonly Compartment[],
): Promise<ReadonlySet<Compartment>> {
  const registered = new Set<Compartment>()
  for (const patient of compartments) {
    if (patient === '') continue
    const found = await queries.first(LOCK_PERSON, [tenant, patient])
    if (found !== undefined) registered.add(patient)
  }
  return registered
}

/**
 * Takes the ids of resources that do not exist yet, and refuses those that lie in another compartment than the write
 * says: a resource never moves between people. Throws RESOURCE_OF_ANOTHER_PATIENT. `writes` are sorted by name. Returns
 * whether none of them existed: an id keeps its place as long as anything of it is there, a tombstone too.
 */
export async function takePlaces(
  queries: Queries,
  tenant: TenantId,
  writes: readonly ResourceWrite[],
): Promise<boolean> {
  const wanted = writes.filter(({ action }) => action !== 'delete')
  const added = await queries.run(TAKE, [
    tenant,
    wanted.map(({ type }) => type),
    wanted.map(({ id }) => id),
    wanted.map(({ compartment }) => compartment),
  ])
  if (added === writes.length) return true
  const taken = await places(queries, tenant, writes)
  for (const write of writes) {
    const place = taken.get(nameOf(write))
    if (place !== undefined && place !== write.compartment) throw elsewhere(write)
  }
  return false
}

async function places(
  queries: Queries,
  tenant: TenantId,
  refs: readonly ResourceRef[],
): Promise<Map<string, Compartment>> {
  const rows = await queries.rows<{ type: string; id: string; patient_id: Compartment }>(
    `select type, id, patient_id from resource_directory
     where tenant_id = $1 and (type, id) in (select * from unnest($2::text[], $3::text[]))`,
    [tenant, refs.map(({ type }) => type), refs.map(({ id }) => id)],
  )
  return new Map(rows.map((row) => [nameOf(row), row.patient_id]))
}

function elsewhere(write: ResourceWrite): Fault {
  return new Fault(
    'RESOURCE_OF_ANOTHER_PATIENT',
    nameOf(write),
    'this resource is in the record of another patient, or of none',
    'Check whom it is about. To correct a resource filed under the wrong person, delete it and create it anew.',
  )
}
