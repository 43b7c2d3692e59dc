import type { Sex } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Identifier, PatientDetails, PatientKey } from '../person.ts'
import { type Sealer, sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import type { Patient } from './people-store.ts'

export interface PatientRow {
  patient_id: PatientId
  sealed_identity: Buffer
  sex: Sex
  version: number
  added_at: string
  changed_at: string
}

/** What patientOf needs, of patient p. */
export const PATIENT_COLUMNS = 'p.patient_id, p.sealed_identity, p.sex, p.version, p.added_at, p.changed_at'

/** Who somebody is, apart from the sex, as it is sealed. */
interface Identity {
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
  readonly identifiers: readonly Identifier[]
}

export function sealIdentity(
  sealer: Sealer,
  { name, birthDate, identifiers }: Omit<PatientDetails, 'id' | 'sex'>,
): Promise<Buffer> {
  return sealer.seal(placeOf.identity, {
    name,
    birthDate,
    identifiers: identifiers.map(({ system, value }) => ({ system, value })),
  } satisfies Identity)
}

export async function patientOf(sealer: Sealer, row: PatientRow): Promise<Patient> {
  const { name, birthDate, identifiers } = await sealer.open<Identity>(placeOf.identity, row.sealed_identity)
  return {
    id: row.patient_id,
    name,
    sex: row.sex,
    birthDate,
    identifiers,
    version: row.version,
    addedAt: row.added_at,
    changedAt: row.changed_at,
  }
}

export function unknownPatient({ patient }: PatientKey): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    `patient ${patient}`,
    `there is no patient "${patient}"`,
    'See "garrod patient list", or add the patient first.',
  )
}

const READ = prepared(`select ${PATIENT_COLUMNS} from patient p where p.tenant_id = $1 and p.patient_id = $2`)

export async function readPatient(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<Patient | undefined> {
  const row = await queries.first<PatientRow>(READ, [key.tenant, key.patient])
  return row && patientOf(sealerOf(queries, vault, key), row)
}

/** Takes the lock on a person's row ($2 of tenant $1) until the end of the transaction; a row where there is one. */
export const LOCK_PERSON = prepared(
  'select 1 from patient where tenant_id = $1 and patient_id = $2 for update',
)
const CLAIM = prepared(`update patient set version = version + 1, changed_at = $3
  where tenant_id = $1 and patient_id = $2 returning version, sex`)

/**
 * Takes the lock on a person's row and counts the version up: from here to the commit nobody else changes the person
 * or the record. Throws PATIENT_UNKNOWN, RECORD_CHANGED.
 */
export async function claim(
  queries: Queries,
  key: PatientKey,
  at: string,
  expected: number | undefined,
): Promise<{ version: number; sex: Sex }> {
  const row = await queries.first<{ version: number; sex: Sex }>(CLAIM, [key.tenant, key.patient, at])
  if (row === undefined) throw unknownPatient(key)
  if (expected !== undefined && row.version !== expected + 1) {
    throw new Fault(
      'RECORD_CHANGED',
      `patient ${key.patient}`,
      `someone changed the record in the meantime: it is at version ${row.version - 1}, not ${expected}`,
      'Read it again, look at the change, and repeat yours if it still holds.',
    )
  }
  return row
}

/** Holds a person's row until the end of the transaction, so that rows about the person can be added. Throws PATIENT_UNKNOWN. */
export async function lockPerson(queries: Queries, key: PatientKey): Promise<void> {
  const found = await queries.first(
    'select 1 from patient where tenant_id = $1 and patient_id = $2 for no key update',
    [key.tenant, key.patient],
  )
  if (found === undefined) throw unknownPatient(key)
}
