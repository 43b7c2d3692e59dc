import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { type Checkpoint, readCheckpoint } from './signed-head.ts'

/** How far the newest head on disk may be behind, ms. */
const DELAY = 200
/** Between two heads in a file; no line of a head is like it. */
const SEPARATOR = '\n'

export interface Anchors {
  readonly kept: readonly (Checkpoint | undefined)[]
  /** One, or none. */
  readonly latest: readonly (Checkpoint | undefined)[]
}

/**
 * Heads of one store's logs, outside the database: <folder>/<store>/<tenant>.heads holds those of every minute, one
 * after another, and <tenant>.latest the newest. Whoever puts an old state of the database back would have to put
 * these back, too; keep the folder (GARROD_AUDIT_ANCHOR) on another disk or machine.
 */
export class AnchorFolder {
  readonly #folder: string
  readonly #newest = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #made: Promise<unknown> | undefined

  constructor(folder: string, storeId: string) {
    this.#folder = join(folder, storeId)
  }

  get folder(): string {
    return this.#folder
  }

  /** Adds a head for good, flushed to disk. Throws AUDIT_ANCHOR_DISK. */
  async keep(tenant: string, checkpoint: string): Promise<void> {
    await onDisk(async () => {
      await this.#make()
      const file = await open(join(this.#folder, `${tenant}.heads`), 'a', 0o600)
      const { size } = await file.stat()
      try {
        await file.writeFile(checkpoint + SEPARATOR)
        await file.sync()
      } catch (error) {
        // Half a head would read as one that somebody altered.
        await file.truncate(size).catch(() => undefined)
        throw error
      } finally {
        await file.close()
      }
    })
  }

  /** Replaces the newest head within a fraction of a second; of several in a row only the last is written. */
  latest(tenant: string, checkpoint: string): void {
    this.#newest.set(tenant, checkpoint)
    // Told by `settled`; without a listener a full disk would end the process here.
    this.#timer ??= setTimeout(() => this.#flush().catch(() => undefined), DELAY).unref()
  }

  /** After the log was put back from a backup: this head is the newest, whatever was seen before. */
  async restored(tenant: string, checkpoint: string): Promise<void> {
    await this.keep(tenant, checkpoint)
    const path = join(this.#folder, `${tenant}.latest`)
    await writeFile(`${path}.${process.pid}`, checkpoint, { mode: 0o600 })
    await rename(`${path}.${process.pid}`, path)
  }

  /** Resolves when nothing waits to be written any more. Throws AUDIT_ANCHOR_DISK. */
  async settled(): Promise<void> {
    await this.#flush()
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = [...this.#newest]
    this.#newest.clear()
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        for (const [tenant, checkpoint] of waiting) await onDisk(() => this.#replace(tenant, checkpoint))
      })
    await this.#writing
  }

  /** Heads kept for good, in the order they were, and the newest. `undefined` stands for what is no head. */
  async read(tenant: string): Promise<Anchors> {
    const kept = (await textOf(join(this.#folder, `${tenant}.heads`))) ?? ''
    const latest = await textOf(join(this.#folder, `${tenant}.latest`))
    return {
      kept: kept
        .split(/(?<=\n— .*\n)\n/)
        .filter((note) => note !== '')
        .map(readCheckpoint),
      latest: latest === undefined ? [] : [readCheckpoint(latest)],
    }
  }

  async tenants(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => [])
    return [...new Set(names.flatMap((name) => /^(.+)\.(?:heads|latest)$/.exec(name)?.[1] ?? []))]
  }

  async #replace(tenant: string, checkpoint: string): Promise<void> {
    await this.#make()
    const path = join(this.#folder, `${tenant}.latest`)
    const there = readCheckpoint((await textOf(path)) ?? '')
    // Another process may have been later in the log, and earlier here.
    if (there !== undefined && there.head.size > readCheckpoint(checkpoint)!.head.size) return
    const draft = `${path}.${process.pid}`
    // Flushed: after a power cut an empty file would read as a head that somebody altered.
    await writeFile(draft, checkpoint, { mode: 0o600, flush: true })
    await rename(draft, path)
  }

  #make(): Promise<unknown> {
    this.#made ??= mkdir(this.#folder, { recursive: true, mode: 0o700 })
    return this.#made
  }
}

/** Throws AUDIT_ANCHOR_DISK where the disk is full or may not be written. */
async function onDisk(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO'].includes(code)) throw error
    throw new Fault(
      'AUDIT_ANCHOR_DISK',
      'GARROD_AUDIT_ANCHOR',
      `signed heads of the audit log cannot be written (${code})`,
      'Free some space there, or set GARROD_AUDIT_ANCHOR to a folder that can be written.',
    )
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
