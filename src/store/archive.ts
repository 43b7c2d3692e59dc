import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { Fault } from '../terms/fault.ts'
import type { TenantId } from '../terms/ids.ts'
import { isMarkAlive, markOfThisProcess } from './process-life.ts'
import type { Database, Queries } from './query.ts'
import type { ReceivedFile } from './store.ts'

/** Key of the advisory lock between who adds a reference to a file (shared) and who deletes files (alone). */
const LOCK = 0x67617263
/** Age at which another machine's left-overs in the waiting room are taken to be dead, ms. */
const ABANDONED = 24 * 3600 * 1000

/** Survives the process that wrote it: a sweep looks at the files it names, and deletes those that no record rests on. */
interface Notice {
  write(contents: readonly string[]): Promise<void>
  /** After a change that certainly holds. */
  tearUp(): Promise<void>
  /** After a change that took files, or failed: deletes what no record rests on. Returns how many files. */
  settle(): Promise<number>
}

/** Files as received, by content: files/<tenant>/<first two digits>/<sha256>. */
export class ArchiveFolder {
  readonly #files: string
  readonly #incoming: string
  readonly #database: Database

  /** `folder` belongs to one store alone: what its rows do not name may be deleted. */
  constructor(folder: string, database: Database) {
    this.#files = join(folder, 'files')
    this.#incoming = join(folder, 'incoming')
    this.#database = database
  }

  pathOf(tenant: TenantId | string, sha256: string): string {
    return join(this.#files, tenant, sha256.slice(0, 2), sha256)
  }

  async receive(name: string, content: AsyncIterable<Uint8Array>): Promise<ReceivedFile> {
    const path = await this.#ticket('part')
    const hash = createHash('sha256')
    let bytes = 0
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        for await (const chunk of content) {
          hash.update(chunk)
          bytes += chunk.length
          await file.writeFile(chunk)
        }
        await file.sync()
      } finally {
        await file.close()
      }
    } catch (error) {
      await rm(path, { force: true })
      throw diskFault(error, name)
    }
    return { name, sha256: hash.digest('hex'), bytes, path, discard: () => rm(path, { force: true }) }
  }

  /** Opens a notice: which files a change will bring or take, written down before the database commits it. */
  notice(tenant: TenantId): Notice {
    const papers: string[] = []
    const named: string[] = []
    const tearUp = async () => {
      for (const path of papers.splice(0)) await rm(path, { force: true })
    }
    return {
      write: async (contents) => {
        if (contents.length === 0) return
        const path = await this.#ticket('check')
        papers.push(path)
        named.push(...contents)
        await writeDurably(path, JSON.stringify({ tenant, contents }))
      },
      tearUp,
      settle: async () => {
        const deleted = await this.deleteUnused(tenant, [...new Set(named)])
        await tearUp()
        return deleted
      },
    }
  }

  /** Moves a received file to its place. Call it in the transaction that names it, after a notice and `shareLock`. */
  async place(tenant: TenantId, received: ReceivedFile): Promise<void> {
    const path = this.pathOf(tenant, received.sha256)
    const folder = dirname(path)
    await makeFolder(folder)
    try {
      await rename(received.path, path)
    } catch (error) {
      // Placed by an earlier attempt of the same transaction.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw diskFault(error, received.name)
      await stat(path)
    }
    await flushFolder(folder)
  }

  /** Held by a transaction that adds references to files. */
  async shareLock(queries: Queries): Promise<void> {
    await queries.run('select pg_advisory_xact_lock_shared($1)', [LOCK])
  }

  /** Deletes those of the files that no record rests on. Returns how many. */
  async deleteUnused(tenant: TenantId | string, contents: readonly string[]): Promise<number> {
    if (contents.length === 0) return 0
    return this.#database.transaction(async (queries) => {
      await queries.run('select pg_advisory_xact_lock($1)', [LOCK])
      let deleted = 0
      for (const sha256 of contents) {
        const used = await queries.first(
          'select 1 from archived_file where tenant_id = $1 and sha256 = $2 limit 1',
          [tenant, sha256],
        )
        if (used !== undefined) continue
        const path = this.pathOf(tenant, sha256)
        const found = await stat(path).catch(() => undefined)
        if (found === undefined) continue
        await rm(path)
        deleted++
      }
      return deleted
    })
  }

  /** Finishes what dead processes left in the waiting room. Costs one look into an almost always empty folder. */
  async sweep(): Promise<number> {
    let deleted = 0
    for (const name of await readdir(this.#incoming).catch(() => [])) {
      const path = join(this.#incoming, name)
      if (await this.#isInUse(name, path)) continue
      if (name.endsWith('.check')) {
        const left = await readFile(path, 'utf8').catch(() => '')
        // A half-written notice was never followed by a change.
        const { tenant, contents } = left.endsWith('}')
          ? (JSON.parse(left) as { tenant: string; contents: string[] })
          : { tenant: '', contents: [] }
        deleted += await this.deleteUnused(tenant, contents)
      } else deleted++
      await rm(path, { force: true })
    }
    return deleted
  }

  /** A name in the waiting room that tells which process owns it: host~process~random. */
  async #ticket(kind: 'part' | 'check'): Promise<string> {
    await makeFolder(this.#incoming)
    return join(this.#incoming, `${host()}~${markOfThisProcess()}~${randomUUID()}.${kind}`)
  }

  async #isInUse(name: string, path: string): Promise<boolean> {
    const [machine, mark = ''] = name.split('~')
    if (machine === host()) return isMarkAlive(mark)
    const found = await stat(path).catch(() => undefined)
    return found !== undefined && Date.now() - found.mtimeMs < ABANDONED
  }
}

function host(): string {
  return hostname().replace(/[^A-Za-z0-9.-]/g, '_')
}

/** Makes a folder and those above it. A new folder is durable only when the one above it is flushed. */
async function makeFolder(folder: string): Promise<void> {
  const highest = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (highest === undefined) return
  for (let above = dirname(folder); above.length >= dirname(highest).length; above = dirname(above)) {
    await flushFolder(above)
    if (above === dirname(above)) return
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await flushFolder(dirname(path))
}

/** A full or read-only disk is the user's to mend; anything else stays as it is. */
function diskFault(error: unknown, where: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS' || code === 'EACCES') {
    return new Fault(
      'ARCHIVE_DISK',
      where,
      `the file could not be kept in the archive (${code})`,
      'Free some space under GARROD_HOME, or set GARROD_HOME to a folder that can be written; nothing was stored.',
    )
  }
  return error
}
