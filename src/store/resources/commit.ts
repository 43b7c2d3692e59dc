import type { Compartment } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Act } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { writeConsents } from './consent-rows.ts'
import { removePerson, requirePeople, writePeople } from './people.ts'
import { lockPeople, nameOf, takePlaces } from './places.ts'
import type { ResourceChange, ResourceWrite } from './resource-store.ts'
import { bodyPlace, type ResourceRow, readColumns } from './stored-row.ts'
import { type Current, type PlannedWrite, planWrite } from './write-plan.ts'
import { writeRows } from './write-rows.ts'

const CURRENT = prepared(`select ${readColumns('r')} from resource r
  where r.tenant_id = $1 and r.patient_id = $2 and (r.type, r.id) in (select * from unnest($3::text[], $4::text[]))
  order by r.type, r.id for update`)

/**
 * Does all writes of one transaction. Every lock is taken in one order: people by id, places by type and id, resources
 * by person, type and id. Throws what `ResourceStore.commit` says, and RESOURCE_TWICE.
 */
export async function commitWrites(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  writes: readonly ResourceWrite[],
  act: Act,
): Promise<readonly ResourceChange[]> {
  if (writes.length === 0) return []
  const sorted = [...writes].sort((a, b) => compare(a.type, b.type) || compare(a.id, b.id))
  refuseTwice(sorted)
  const compartments = [...new Set(writes.map(({ compartment }) => compartment))].sort(compare)
  const registered = await lockPeople(queries, tenant, compartments)
  requirePeople(tenant, writes, registered)
  const allNew = await takePlaces(queries, tenant, sorted)
  const at = new Date(act.at).toISOString()
  const planned: PlannedWrite[] = []
  for (const compartment of compartments) {
    const here = sorted.filter((write) => write.compartment === compartment)
    const current = allNew
      ? new Map<string, Current>()
      : await lockCurrent(queries, vault, tenant, compartment, here)
    for (const write of here) planned.push(planWrite(write, current.get(nameOf(write)), at))
  }
  await writePeople(queries, vault, tenant, planned, registered, act)
  for (const compartment of compartments) {
    const here = planned.filter(({ write }) => write.compartment === compartment)
    const isGone = (one: PlannedWrite) =>
      one.change.action === 'deleted' && one.write.type === 'Patient' && one.write.id === compartment
    await writeRows(
      queries,
      vault,
      tenant,
      compartment,
      here.filter((one) => !isGone(one)),
      act.by,
    )
    const person = here.find(isGone)
    if (person !== undefined) await leaveTombstone(queries, vault, tenant, person, act)
  }
  await writeConsents(queries, tenant, sorted)
  const changes = new Map(planned.map(({ change }) => [nameOf(change), change]))
  return writes.map((write) => changes.get(nameOf(write))!)
}

/** The newest versions, locked. Bodies are opened only where a put may turn out to change nothing. */
async function lockCurrent(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  patient: Compartment,
  writes: readonly ResourceWrite[],
): Promise<ReadonlyMap<string, Current>> {
  const rows = await queries.rows<ResourceRow>(CURRENT, [
    tenant,
    patient,
    writes.map(({ type }) => type),
    writes.map(({ id }) => id),
  ])
  const puts = new Set(writes.filter(({ action }) => action === 'put').map(nameOf))
  const current = new Map<string, Current>()
  for (const row of rows) {
    const { version, deleted, body } = row
    const json =
      body === null || !puts.has(nameOf(row))
        ? undefined
        : (await vault.open(queries, { tenant, patient }, bodyPlace(row, version), body)).toString('utf8')
    current.set(nameOf(row), { version, lastUpdated: row.last_updated, deleted, json })
  }
  return current
}

/** A person's last row: that there was a Patient with this id, and nothing else. */
async function leaveTombstone(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  planned: PlannedWrite,
  act: Act,
): Promise<void> {
  const patient = planned.write.compartment as PatientId
  await removePerson(queries, tenant, patient, act)
  await queries.run(
    'insert into resource_directory (tenant_id, type, id, patient_id) values ($1, $2, $3, $3)',
    [tenant, planned.write.type, patient],
  )
  await writeRows(queries, vault, tenant, patient, [{ ...planned, replaces: false }], act.by)
}

function refuseTwice(sorted: readonly ResourceWrite[]): void {
  for (const [i, write] of sorted.entries()) {
    const next = sorted[i + 1]
    if (next === undefined || nameOf(next) !== nameOf(write)) continue
    throw new Fault(
      'RESOURCE_TWICE',
      nameOf(write),
      'one transaction changes this resource twice',
      'Send one change for each resource.',
    )
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
