import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCheckpoint } from './signed-head.ts'

/** Between two heads in a file; no line of a head is like it. */
const SEPARATOR = '\n'

/**
 * Heads of one store's logs, outside the database: <folder>/<store>/<tenant>.heads holds those of every minute, one
 * after another, and <tenant>.latest the newest. Whoever puts an old state of the database back would have to put
 * these back, too; keep the folder (GARROD_AUDIT_ANCHOR) on another disk or machine.
 */
export class AnchorFolder {
  readonly #folder: string
  readonly #newest = new Map<string, string>()
  #writing: Promise<void> = Promise.resolve()
  #made: Promise<unknown> | undefined

  constructor(folder: string, storeId: string) {
    this.#folder = join(folder, storeId)
  }

  get folder(): string {
    return this.#folder
  }

  /** Adds a head for good, flushed to disk. */
  async keep(tenant: string, checkpoint: string): Promise<void> {
    await this.#make()
    const file = await open(join(this.#folder, `${tenant}.heads`), 'a', 0o600)
    try {
      await file.write(checkpoint + SEPARATOR)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  /** Replaces the newest head, soon; of several in a row only the last is written. */
  latest(tenant: string, checkpoint: string): void {
    const waiting = this.#newest.has(tenant)
    this.#newest.set(tenant, checkpoint)
    if (waiting) return
    this.#writing = this.#writing.then(() => this.#replace(tenant))
    // Told by `settled`; without a listener it would end the process.
    this.#writing.catch(() => undefined)
  }

  /** Resolves when nothing waits to be written any more; rejects when something could not be. */
  async settled(): Promise<void> {
    const writing = this.#writing
    this.#writing = Promise.resolve()
    await writing
  }

  /** Every head of a tenant, in the order of the file, the newest last. `undefined` stands for what is no head. */
  async read(
    tenant: string,
  ): Promise<readonly ((ReturnType<typeof readCheckpoint> & { note: string }) | undefined)[]> {
    const kept = (await textOf(join(this.#folder, `${tenant}.heads`))) ?? ''
    const latest = await textOf(join(this.#folder, `${tenant}.latest`))
    const notes = kept.split(/(?<=\n— .*\n)\n/).filter((one) => one !== '')
    return [...notes, ...(latest === undefined ? [] : [latest])].map((note) => {
      const head = readCheckpoint(note)
      return head === undefined ? undefined : { ...head, note }
    })
  }

  async tenants(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => [])
    return [...new Set(names.flatMap((name) => /^(.+)\.(?:heads|latest)$/.exec(name)?.[1] ?? []))]
  }

  async #replace(tenant: string): Promise<void> {
    const checkpoint = this.#newest.get(tenant)!
    this.#newest.delete(tenant)
    await this.#make()
    const path = join(this.#folder, `${tenant}.latest`)
    const there = readCheckpoint((await textOf(path)) ?? '')
    // Another process may have been later in the log, and earlier here.
    if (there !== undefined && there.head.size > readCheckpoint(checkpoint)!.head.size) return
    const draft = `${path}.${process.pid}`
    await writeFile(draft, checkpoint, { mode: 0o600 })
    await rename(draft, path)
  }

  #make(): Promise<unknown> {
    this.#made ??= mkdir(this.#folder, { recursive: true, mode: 0o700 })
    return this.#made
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
