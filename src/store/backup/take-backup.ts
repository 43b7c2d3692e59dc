import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { ArchiveFolder, LentFiles, NamedFiles } from '../archive/archive.ts'
import type { Database, Queries } from '../database/query.ts'
import type { BackedUpLog, BackupSummary, BackupTask } from '../keeping.ts'
import { BackupWriter } from './backup-file.ts'
import { copyOut } from './copy.ts'
import { ARCHIVE, type BackupHead, chunkName, HEAD_NAME, MANIFEST_NAME, type Manifest } from './manifest.ts'
import { MADE_ANEW, storedTables, tableAndColumns } from './tables.ts'

/** Bytes of rows in one member, before they are compressed. */
const CHUNK = 8 << 20

const compressed = promisify(gzip)

/**
 * Everything in the database, from one state of it, and every received file that its rows name. Keys are not in it.
 * Others may go on working meanwhile; what they delete from the archive is held by links until it is copied.
 * Throws BACKUP_EXISTS, BACKUP_DISK. Leaves a whole backup or none.
 */
export async function takeBackup(
  database: Database,
  archive: ArchiveFolder,
  task: BackupTask,
  storeId: string,
): Promise<BackupSummary> {
  const writer = await BackupWriter.create(task.path, task.at)
  try {
    return await database.snapshot(async (queries) => {
      // Files of this state cannot be deleted between the snapshot, which the first statement takes, and the links.
      const held = await archive.lend(() => namedFiles(queries))
      try {
        return await write(queries, writer, held, task, storeId)
      } finally {
        await held.release()
      }
    })
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

async function namedFiles(queries: Queries): Promise<NamedFiles> {
  const received = await queries.rows<NamedFiles['received'][number]>(
    'select distinct tenant_id as tenant, content from archived_file order by tenant_id, content',
  )
  const uploads = await queries.rows<{ id: string }>('select upload_id as id from upload order by upload_id')
  return { received, uploads: uploads.map(({ id }) => id) }
}

async function write(
  queries: Queries,
  writer: BackupWriter,
  held: LentFiles,
  { path, at, version, told = () => undefined }: BackupTask,
  storeId: string,
): Promise<BackupSummary> {
  const tables = await storedTables(queries)
  const head: BackupHead = {
    format: 'garrod-backup-1',
    takenAt: at,
    garrod: version,
    storeId,
    postgres: (await queries.first<{ v: string }>(`select current_setting('server_version') as v`))!.v,
    migrations: await queries.rows('select number, name, sha256 from migration order by number'),
    tables: tables.map(({ name, columns, needed }) => ({
      name,
      columns: [...columns],
      needed: [...needed],
    })),
  }
  await writer.add(HEAD_NAME, json(head))
  const rows: Record<string, number> = {}
  for (const { name, columns } of tables) {
    told(`table ${name}`)
    rows[name] = MADE_ANEW.has(name) ? 0 : await writeTable(queries, writer, name, columns)
  }
  for (const [i, { name, path: lent }] of held.files.entries()) {
    told(`file ${i + 1} of ${held.files.length}`)
    await writer.addStream(`${ARCHIVE}${name}`, (await stat(lent)).size, createReadStream(lent))
  }
  const audit = await queries.rows<BackedUpLog>(
    `select tenant_id as tenant, size, encode(root, 'base64') as root from audit_log order by tenant_id`,
  )
  const missing = [...held.missing]
  const manifest: Manifest = { members: [...writer.written], rows, missing, audit }
  await writer.add(MANIFEST_NAME, json(manifest))
  const total = Object.values(rows).reduce((sum, one) => sum + one, 0)
  return { path, bytes: await writer.finish(), rows: total, files: held.files.length, missing, audit }
}

async function writeTable(
  queries: Queries,
  writer: BackupWriter,
  name: string,
  columns: readonly string[],
): Promise<number> {
  let rows = 0
  let chunk = 0
  let bytes = 0
  let lines: Buffer[] = []
  const flush = async () => {
    if (lines.length === 0) return
    const packed = await compressed(Buffer.concat(lines), { level: constants.Z_BEST_SPEED })
    await writer.add(chunkName(name, ++chunk), packed)
    lines = []
    bytes = 0
  }
  for await (const group of copyOut(queries, `copy ${tableAndColumns(name, columns)} to stdout`)) {
    for (const line of group) {
      rows++
      lines.push(line)
      bytes += line.length
      if (bytes >= CHUNK) await flush()
    }
  }
  await flush()
  return rows
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 1)}\n`)
}
