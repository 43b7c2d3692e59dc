import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isMarkAlive, markOfThisProcess } from '../database/process-life.ts'
import { makeFolder, writeDurably } from './durable-files.ts'

/** Age at which another machine's left-overs in the waiting room are taken to be dead, ms. */
const ABANDONED = 24 * 3600 * 1000

/** Files of a tenant, by content, that a change was to bring or take. */
interface NamedContents {
  readonly tenant: string
  readonly contents: readonly string[]
}

/** What is on its way into the archive: files that are being received, and notices of changes that are being made. */
export class WaitingRoom {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A new path whose name tells which process owns it: host~process~random. */
  async ticket(kind: 'part' | 'check'): Promise<string> {
    await makeFolder(this.#folder)
    return join(this.#folder, `${host()}~${markOfThisProcess()}~${randomUUID()}.${kind}`)
  }

  /** Writes down what a change will bring or take, before the database commits it. Returns the path of the notice. */
  async note(named: NamedContents): Promise<string> {
    const path = await this.ticket('check')
    try {
      await writeDurably(path, JSON.stringify(named))
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return path
  }

  /**
   * Takes away what dead processes left; of each notice `check` is told first, and says how many files it deleted. Returns how
   * many files are gone. Costs one look into an almost always empty folder.
   */
  async sweep(check: (named: NamedContents) => Promise<number>): Promise<number> {
    let deleted = 0
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name)
      if (await isInUse(name, path)) continue
      if (name.endsWith('.check')) {
        const left = await readFile(path, 'utf8').catch(() => '')
        // A half-written notice was never followed by a change.
        if (left.endsWith('}')) deleted += await check(JSON.parse(left) as NamedContents)
      } else deleted++
      await rm(path, { force: true })
    }
    return deleted
  }
}

async function isInUse(name: string, path: string): Promise<boolean> {
  const [machine, mark = ''] = name.split('~')
  if (machine === host()) return isMarkAlive(mark)
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs < ABANDONED
}

function host(): string {
  return hostname().replace(/[^A-Za-z0-9.-]/g, '_')
}
