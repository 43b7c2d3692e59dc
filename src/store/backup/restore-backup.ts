import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { Fault } from '../../terms/fault.ts'
import type { Database, Queries } from '../database/query.ts'
import { applyMigrations } from '../migrations/migrate.ts'
import { MIGRATIONS, type Migration } from '../migrations/migrations.ts'
import { BackupReader, unreadable } from './backup-file.ts'
import { copyIn } from './copy.ts'
import { ARCHIVE, type BackupHead, checkBackup, type ReadBackup } from './manifest.ts'
import { quoted, type StoredTable, storedTables, tableAndColumns } from './tables.ts'

export interface RestoreSummary {
  readonly takenAt: string
  readonly storeId: string
  readonly rows: number
  readonly files: number
  readonly missing: readonly string[]
  readonly audit: ReadBackup['manifest']['audit']
}

interface RestoreTask {
  readonly path: string
  /** Folder of all archives: GARROD_HOME/archive. */
  readonly archives: string
  /** Give up what the database and its archive hold now. */
  readonly replace: boolean
  readonly told?: (what: string) => void
}

/**
 * Puts a backup in the place of what the database holds: all of it, or nothing changes. The backup is read through and
 * compared with its checksums before. Throws BACKUP_UNREADABLE, BACKUP_OTHER_VERSION, STORE_NOT_EMPTY, STORE_IN_USE.
 */
export async function restoreBackup(database: Database, task: RestoreTask): Promise<RestoreSummary> {
  const reader = await BackupReader.open(task.path)
  const brought: string[] = []
  try {
    task.told?.('checksums')
    const backup = await checkBackup(reader)
    const steps = stepsOf(backup, task.path)
    const before = await database.transaction(async (queries) => {
      await refuseInUse(queries)
      const earlier = await clear(queries, task.replace)
      await applyMigrations(queries, steps)
      await loadTables(queries, reader, backup, task)
      await applyMigrations(queries, MIGRATIONS)
      await bringFiles(reader, backup, task, brought)
      return earlier
    })
    brought.length = 0
    await dropOthers(backup, before, task)
    const { head, manifest } = backup
    const rows = Object.values(manifest.rows).reduce((sum, one) => sum + one, 0)
    const files = manifest.members.filter(({ name }) => name.startsWith(ARCHIVE)).length
    const { missing, audit } = manifest
    return { takenAt: head.takenAt, storeId: head.storeId, rows, files, missing, audit }
  } finally {
    // Only what a failed restore brought is left in the list.
    for (const path of brought) await rm(path, { force: true })
    await reader.close()
  }
}

/** The migrations under which the backup was taken. */
function stepsOf({ head }: ReadBackup, path: string): readonly Migration[] {
  return head.migrations.map(({ number, name, sha256 }) => {
    const step = MIGRATIONS.find((one) => one.number === number)
    if (step?.sha256 === sha256) return step
    throw new Fault(
      'BACKUP_OTHER_VERSION',
      path,
      step === undefined
        ? `the backup is of a newer version of Garrod (migration ${number}, ${name})`
        : `the backup is of a version of Garrod with another migration ${number} (${name})`,
      `Restore it with Garrod ${head.garrod}, the version that took it.`,
    )
  })
}

async function refuseInUse(queries: Queries): Promise<void> {
  const others = await queries.first<{ count: number }>(
    `select count(*) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'garrod%'
       and (application_name = 'garrod' or application_name <> current_setting('application_name'))`,
  )
  if (others!.count === 0) return
  throw new Fault(
    'STORE_IN_USE',
    'database',
    'another program uses the database',
    'End it first (for example "garrod serve"); a restore needs the database for itself.',
  )
}

/** Drops every table. Returns the id of the store that was there. Throws STORE_NOT_EMPTY unless told to replace. */
async function clear(queries: Queries, replace: boolean): Promise<string | undefined> {
  const tables = await storedTables(queries)
  const names = tables.map(({ name }) => name)
  if (!replace) {
    // Rows that a new, unused store has of itself.
    const own = new Set(['store_identity', 'vault_state', 'tenant_key', 'patient_key', 'login_key'])
    for (const name of names.filter((one) => !own.has(one))) {
      const used = await queries.first(`select 1 from ${quoted(name)} limit 1`)
      if (used !== undefined) throw notEmpty()
    }
  }
  const identity = names.includes('store_identity')
    ? await queries.first<{ store_id: string }>('select store_id from store_identity')
    : undefined
  for (const name of [...names].reverse()) await queries.run(`drop table ${quoted(name)}`)
  await queries.run('drop table if exists migration')
  return identity?.store_id
}

function notEmpty(): Fault {
  return new Fault(
    'STORE_NOT_EMPTY',
    'database',
    'the database is in use: a restore would delete what it holds',
    'Restore into an empty GARROD_HOME or database, or give --replace to delete everything that is there now.',
  )
}

async function loadTables(
  queries: Queries,
  reader: BackupReader,
  { head, manifest }: ReadBackup,
  { told = () => undefined, path }: RestoreTask,
): Promise<void> {
  const here = await storedTables(queries)
  for (const { name } of [...here].reverse()) await queries.run(`delete from ${quoted(name)}`)
  const known = new Map(head.tables.map((one) => [one.name, one]))
  const strange = head.tables.find(({ name }) => !here.some((one) => one.name === name))
  if (strange !== undefined) throw unreadable(path, `this version has no table "${strange.name}"`)
  await fitSchema(queries, here, known)
  for (const { name } of here) {
    const table = known.get(name)
    if (table === undefined) continue
    told(`table ${name}`)
    const chunks = manifest.members.filter((one) => one.name.startsWith(`tables/${name}/`))
    const into = `copy ${tableAndColumns(name, table.columns)} from stdin`
    const stored = await copyIn(queries, into, unpacked(reader, chunks))
    if (stored !== manifest.rows[name]) {
      throw unreadable(path, `table "${name}" has ${stored} rows instead of ${manifest.rows[name]}`)
    }
  }
}

/** Tables and columns that the store had given up since they were made, once they were emptied, go here as well. */
async function fitSchema(
  queries: Queries,
  here: readonly StoredTable[],
  known: ReadonlyMap<string, BackupHead['tables'][number]>,
): Promise<void> {
  for (const { name, columns, needed } of [...here].reverse()) {
    const table = known.get(name)
    if (table === undefined) {
      await queries.run(`drop table ${quoted(name)}`)
      continue
    }
    for (const column of columns.filter((one) => !table.columns.includes(one))) {
      await queries.run(`alter table ${quoted(name)} drop column ${quoted(column)}`)
    }
    for (const column of table.needed.filter((one) => !needed.includes(one))) {
      await queries.run(`alter table ${quoted(name)} alter column ${quoted(column)} set not null`)
    }
  }
}

async function* unpacked(
  reader: BackupReader,
  chunks: readonly { readonly name: string }[],
): AsyncIterable<Buffer> {
  for (const { name } of chunks) {
    const gunzip = createGunzip()
    const feed = (async () => {
      for await (const chunk of reader.read(name)) gunzip.write(chunk)
      gunzip.end()
    })()
    feed.catch((error) => gunzip.destroy(error as Error))
    for await (const chunk of gunzip) yield chunk as Buffer
    await feed
  }
}

/** Files come to their places before the rows that name them are committed. */
async function bringFiles(
  reader: BackupReader,
  { head, manifest }: ReadBackup,
  { archives, path, told = () => undefined }: RestoreTask,
  brought: string[],
): Promise<void> {
  const files = manifest.members.filter(({ name }) => name.startsWith(ARCHIVE))
  for (const [i, { name, sha256 }] of files.entries()) {
    told(`file ${i + 1} of ${files.length}`)
    const relative = name.slice(ARCHIVE.length)
    if (!/^[A-Za-z0-9]+(\/[A-Za-z0-9][A-Za-z0-9.-]*)+$/.test(relative)) {
      throw unreadable(path, `"${name}" is not the name of a received file`)
    }
    const place = join(archives, head.storeId, relative)
    if ((await checksumOf(place)) === sha256) continue
    await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    const draft = `${place}.restoring`
    const isNew = (await stat(place).catch(() => undefined)) === undefined
    brought.push(draft)
    const file = await open(draft, 'w', 0o600)
    try {
      for await (const chunk of reader.read(name)) await file.writeFile(chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, place)
    if (isNew) brought.push(place)
    const folder = await open(dirname(place))
    await folder.sync()
    await folder.close()
  }
}

async function checksumOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch {
    return undefined
  }
  return hash.digest('hex')
}

/** Deletes received files that no row names any more: those of the store that was replaced. */
async function dropOthers(
  { head, manifest }: ReadBackup,
  before: string | undefined,
  { archives }: RestoreTask,
): Promise<void> {
  if (before !== undefined && before !== head.storeId) {
    await rm(join(archives, before), { recursive: true, force: true })
  }
  const folder = join(archives, head.storeId)
  const named = new Set(
    manifest.members
      .filter(({ name }) => name.startsWith(ARCHIVE))
      .map(({ name }) => name.slice(ARCHIVE.length)),
  )
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name)
    if (entry.isFile() && !named.has(full.slice(folder.length + 1))) await rm(full, { force: true })
  }
}
