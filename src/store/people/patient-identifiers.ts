import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Identifier, PatientKey } from '../person.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import { PATIENT_COLUMNS, type PatientRow, patientOf } from './patient-row.ts'
import { identifierDigest } from './patient-search.ts'
import type { Patient } from './people-store.ts'

const HOLDER = prepared('select patient_id from identifier_digest where tenant_id = $1 and digest = $2')

/** Whose identifier it is. */
async function holderOf(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  identifier: Identifier,
): Promise<PatientId | undefined> {
  const found = await queries.first<{ patient_id: PatientId }>(HOLDER, [
    tenant,
    identifierDigest(vault, tenant, identifier),
  ])
  return found?.patient_id
}

const WITH = prepared(`select ${PATIENT_COLUMNS} from identifier_digest d
  join patient p on p.tenant_id = d.tenant_id and p.patient_id = d.patient_id
  where d.tenant_id = $1 and d.digest = $2`)

/** The person whose identifier it is. */
export async function readWithIdentifier(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  identifier: Identifier,
): Promise<Patient | undefined> {
  const row = await queries.first<PatientRow>(WITH, [tenant, identifierDigest(vault, tenant, identifier)])
  return row && patientOf(sealerOf(queries, vault, { tenant, patient: row.patient_id }), row)
}

/** Holds a person's identifiers for that person. Throws PATIENT_IDENTIFIER_TAKEN. */
export async function writeIdentifiers(
  queries: Queries,
  vault: Vault,
  { tenant, patient }: PatientKey,
  identifiers: readonly Identifier[],
): Promise<void> {
  for (const identifier of identifiers) {
    const taken = await queries.run(
      `insert into identifier_digest (tenant_id, digest, patient_id) values ($1, $2, $3) on conflict do nothing`,
      [tenant, identifierDigest(vault, tenant, identifier), patient],
    )
    if (taken > 0) continue
    const holder = await holderOf(queries, vault, tenant, identifier)
    // The same identifier given twice.
    if (holder === patient) continue
    throw new Fault(
      'PATIENT_IDENTIFIER_TAKEN',
      `identifier of system ${identifier.system}`,
      `this identifier belongs to patient "${holder}"`,
      `Use patient "${holder}" if that is the same person; otherwise correct the identifier.`,
    )
  }
}

export async function clearIdentifiers(queries: Queries, { tenant, patient }: PatientKey): Promise<void> {
  await queries.run('delete from identifier_digest where tenant_id = $1 and patient_id = $2', [
    tenant,
    patient,
  ])
}
