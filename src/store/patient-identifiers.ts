import { Fault } from '../terms/fault.ts'
import type { PatientId, TenantId } from '../terms/ids.ts'
import type { Queries } from './query.ts'
import type { Identifier, PatientKey } from './store.ts'

/** Whose identifier it is. */
export async function holderOf(
  queries: Queries,
  tenant: TenantId,
  { system, value }: Identifier,
): Promise<PatientId | undefined> {
  const found = await queries.first<{ patient_id: PatientId }>(
    'select patient_id from identifier_directory where tenant_id = $1 and system = $2 and value = $3',
    [tenant, system, value],
  )
  return found?.patient_id
}

/** Writes a person's identifiers. Throws PATIENT_IDENTIFIER_TAKEN. */
export async function writeIdentifiers(
  queries: Queries,
  { tenant, patient }: PatientKey,
  identifiers: readonly Identifier[],
): Promise<void> {
  for (const [ordinal, { system, value }] of identifiers.entries()) {
    const taken = await queries.run(
      `insert into identifier_directory (tenant_id, system, value, patient_id) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [tenant, system, value, patient],
    )
    if (taken === 0) {
      const holder = await holderOf(queries, tenant, { system, value })
      // The same identifier given twice.
      if (holder === patient) continue
      throw new Fault(
        'PATIENT_IDENTIFIER_TAKEN',
        `identifier of system ${system}`,
        `this identifier belongs to patient "${holder}"`,
        `Use patient "${holder}" if that is the same person; otherwise correct the identifier.`,
      )
    }
    await queries.run(
      `insert into patient_identifier (tenant_id, patient_id, system, value, ordinal) values ($1, $2, $3, $4, $5)`,
      [tenant, patient, system, value, ordinal],
    )
  }
}

export async function clearIdentifiers(queries: Queries, { tenant, patient }: PatientKey): Promise<void> {
  await queries.run(
    `delete from identifier_directory d using patient_identifier i
     where i.tenant_id = $1 and i.patient_id = $2
       and d.tenant_id = i.tenant_id and d.system = i.system and d.value = i.value`,
    [tenant, patient],
  )
  await queries.run('delete from patient_identifier where tenant_id = $1 and patient_id = $2', [
    tenant,
    patient,
  ])
}
