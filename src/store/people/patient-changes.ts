import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { isDuplicate } from '../database/database-fault.ts'
import type { Queries } from '../database/query.ts'
import { retireGenomes } from '../genomes/retire-genomes.ts'
import { log } from '../log/event-log.ts'
import type { Act, PatientDetails, PatientKey } from '../person.ts'
import { readGenotypeSets } from '../record/genotype-sets.ts'
import { retireReadings } from '../variants/retire.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import { refuseUnderHold } from './legal-hold.ts'
import { clearIdentifiers, writeIdentifiers } from './patient-identifiers.ts'
import { claim, readPatient, sealIdentity } from './patient-row.ts'
import { searchDigests } from './patient-search.ts'
import { refuseSexContradiction } from './wrong-patient.ts'

/** Tables whose rows do not go with the person's row by themselves, before the person's own. */
export const TABLES_TO_CLEAR = [
  'genotype_set',
  'outside_call',
  'sample_digest',
  'identifier_digest',
  'cds_feedback',
  'cds_card',
  'resource_index',
  'resource_version',
  'resource',
  'resource_directory',
  'exchange_message',
  'patient_key',
  'merged_key',
  'patient',
] as const

/** Registers a person. Throws PATIENT_EXISTS, PATIENT_IDENTIFIER_TAKEN. */
export async function addPatient(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  details: PatientDetails,
  act: Act,
): Promise<void> {
  const key: PatientKey = { tenant, patient: details.id }
  const sealed = await sealIdentity(sealerOf(queries, vault, key), details)
  try {
    await queries.run(
      `insert into patient (tenant_id, patient_id, sealed_identity, found_by, sex, version, added_at, changed_at)
       values ($1, $2, $3, $4, $5, 1, $6, $6)`,
      [tenant, details.id, sealed, searchDigests(vault, tenant, details), details.sex, act.at],
    )
  } catch (error) {
    if (!isDuplicate(error, 'patient_pkey')) throw error
    throw new Fault(
      'PATIENT_EXISTS',
      `patient ${details.id}`,
      `there is already a patient "${details.id}"`,
      'Choose another id, or see who it is with "garrod patient show".',
    )
  }
  await writeIdentifiers(queries, vault, key, details.identifiers)
  await log(queries, key, 'patient-added', act, { version: 1 })
}

/** Changes the named details. Throws PATIENT_UNKNOWN, RECORD_CHANGED, PATIENT_IDENTIFIER_TAKEN, SEX_CONTRADICTION. */
export async function updatePatient(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  change: Partial<Omit<PatientDetails, 'id'>>,
  act: Act,
  expected: number | undefined,
): Promise<void> {
  const { version } = await claim(queries, key, act.at, expected)
  const before = (await readPatient(queries, vault, key))!
  const after = { ...before, ...change }
  await queries.run(
    `update patient set sealed_identity = $3, found_by = $4, sex = $5
     where tenant_id = $1 and patient_id = $2`,
    [
      key.tenant,
      key.patient,
      await sealIdentity(sealerOf(queries, vault, key), after),
      searchDigests(vault, key.tenant, after),
      after.sex,
    ],
  )
  if (after.sex !== before.sex) {
    for (const set of await readGenotypeSets(queries, vault, key)) refuseSexContradiction(after.sex, set)
  }
  if (change.identifiers !== undefined) {
    await clearIdentifiers(queries, key)
    await writeIdentifiers(queries, vault, key, change.identifiers)
  }
  await log(queries, key, 'patient-updated', act, { version })
}

/**
 * Deletes every row about a person but the event log's. Returns the archived files that the record rested on: the
 * caller has them deleted where nobody else's record rests on them. Throws PATIENT_UNKNOWN, LEGAL_HOLD.
 */
export async function clearPatient(queries: Queries, key: PatientKey, act: Act): Promise<readonly string[]> {
  const { version } = await claim(queries, key, act.at, undefined)
  await refuseUnderHold(queries, key)
  const files = await deleteRows(queries, key)
  await log(queries, key, 'patient-removed', act, { version, files: files.length })
  return files
}

/** Takes the lock on a person's row. Returns the version that a change would make; undefined when nobody is registered. */
export async function nextPersonVersion(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<number | undefined> {
  const row = await queries.first<{ version: number }>(
    'select version from patient where tenant_id = $1 and patient_id = $2 for update',
    [tenant, patient],
  )
  return row && row.version + 1
}

/** Deletes the rows alone; see `clearPatient`. */
export async function deleteRows(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<readonly string[]> {
  const held = await queries.rows<{ content: string }>(
    'select content from archived_file where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
  await retireReadings(queries, { tenant, patient })
  await retireGenomes(queries, { tenant, patient })
  for (const table of TABLES_TO_CLEAR) {
    await queries.run(`delete from ${table} where tenant_id = $1 and patient_id = $2`, [tenant, patient])
  }
  return held.map(({ content }) => content)
}
