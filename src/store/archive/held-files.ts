import { link, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Queries } from '../database/query.ts'
import { flushFolder, makeFolder } from './durable-files.ts'

/** Age from which a held file without an upload is taken to be nobody's, ms. */
const UNNAMED = 3600 * 1000

/** Received files that wait for a job, named by their upload: they outlive the process that received them. */
export class HeldFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  pathOf(upload: string): string {
    return join(this.#folder, upload)
  }

  /** Moves a file here; on disk when it returns. */
  async hold(path: string, upload: string): Promise<void> {
    await makeFolder(this.#folder)
    await rename(path, this.pathOf(upload))
    await flushFolder(this.#folder)
  }

  /** A second name of a held file, which stays readable whatever becomes of the first. False when the file is gone. */
  async linkTo(upload: string, path: string): Promise<boolean> {
    try {
      await link(this.pathOf(upload), path)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    }
  }

  async letGo(upload: string): Promise<void> {
    await rm(this.pathOf(upload), { force: true })
  }

  /**
   * Deletes files that no upload names any more: its person was removed, or the process died in between. And those whose job is
   * done: a power cut undoes a deletion that was not on disk. Returns how many.
   */
  async sweep(database: Queries): Promise<number> {
    let deleted = 0
    for (const upload of await readdir(this.#folder).catch(() => [])) {
      const found = await stat(this.pathOf(upload)).catch(() => undefined)
      if (found === undefined) continue
      const row = await database.first<{ named: boolean; done: boolean | null }>(
        `select exists (select 1 from upload where upload_id::text = $1) as named,
           (select bool_and(state = 'done') from job where key = $1) as done`,
        [upload],
      )
      const isNobodys = row!.named ? row!.done === true : Date.now() - found.ctimeMs >= UNNAMED
      if (!isNobodys) continue
      await this.letGo(upload)
      deleted++
    }
    return deleted
  }
}
