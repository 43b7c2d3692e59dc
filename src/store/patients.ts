import { Fault } from '../terms/fault.ts'
import type { ArchiveFolder } from './archive.ts'
import { isDuplicate } from './database-fault.ts'
import { log } from './event-log.ts'
import { readGenotypeSets } from './genotype-sets.ts'
import { nameKey } from './name-key.ts'
import { clearIdentifiers, holderOf, writeIdentifiers } from './patient-identifiers.ts'
import { listPatients } from './patient-list.ts'
import { claim, readPatient } from './patient-row.ts'
import type { Database } from './query.ts'
import type { PatientKey, Patients } from './store.ts'
import { refuseSexContradiction } from './wrong-patient.ts'

/** Tables whose rows do not go with the person's row by themselves, before the person's own. */
const TABLES_TO_CLEAR = [
  'genotype_set',
  'outside_call',
  'sample_directory',
  'cds_feedback',
  'cds_card',
  'patient',
] as const

export function patientsIn(database: Database, archive: ArchiveFolder): Patients {
  return {
    async add(tenant, details, act) {
      const key: PatientKey = { tenant, patient: details.id }
      return database.transaction(async (queries) => {
        try {
          await queries.run(
            `insert into patient (tenant_id, patient_id, name, name_key, sex, birth_date, version, added_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, 1, $7, $7)`,
            // biome-ignore format: one value a column
            [tenant, details.id, details.name, nameKey(details.name), details.sex, details.birthDate, act.at],
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
        await writeIdentifiers(queries, key, details.identifiers)
        await log(queries, key, 'patient-added', act, { version: 1 })
        return (await readPatient(queries, key))!
      })
    },

    get: (key) => readPatient(database, key),

    async withIdentifier(tenant, identifier) {
      const patient = await holderOf(database, tenant, identifier)
      return patient && readPatient(database, { tenant, patient })
    },

    list: (tenant, page = {}) => listPatients(database, tenant, page),

    async update(key, change, act, expected) {
      return database.transaction(async (queries) => {
        const { version } = await claim(queries, key, act.at, expected)
        const before = (await readPatient(queries, key))!
        const after = { ...before, ...change }
        await queries.run(
          `update patient set name = $3, name_key = $4, sex = $5, birth_date = $6
           where tenant_id = $1 and patient_id = $2`,
          [key.tenant, key.patient, after.name, nameKey(after.name), after.sex, after.birthDate],
        )
        if (after.sex !== before.sex) {
          for (const set of await readGenotypeSets(queries, key)) refuseSexContradiction(after.sex, set)
        }
        if (change.identifiers !== undefined) {
          await clearIdentifiers(queries, key)
          await writeIdentifiers(queries, key, change.identifiers)
        }
        await log(queries, key, 'patient-updated', act, { version })
        return (await readPatient(queries, key))!
      })
    },

    async remove(key, act) {
      const { tenant, patient } = key
      const notice = archive.notice(tenant)
      let files = 0
      let deleted = 0
      try {
        await database.transaction(async (queries) => {
          const { version } = await claim(queries, key, act.at, undefined)
          const held = await queries.rows<{ sha256: string }>(
            'select sha256 from archived_file where tenant_id = $1 and patient_id = $2',
            [tenant, patient],
          )
          files = held.length
          await notice.write(held.map(({ sha256 }) => sha256))
          await clearIdentifiers(queries, key)
          for (const table of TABLES_TO_CLEAR) {
            await queries.run(`delete from ${table} where tenant_id = $1 and patient_id = $2`, [
              tenant,
              patient,
            ])
          }
          await log(queries, key, 'patient-removed', act, { version, files })
        })
      } finally {
        deleted = await notice.settle()
      }
      return { filesDeleted: deleted, filesShared: files - deleted }
    },
  }
}
