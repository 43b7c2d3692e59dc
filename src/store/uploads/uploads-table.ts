import { randomUUID } from 'node:crypto'
import type { ArchiveFolder } from '../archive/archive.ts'
import type { Database, Queries } from '../database/query.ts'
import { enqueueJobs } from '../jobs/jobs-table.ts'
import { unknownPatient } from '../people/patient-row.ts'
import type { PatientKey } from '../person.ts'
import { type Sealer, sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import type { Upload, Uploads } from './uploads.ts'

/** What is sealed with the row. */
interface Head extends Omit<Upload, 'id'> {
  /** The file's own key, base64. Gone when the upload was dealt with. */
  readonly key: string | undefined
}

export function uploadsIn(database: Database, vault: Vault, archive: ArchiveFolder): Uploads {
  const sealer = (queries: Queries, key: PatientKey): Sealer => sealerOf(queries, vault, key)

  async function headOf(queries: Queries, key: PatientKey, id: string): Promise<Head | undefined> {
    const row = await queries.first<{ sealed: Buffer }>(
      'select sealed from upload where tenant_id = $1 and patient_id = $2 and upload_id = $3',
      [key.tenant, key.patient, id],
    )
    return row && sealer(queries, key).open<Head>(placeOf(id), row.sealed)
  }

  return {
    async hold(key, received, { job, sample, tumor }, act) {
      const { tenant, patient } = key
      const id = randomUUID()
      const fileKey = await archive.hold(received, id)
      const { name, sha256, bytes } = received
      const head: Head = {
        name,
        sha256,
        bytes,
        sample,
        ...(tumor === undefined ? {} : { tumor }),
        by: act.by,
        outcome: undefined,
        key: fileKey.toString('base64'),
      }
      try {
        return await database.transaction(async (queries) => {
          const person = await queries.first(
            'select 1 from patient where tenant_id = $1 and patient_id = $2 for key share',
            [tenant, patient],
          )
          if (person === undefined) throw unknownPatient(key)
          await queries.run(
            'insert into upload (tenant_id, patient_id, upload_id, sealed, received_at) values ($1, $2, $3, $4, $5)',
            [tenant, patient, id, await sealer(queries, key).seal(placeOf(id), head), act.at],
          )
          const [made] = await enqueueJobs(
            queries,
            tenant,
            [{ kind: job, key: id, payload: { patient, upload: id } }],
            act.at,
          )
          return made!
        })
      } catch (error) {
        // Of a connection that broke nobody knows whether the rows are there: a sweep finds out, and deletes the file then.
        if (!(error as { lost?: boolean }).lost) await archive.letGo(id)
        throw error
      }
    },

    async get(key, id) {
      const head = await headOf(database, key, id)
      if (head === undefined) return undefined
      const { key: _, ...upload } = head
      return { id, ...upload, sample: head.sample, outcome: head.outcome }
    },

    async open(key, id) {
      const head = await headOf(database, key, id)
      if (head?.key === undefined) return undefined
      return archive.takeUp(id, head, Buffer.from(head.key, 'base64'))
    },

    async settle(key, id, outcome) {
      await database.transaction(async (queries) => {
        const head = await headOf(queries, key, id)
        // The person was removed meanwhile.
        if (head === undefined) return
        const sealed = await sealer(queries, key).seal(placeOf(id), { ...head, outcome, key: undefined })
        await queries.run(
          'update upload set sealed = $4 where tenant_id = $1 and patient_id = $2 and upload_id = $3',
          [key.tenant, key.patient, id, sealed],
        )
      })
      await archive.letGo(id)
    },

    prune: (tenant, before) =>
      database.run(
        `delete from upload u where u.tenant_id = $1 and u.received_at < $2 and not exists (select 1 from job j
           where j.tenant_id = u.tenant_id and j.key = u.upload_id::text and j.state in ('waiting', 'running', 'dead'))`,
        [tenant, before],
      ),
  }
}

function placeOf(id: string): string {
  return `upload/${id}`
}
