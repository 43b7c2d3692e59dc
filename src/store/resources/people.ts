import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import { countRegistered } from '../people/birth-days.ts'
import { addPatient, clearPatient, updatePatient } from '../people/patient-changes.ts'
import { unknownPatient } from '../people/patient-row.ts'
import type { Act, PatientDetails } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import type { ResourceWrite } from './resource-store.ts'
import type { PlannedWrite } from './write-plan.ts'

/** Refuses writes about people who are neither registered nor registered by this very commit. Throws PATIENT_UNKNOWN. */
export function requirePeople(
  tenant: TenantId,
  writes: readonly ResourceWrite[],
  registered: ReadonlySet<string>,
): void {
  const known = new Set(registered)
  for (const write of writes) if (write.identity !== undefined) known.add(write.identity.id)
  for (const { compartment } of writes) {
    if (compartment !== '' && !known.has(compartment)) {
      throw unknownPatient({ tenant, patient: compartment })
    }
  }
}

/**
 * Registers or changes the people that Patient resources are about, under the guards of `Patients`. A Patient that is
 * created is nobody yet; one that is put may be somebody who was registered without a resource.
 */
export async function writePeople(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  planned: readonly PlannedWrite[],
  registered: ReadonlySet<string>,
  act: Act,
): Promise<void> {
  const changed: PatientDetails[] = []
  const added: PatientDetails[] = []
  for (const { write, change } of planned) {
    const { identity } = write
    if (identity === undefined || change.action === 'unchanged' || write.action === 'delete') continue
    if (write.action === 'put' && registered.has(identity.id)) changed.push(identity)
    else added.push(identity)
  }
  if (added.length > 0) await countRegistered(queries, vault, tenant, added)
  for (const { id, registeredBefore: _looked, ...details } of changed)
    await updatePatient(queries, vault, { tenant, patient: id }, details, act, undefined)
  for (const identity of added) await addPatient(queries, vault, tenant, identity, act)
}

/**
 * Removes a person whose Patient resource is deleted. Throws PATIENT_HAS_RECORD while anything else is known of the
 * person: a whole chart is not deleted by one request.
 */
export async function removePerson(
  queries: Queries,
  tenant: TenantId,
  patient: PatientId,
  act: Act,
): Promise<void> {
  const left = await queries.first<{ resources: number; genotypes: number; plans: number }>(
    `select (select count(*)::integer from resource where tenant_id = $1 and patient_id = $2 and not deleted
         and type <> 'Patient') as resources,
       (select count(*)::integer from genotype_set where tenant_id = $1 and patient_id = $2)
         + (select count(*)::integer from outside_call where tenant_id = $1 and patient_id = $2)
         + (select count(*)::integer from archived_file where tenant_id = $1 and patient_id = $2) as genotypes,
       (select count(*)::integer from plan where tenant_id = $1 and patient_id = $2) as plans`,
    [tenant, patient],
  )
  const { resources, genotypes, plans } = left!
  if (resources + genotypes + plans > 0) {
    throw new Fault(
      'PATIENT_HAS_RECORD',
      `Patient/${patient}`,
      `the record still holds ${resources} resources, ${genotypes} results and files, and ${plans} plans`,
      'Delete those first, or remove the person with all that is known by "garrod patient remove".',
    )
  }
  await clearPatient(queries, { tenant, patient }, act)
}
