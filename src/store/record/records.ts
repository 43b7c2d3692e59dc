import type { ClinicalContext } from '../../record/patient-record.ts'
import type { ArchiveFolder } from '../archive/archive.ts'
import type { Database, Queries } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import { claim, readPatient } from '../people/patient-row.ts'
import type { PatientKey } from '../person.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { readGenotypeSets } from './genotype-sets.ts'
import { ingest } from './ingest.ts'
import {
  readDrugs,
  readMeasurements,
  readOutsideCalls,
  replaceDrugs,
  writeMeasurements,
} from './record-parts.ts'
import type { Records, VersionedRecord } from './record-store.ts'

export function recordsIn(database: Database, vault: Vault, archive: ArchiveFolder): Records {
  return {
    get: (key) => database.snapshot((queries) => readRecord(queries, vault, key)),

    ingest: (key, upload, act, expected) => ingest(database, vault, archive, key, upload, act, expected),

    async change(key, parts, act, expected) {
      return database.transaction(async (queries) => {
        const { version } = await claim(queries, key, act.at, expected)
        if (parts.drugs !== undefined) await replaceDrugs(queries, vault, key, parts.drugs)
        if (parts.measurements !== undefined) {
          await queries.run('delete from measurement where tenant_id = $1 and patient_id = $2', [
            key.tenant,
            key.patient,
          ])
          await writeMeasurements(queries, vault, key, parts.measurements)
        }
        if (parts.context !== undefined) {
          const sealed = await sealerOf(queries, vault, key).seal(placeOf.context, parts.context)
          await queries.run(
            'update patient set sealed_context = $3 where tenant_id = $1 and patient_id = $2',
            [key.tenant, key.patient, sealed],
          )
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
async function readRecord(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<VersionedRecord | undefined> {
  const patient = await readPatient(queries, vault, key)
  if (patient === undefined) return undefined
  const row = await queries.first<{ sealed_context: Buffer | null }>(
    'select sealed_context from patient where tenant_id = $1 and patient_id = $2',
    [key.tenant, key.patient],
  )
  const sealed = row!.sealed_context
  const { id, name, sex, birthDate, identifiers, version } = patient
  return {
    version,
    record: {
      id,
      name,
      sex,
      birthDate,
      identifiers,
      genotypes: await readGenotypeSets(queries, vault, key),
      outsideCalls: await readOutsideCalls(queries, vault, key),
      drugs: await readDrugs(queries, vault, key),
      measurements: await readMeasurements(queries, vault, key),
      context:
        sealed === null
          ? {}
          : await sealerOf(queries, vault, key).open<ClinicalContext>(placeOf.context, sealed),
    },
  }
}
