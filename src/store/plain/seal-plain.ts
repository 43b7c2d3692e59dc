import { rm } from 'node:fs/promises'
import type { ArchiveFolder } from '../archive/archive.ts'
import type { Database } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { sealFeedback } from './plain-feedback.ts'
import { sealPerson } from './plain-person.ts'

/** Key of the advisory lock of the process that seals. */
const LOCK = 0x67617273
const BATCH = 50

/** What held data in plain text before migration 0004. */
const PLAIN_TABLES = ['patient_identifier', 'identifier_directory', 'sample_directory'] as const
const PLAIN_COLUMNS = {
  patient: ['name', 'name_key', 'birth_date', 'context'],
  archived_file: ['name'],
  genotype_set: ['sample', 'file_name', 'packed'],
  outside_call: ['gene', 'diplotype', 'phenotype', 'activity_score', 'file_name', 'file_format', 'line'],
  drug_use: ['text', 'rxcui', 'atc', 'status'],
  measurement: ['value', 'unit'],
  plan: ['body'],
  finding: ['body'],
  cds_feedback: ['override_reason'],
} as const
const SEALED_COLUMNS = [
  ['patient', 'sealed_identity'],
  ['archived_file', 'sealed'],
  ['genotype_set', 'sealed'],
  ['outside_call', 'sealed'],
  ['drug_use', 'sealed'],
  ['measurement', 'sealed'],
  ['plan', 'sealed'],
  ['finding', 'sealed'],
] as const

/**
 * Seals what an earlier version kept in plain text, person by person, then takes the plain columns, tables and files
 * away and rewrites the tables, so that nothing of it is left in the database's files. Goes on where it was
 * interrupted. `rewritten` takes away what the engine keeps of the past.
 */
export async function sealPlain(
  database: Database,
  vault: Vault,
  archive: ArchiveFolder,
  rewritten: () => Promise<void>,
): Promise<void> {
  if (await isDone(database)) return
  await database.transaction(async (holder) => {
    // One process at a time, for as long as it takes; the work itself is done and kept bit by bit beside this.
    await holder.run('select pg_advisory_xact_lock($1)', [LOCK])
    if (await isDone(database)) return
    if (await hasPlainColumns(database)) {
      await sealPeople(database, vault, archive)
      await sealFeedback(database, vault)
      await dropPlain(database)
    }
    const rows = await database.first<{ any: boolean }>('select exists (select 1 from event) as any')
    if (rows!.any) {
      for (const table of [...Object.keys(PLAIN_COLUMNS), 'event']) await database.run(`vacuum full ${table}`)
      await rewritten()
    }
    await rm(archive.plainFolder, { recursive: true, force: true })
    await database.run('update vault_state set plain_rows_sealed = true')
  })
}

async function sealPeople(database: Database, vault: Vault, archive: ArchiveFolder): Promise<void> {
  for (let after: PatientKey | undefined; ; ) {
    const batch = await nextPeople(database, after)
    for (const key of batch) await sealPerson(database, vault, archive, key)
    if (batch.length < BATCH) return
    after = batch.at(-1)
  }
}

async function isDone(database: Database): Promise<boolean> {
  const state = await database.first<{ plain_rows_sealed: boolean }>(
    'select plain_rows_sealed from vault_state',
  )
  return state!.plain_rows_sealed
}

async function hasPlainColumns(database: Pick<Database, 'first'>): Promise<boolean> {
  const found = await database.first<{ any: boolean }>(
    `select exists (select 1 from pg_attribute
       where attrelid = to_regclass('patient') and attname = 'name_key' and not attisdropped) as any`,
  )
  return found!.any
}

async function nextPeople(database: Database, after: PatientKey | undefined): Promise<PatientKey[]> {
  const rows = await database.rows<{ tenant_id: PatientKey['tenant']; patient_id: PatientKey['patient'] }>(
    `select tenant_id, patient_id from patient
     where sealed_identity is null and (tenant_id, patient_id) > ($1, $2)
     order by tenant_id, patient_id limit $3`,
    [after?.tenant ?? '', after?.patient ?? '', BATCH],
  )
  return rows.map(({ tenant_id, patient_id }) => ({ tenant: tenant_id, patient: patient_id }))
}

async function dropPlain(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    for (const [table, column] of SEALED_COLUMNS)
      await queries.run(`alter table ${table} alter column ${column} set not null`)
    for (const [table, columns] of Object.entries(PLAIN_COLUMNS))
      await queries.run(`alter table ${table} ${columns.map((column) => `drop column ${column}`).join(', ')}`)
    for (const table of PLAIN_TABLES) await queries.run(`drop table ${table}`)
  })
}
