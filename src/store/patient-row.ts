import type { Sex } from '../record/patient-record.ts'
import { Fault } from '../terms/fault.ts'
import type { PatientId } from '../terms/ids.ts'
import type { Queries } from './query.ts'
import type { Identifier, Patient, PatientKey } from './store.ts'

export interface PatientRow {
  patient_id: PatientId
  name: string | null
  sex: Sex
  birth_date: string | null
  version: number
  added_at: string
  changed_at: string
  identifiers: Identifier[]
}

/** What patientOf needs, of patient p. */
export const PATIENT_COLUMNS = `p.patient_id, p.name, p.sex, p.birth_date, p.version, p.added_at, p.changed_at,
  coalesce((select jsonb_agg(jsonb_build_object('system', i.system, 'value', i.value) order by i.ordinal)
    from patient_identifier i where i.tenant_id = p.tenant_id and i.patient_id = p.patient_id), '[]') as identifiers`

export function patientOf(row: PatientRow): Patient {
  return {
    id: row.patient_id,
    name: row.name ?? undefined,
    sex: row.sex,
    birthDate: row.birth_date ?? undefined,
    identifiers: row.identifiers.map(({ system, value }) => ({ system, value })),
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

export async function readPatient(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<Patient | undefined> {
  const row = await queries.first<PatientRow>(
    `select ${PATIENT_COLUMNS} from patient p where p.tenant_id = $1 and p.patient_id = $2`,
    [tenant, patient],
  )
  return row && patientOf(row)
}

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
  const row = await queries.first<{ version: number; sex: Sex }>(
    `update patient set version = version + 1, changed_at = $3
     where tenant_id = $1 and patient_id = $2 returning version, sex`,
    [key.tenant, key.patient, at],
  )
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
