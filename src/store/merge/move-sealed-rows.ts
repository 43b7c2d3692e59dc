import { Fault } from '../../terms/fault.ts'
import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

type Row = Readonly<Record<string, unknown>>

/** Tables whose rows keep their own key under the survivor, and where each of their sealed columns belongs. */
const TABLES: readonly {
  readonly name: string
  readonly key: readonly string[]
  readonly sealed: Readonly<Record<string, (row: Row) => string>>
}[] = [
  {
    name: 'break_glass',
    key: ['grant_id'],
    sealed: { explanation: (row) => `break_glass ${row['grant_id']}` },
  },
  {
    name: 'proposed_fact',
    key: ['document_id', 'document_version', 'ordinal'],
    sealed: {
      body: (row) => `proposed_fact/${row['document_id']}/${row['document_version']}/${row['ordinal']}`,
    },
  },
  {
    name: 'tumor_file',
    key: ['file_id'],
    sealed: { body: (row) => `tumor_file/${row['file_id']}` },
  },
  {
    name: 'board_decision',
    key: ['decision_id', 'version'],
    sealed: {
      body: (row) => `board_decision/${row['decision_id']}/${row['version']}`,
      basis: (row) => `board_decision/${row['decision_id']}/${row['version']}/basis`,
    },
  },
  {
    name: 'upload',
    key: ['upload_id'],
    sealed: { sealed: (row) => `upload/${row['upload_id']}` },
  },
]

export async function moveSealedRows(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  await refuseWaitingUploads(queries, from)
  for (const { name, key, sealed } of TABLES) {
    const columns = Object.keys(sealed)
    const rows = await queries.rows<Row>(
      `select ${[...key, ...columns].join(', ')} from ${name} where tenant_id = $1 and patient_id = $2`,
      [from.tenant, from.patient],
    )
    for (const row of rows) {
      const values: unknown[] = [from.tenant, from.patient, to.patient]
      const set = ['patient_id = $3']
      for (const column of columns) {
        const place = sealed[column]!(row)
        set.push(
          `${column} = $${values.push(await resealed(queries, vault, from, to, place, place, row[column] as Buffer))}`,
        )
      }
      const where = key.map((column) => `${column} = $${values.push(row[column])}`)
      await queries.run(
        `update ${name} set ${set.join(', ')} where tenant_id = $1 and patient_id = $2 and ${where.join(' and ')}`,
        values,
      )
    }
  }
}

/** A file that a job is still reading for the retired person would be lost to the survivor. */
async function refuseWaitingUploads(queries: Queries, { tenant, patient }: PatientKey): Promise<void> {
  const waiting = await queries.first(
    `select 1 from job where tenant_id = $1 and live and kind = 'upload' and payload ->> 'patient' = $2 limit 1`,
    [tenant, patient],
  )
  if (waiting === undefined) return
  throw new Fault(
    'MERGE_UPLOAD_WAITS',
    `patient ${patient}`,
    'a file of the record that is given up is still being read',
    'Wait until it is stored or refused, and merge then.',
  )
}
