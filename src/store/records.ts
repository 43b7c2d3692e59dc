import type { ClinicalContext } from '../record/patient-record.ts'
import type { ArchiveFolder } from './archive.ts'
import { log } from './event-log.ts'
import { readGenotypeSets } from './genotype-sets.ts'
import { ingest } from './ingest.ts'
import { claim, readPatient } from './patient-row.ts'
import type { Database, Queries } from './query.ts'
import {
  readDrugs,
  readMeasurements,
  readOutsideCalls,
  replaceDrugs,
  writeMeasurements,
} from './record-parts.ts'
import type { PatientKey, Records, VersionedRecord } from './store.ts'

export function recordsIn(database: Database, archive: ArchiveFolder): Records {
  return {
    get: (key) => database.snapshot((queries) => readRecord(queries, key)),

    ingest: (key, upload, act, expected) => ingest(database, archive, key, upload, act, expected),

    async change(key, parts, act, expected) {
      return database.transaction(async (queries) => {
        const { version } = await claim(queries, key, act.at, expected)
        if (parts.drugs !== undefined) await replaceDrugs(queries, key, parts.drugs)
        if (parts.measurements !== undefined) {
          await queries.run('delete from measurement where tenant_id = $1 and patient_id = $2', [
            key.tenant,
            key.patient,
          ])
          await writeMeasurements(queries, key, parts.measurements)
        }
        if (parts.context !== undefined) {
          await queries.run('update patient set context = $3 where tenant_id = $1 and patient_id = $2', [
            key.tenant,
            key.patient,
            parts.context,
          ])
        }
        await log(queries, key, 'record-changed', act, {
          version,
          parts: Object.keys(parts).sort().join(' '),
        })
        return version
      })
    },
  }
}

/** Assembles the one value that every later stage reads. */
async function readRecord(queries: Queries, key: PatientKey): Promise<VersionedRecord | undefined> {
  const patient = await readPatient(queries, key)
  if (patient === undefined) return undefined
  const row = await queries.first<{ context: ClinicalContext }>(
    'select context from patient where tenant_id = $1 and patient_id = $2',
    [key.tenant, key.patient],
  )
  const { id, name, sex, birthDate, identifiers, version } = patient
  return {
    version,
    record: {
      id,
      name,
      sex,
      birthDate,
      identifiers,
      genotypes: await readGenotypeSets(queries, key),
      outsideCalls: await readOutsideCalls(queries, key),
      drugs: await readDrugs(queries, key),
      measurements: await readMeasurements(queries, key),
      context: row!.context,
    },
  }
}
