import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import type { Keys } from '../vault/keyring.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { contentOf } from './archive-content.ts'
import { diskFault, flushFolder, makeFolder } from './durable-files.ts'
import type { ArchivedFile } from './file-archive.ts'
import { HeldFiles } from './held-files.ts'
import type { ReceivedFile } from './received-file.ts'
import { WaitingRoom } from './waiting-room.ts'

/** Key of the advisory lock between who adds a reference to a file (shared) and who deletes files (alone). */
const LOCK = 0x67617263

/** Survives the process that wrote it: a sweep looks at the files it names, and deletes those that no record rests on. */
interface Notice {
  write(contents: readonly string[]): Promise<void>
  /** After a change that certainly holds. */
  tearUp(): Promise<void>
  /** After a change that took files, or failed: deletes what no record rests on. Returns how many files. */
  settle(): Promise<number>
}

/** Files by their rows: of records, and of uploads that wait for a job. */
export interface NamedFiles {
  readonly received: readonly { readonly tenant: string; readonly content: string }[]
  readonly uploads: readonly string[]
}

/** Files that stay readable until they are released. */
export interface LentFiles {
  /** `name` is the place below the archive's folder. */
  readonly files: readonly { readonly name: string; readonly path: string }[]
  /** Files of records that were not in the archive, as tenant and content. */
  readonly missing: readonly string[]
  release(): Promise<void>
}

/** What is sealed with a person's row of a file. */
interface FileHead {
  readonly name: string
  readonly sha256: string
  /** The file's own key, base64: every person whose record rests on the file has it, sealed for that person. */
  readonly key: string
}

/**
 * Files as received, sealed from the first byte, each under a key of its own: sealed/<tenant>/<first two
 * digits>/<content>, where content is a keyed digest of the checksum. A file that several people's records rest on lies
 * there once.
 */
export class ArchiveFolder {
  /** Where an earlier version kept files as they came. */
  readonly plainFolder: string
  readonly #files: string
  readonly #room: WaitingRoom
  readonly #held: HeldFiles
  readonly #database: Database
  readonly #vault: Vault
  readonly #keys: Keys
  /** Keys of files in the waiting room: in memory only, so that nobody can read what a crash leaves there. */
  readonly #waiting = new WeakMap<ReceivedFile, Buffer>()

  /** `folder` belongs to one store alone: what its rows do not name may be deleted. */
  constructor(folder: string, database: Database, vault: Vault, keys: Keys) {
    this.plainFolder = join(folder, 'files')
    this.#files = join(folder, 'sealed')
    this.#room = new WaitingRoom(join(folder, 'incoming'))
    this.#held = new HeldFiles(join(folder, 'held'))
    this.#database = database
    this.#vault = vault
    this.#keys = keys
  }

  pathOf(tenant: TenantId | string, content: string): string {
    return join(this.#files, tenant, content.slice(0, 2), content)
  }

  async receive(name: string, content: AsyncIterable<Uint8Array>): Promise<ReceivedFile> {
    const path = await this.#room.ticket('part')
    const hash = createHash('sha256')
    const key = this.#keys.newKey()
    let bytes = 0
    async function* counted() {
      for await (const chunk of content) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    }
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        for await (const piece of this.#keys.sealStream(key, counted())) await file.writeFile(piece)
        await file.sync()
      } finally {
        await file.close()
      }
    } catch (error) {
      await rm(path, { force: true })
      throw diskFault(error, name)
    }
    return this.#received({ name, sha256: hash.digest('hex'), bytes }, path, key)
  }

  #received(
    { name, sha256, bytes }: Pick<ReceivedFile, 'name' | 'sha256' | 'bytes'>,
    path: string,
    key: Buffer,
  ): ReceivedFile {
    const received: ReceivedFile = {
      name,
      sha256,
      bytes,
      path,
      read: () => this.#opened(path, key),
      discard: () => rm(path, { force: true }),
    }
    this.#waiting.set(received, key)
    return received
  }

  /** Moves a received file to where it outlives this process, for the upload of this id. Returns the file's key. */
  async hold(received: ReceivedFile, upload: string): Promise<Buffer> {
    const key = this.#waiting.get(received)
    if (key === undefined) throw new Error('a file is held that this store did not receive')
    await this.#held.hold(received.path, upload)
    return key
  }

  /** A held file as it was received. What is held stays, whatever becomes of this one. Undefined when it is gone. */
  async takeUp(
    upload: string,
    head: Pick<ReceivedFile, 'name' | 'sha256' | 'bytes'>,
    key: Buffer,
  ): Promise<ReceivedFile | undefined> {
    const path = await this.#room.ticket('part')
    const isThere = await this.#held.linkTo(upload, path).catch((error: unknown) => {
      throw diskFault(error, head.name)
    })
    return isThere ? this.#received(head, path, key) : undefined
  }

  /** Deletes a held file. */
  async letGo(upload: string): Promise<void> {
    await this.#held.letGo(upload)
  }

  /** Files of one person, oldest first. */
  async list(key: PatientKey): Promise<readonly ArchivedFile[]> {
    const rows = await this.#database.rows<{
      content: string
      format: ArchivedFile['format']
      bytes: number
      received_at: string
      sealed: Buffer
    }>(
      `select content, format, bytes, received_at, sealed from archived_file
       where tenant_id = $1 and patient_id = $2 order by received_at, content`,
      [key.tenant, key.patient],
    )
    const files: ArchivedFile[] = []
    for (const { content, format, bytes, received_at, sealed } of rows) {
      const { name, sha256, key: fileKey } = await this.#headOf(this.#database, key, content, sealed)
      const path = this.pathOf(key.tenant, content)
      const read = () => this.#opened(path, Buffer.from(fileKey, 'base64'))
      files.push({ name, format, sha256, bytes, receivedAt: received_at, path, read })
    }
    return files
  }

  #opened(path: string, key: Buffer): AsyncIterable<Uint8Array> {
    return this.#keys.openStream(key, createReadStream(path, { highWaterMark: 1 << 20 }), basename(path))
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
        named.push(...contents)
        papers.push(await this.#room.note({ tenant, contents }))
      },
      tearUp,
      settle: async () => {
        const deleted = await this.deleteUnused(tenant, [...new Set(named)])
        await tearUp()
        return deleted
      },
    }
  }

  /**
   * Moves a received file to its place and writes the person's row of it, unless the person has it already. When it is
   * there for somebody else, this person's row gets the key of that one, and the received copy is left to be discarded.
   * Call it in the transaction of the upload, after a notice and `shareLock`.
   */
  async keep(
    queries: Queries,
    key: PatientKey,
    received: ReceivedFile,
    { format, at }: { readonly format: string; readonly at: string },
  ): Promise<void> {
    const { tenant, patient } = key
    const content = contentOf(this.#vault, tenant, received.sha256)
    // One at a time for one content: two people's uploads of one file must not both become its place.
    await queries.run('select pg_advisory_xact_lock($1, $2)', [
      LOCK,
      Buffer.from(content, 'hex').readInt32BE(),
    ])
    const holders = await queries.rows<{ patient_id: PatientId; sealed: Buffer }>(
      'select patient_id, sealed from archived_file where tenant_id = $1 and content = $2',
      [tenant, content],
    )
    if (holders.some(({ patient_id }) => patient_id === patient)) return
    const fileKey =
      holders[0] === undefined
        ? (await this.#place(tenant, content, received)).toString('base64')
        : (
            await this.#headOf(
              queries,
              { tenant, patient: holders[0].patient_id },
              content,
              holders[0].sealed,
            )
          ).key
    const { name, sha256, bytes } = received
    const head: FileHead = { name, sha256, key: fileKey }
    const sealed = await sealerOf(queries, this.#vault, key).seal(placeOf.file(content), head)
    await queries.run(
      `insert into archived_file (tenant_id, patient_id, content, sealed, format, bytes, received_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tenant, patient, content, sealed, format, bytes, at],
    )
  }

  #headOf(queries: Queries, key: PatientKey, content: string, sealed: Buffer): Promise<FileHead> {
    return sealerOf(queries, this.#vault, key).open<FileHead>(placeOf.file(content), sealed)
  }

  /** Returns the key of the file that is at the place then. */
  async #place(tenant: TenantId, content: string, received: ReceivedFile): Promise<Buffer> {
    const key = this.#waiting.get(received)
    if (key === undefined) throw new Error('a file is ingested that this store did not receive')
    const path = this.pathOf(tenant, content)
    const folder = dirname(path)
    await makeFolder(folder)
    try {
      await rename(received.path, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw diskFault(error, received.name)
      // Placed by an earlier attempt of the same transaction: then it opens with this key.
      for await (const _ of this.#opened(path, key)) break
    }
    await flushFolder(folder)
    return key
  }

  /**
   * Links to files, which keep them readable while a backup copies them, whatever is deleted meanwhile. `named` is asked
   * while nothing can be deleted. Release them.
   */
  async lend(named: () => Promise<NamedFiles>): Promise<LentFiles> {
    const files: { name: string; path: string }[] = []
    const missing: string[] = []
    const release = async () => {
      for (const { path } of files) await rm(path, { force: true })
    }
    const lendOne = async (path: string): Promise<boolean> => {
      const lent = await this.#room.ticket('part')
      try {
        await link(path, lent)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
        // A disk without links.
        await copyFile(path, lent)
      }
      files.push({ name: relative(dirname(this.#files), path), path: lent })
      return true
    }
    try {
      await this.#database.transaction(async (queries) => {
        await this.shareLock(queries)
        const { received, uploads } = await named()
        for (const { tenant, content } of received) {
          if (!(await lendOne(this.pathOf(tenant, content)))) missing.push(`${tenant}/${content}`)
        }
        // The file of an upload that was dealt with is gone, and rightly so.
        for (const upload of uploads) await lendOne(this.#held.pathOf(upload))
      })
    } catch (error) {
      await release()
      throw diskFault(error, 'archive')
    }
    return { files, missing, release }
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
      for (const content of contents) {
        const used = await queries.first(
          'select 1 from archived_file where tenant_id = $1 and content = $2 limit 1',
          [tenant, content],
        )
        if (used !== undefined) continue
        const path = this.pathOf(tenant, content)
        const found = await stat(path).catch(() => undefined)
        if (found === undefined) continue
        await rm(path)
        deleted++
      }
      return deleted
    })
  }

  /** Finishes what dead processes left. Returns how many files are gone. */
  async sweep(): Promise<number> {
    const held = await this.#held.sweep(this.#database)
    return held + (await this.#room.sweep(({ tenant, contents }) => this.deleteUnused(tenant, contents)))
  }
}
