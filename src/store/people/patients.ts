import type { ArchiveFolder } from '../archive/archive.ts'
import { type Database, prepared } from '../database/query.ts'
import type { PatientHead } from '../person.ts'
import type { Unlocked } from '../vault/unlock.ts'
import { countRegistered, registeredOn } from './birth-days.ts'
import { readHold, releaseHold, setHold } from './legal-hold.ts'
import { addPatient, clearPatient, updatePatient } from './patient-changes.ts'
import { readWithIdentifier } from './patient-identifiers.ts'
import { listPatients, patientsBornOn } from './patient-list.ts'
import { readPatient } from './patient-row.ts'
import type { Patients } from './people-store.ts'
import { shred } from './shred.ts'

const HEAD = prepared(
  'select version, added_at as "addedAt" from patient where tenant_id = $1 and patient_id = $2',
)

export function patientsIn(database: Database, unlocked: Unlocked, archive: ArchiveFolder): Patients {
  const { vault } = unlocked
  return {
    add: (tenant, details, act) =>
      database.transaction(async (queries) => {
        await countRegistered(queries, vault, tenant, [details])
        await addPatient(queries, vault, tenant, details, act)
        return (await readPatient(queries, vault, { tenant, patient: details.id }))!
      }),

    get: (key) => readPatient(database, vault, key),

    head: ({ tenant, patient }) => database.first<PatientHead>(HEAD, [tenant, patient]),

    withIdentifier: (tenant, identifier) => readWithIdentifier(database, vault, tenant, identifier),

    registeredOn: (tenant, birthDate) => registeredOn(database, vault, tenant, birthDate),

    bornOn: (tenant, birthDate, word) => patientsBornOn(database, vault, tenant, birthDate, word),

    list: (tenant, page = {}) => listPatients(database, vault, tenant, page),

    update: (key, change, act, expected) =>
      database.transaction(async (queries) => {
        await updatePatient(queries, vault, key, change, act, expected)
        return (await readPatient(queries, vault, key))!
      }),

    async remove(key, act) {
      const notice = archive.notice(key.tenant)
      let files: readonly string[] = []
      let deleted = 0
      try {
        await database.transaction(async (queries) => {
          files = await clearPatient(queries, key, act)
          await notice.write(files)
        })
      } finally {
        deleted = await notice.settle()
      }
      return { filesDeleted: deleted, filesShared: files.length - deleted }
    },

    shred: (key, reason, act) => shred(database, unlocked, archive, key, reason, act),

    hold: (key, reason, act) => database.transaction((queries) => setHold(queries, key, reason, act)),

    release: (key, act) => database.transaction((queries) => releaseHold(queries, key, act)),

    held: (key) => readHold(database, key),
  }
}
