import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import { unknownPatient } from '../people/patient-row.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import type { TumorFile, TumorFiles } from './tumor-file-store.ts'

type Body = Omit<TumorFile, 'id'>

const AT = 'tenant_id = $1 and patient_id = $2 and file_id = $3'

export function tumorFilesIn(database: Database, vault: Vault): TumorFiles {
  return {
    keep: (key, { id, ...file }, act) =>
      database.transaction(async (queries) => {
        const { tenant, patient } = key
        const person = await queries.first(
          'select 1 from patient where tenant_id = $1 and patient_id = $2 for no key update',
          [tenant, patient],
        )
        if (person === undefined) throw unknownPatient(key)
        const body: Body = { ...file, at: act.at, by: act.by, withdrawn: undefined }
        const added = await queries.run(
          `insert into tumor_file (tenant_id, patient_id, file_id, body, kept_at) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
          [tenant, patient, id, await sealerOf(queries, vault, key).seal(placeOf(id), body), act.at],
        )
        if (added > 0) await log(queries, key, 'tumor-file-kept', act, { file: id })
      }),

    async list(key) {
      const rows = await database.rows<{ id: string; body: Buffer }>(
        `select file_id as id, body from tumor_file where tenant_id = $1 and patient_id = $2 order by kept_at, file_id`,
        [key.tenant, key.patient],
      )
      const sealer = sealerOf(database, vault, key)
      return Promise.all(
        rows.map(async ({ id, body }) => {
          const file = await sealer.open<Body>(placeOf(id), body)
          return { id, ...file, withdrawn: file.withdrawn }
        }),
      )
    },

    async owners(tenant, patients) {
      if (patients.length === 0) return new Set()
      const rows = await database.rows<{ id: string }>(
        'select distinct patient_id as id from tumor_file where tenant_id = $1 and patient_id = any($2)',
        [tenant, patients],
      )
      return new Set(rows.map(({ id }) => patientId(id)))
    },

    withdraw: (key, id, act) =>
      database.transaction(async (queries) => {
        const values = [key.tenant, key.patient, id]
        await queries.first(
          'select 1 from patient where tenant_id = $1 and patient_id = $2 for no key update',
          values.slice(0, 2),
        )
        const row = await queries.first<{ body: Buffer }>(
          `select body from tumor_file where ${AT} for update`,
          values,
        )
        if (row === undefined) throw unknownFile()
        const sealer = sealerOf(queries, vault, key)
        const file = await sealer.open<Body>(placeOf(id), row.body)
        if (file.withdrawn !== undefined) return
        const body: Body = { ...file, withdrawn: { at: act.at, by: act.by } }
        await queries.run(`update tumor_file set body = $4 where ${AT}`, [
          ...values,
          await sealer.seal(placeOf(id), body),
        ])
        await log(queries, key, 'tumor-file-withdrawn', act, { file: id })
      }),
  }
}

function placeOf(id: string): string {
  return `tumor_file/${id}`
}

function unknownFile(): Fault {
  return new Fault(
    'TUMOR_FILE_UNKNOWN',
    'file',
    'there is no such file of a tumour',
    "See the person's tumours.",
  )
}
