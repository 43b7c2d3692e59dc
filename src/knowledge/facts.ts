import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PackRef } from '../terms/evidence.ts'
import { Fault } from '../terms/fault.ts'
import { type FactPack, type OpenPack, openPack, readHead } from './fact-pack.ts'

/** A pack that is installed, not yet opened. */
interface InstalledPack {
  readonly head: FactPack
  readonly folder: string
}

/**
 * The fact packs installed in some folders (facts/<id>/<version>/pack.json), the newest version of each in force
 * unless pinned. A pack is read and its checksum verified once, when it is first asked for.
 */
export class Facts {
  readonly installed: readonly InstalledPack[]
  readonly #chosen: ReadonlyMap<string, InstalledPack>
  readonly #open = new Map<string, OpenPack>()
  readonly #derived = new Map<string, unknown>()

  private constructor(installed: readonly InstalledPack[], chosen: ReadonlyMap<string, InstalledPack>) {
    this.installed = installed
    this.#chosen = chosen
  }

  /**
   * Looks for packs in the folders, in order. `pins` are "id@version". Throws FACTS_FOLDER_MISSING, FACTS_PIN_UNKNOWN,
   * FACTS_HEAD_INVALID.
   */
  static find(folders: readonly string[], pins: readonly string[] = []): Facts {
    const installed: InstalledPack[] = []
    for (const folder of folders) {
      if (!existsSync(folder)) continue
      for (const id of listFolders(folder)) {
        const home = join(folder, id)
        for (const version of listFolders(home)) {
          const packFolder = join(home, version)
          if (existsSync(join(packFolder, 'pack.json')))
            installed.push({ head: readHead(packFolder), folder: packFolder })
        }
      }
    }
    if (installed.length === 0) {
      throw new Fault(
        'FACTS_FOLDER_MISSING',
        folders.join(', '),
        'no fact pack is installed there',
        'Run from a complete checkout, or name the folder with GARROD_FACTS.',
      )
    }
    const chosen = new Map<string, InstalledPack>()
    for (const one of installed) {
      const rival = chosen.get(one.head.id)
      if (rival === undefined || compareVersions(one.head.version, rival.head.version) > 0)
        chosen.set(one.head.id, one)
    }
    for (const pin of pins) {
      const [id, version] = pin.split('@')
      const match = installed.find((one) => one.head.id === id && one.head.version === version)
      if (id === undefined || match === undefined) {
        const known = installed
          .filter((one) => one.head.id === id)
          .map((one) => `${one.head.id}@${one.head.version}`)
        throw new Fault(
          'FACTS_PIN_UNKNOWN',
          pin,
          `pack "${pin}" is not installed`,
          known.length > 0 ? `Installed: ${known.join(', ')}.` : 'See "garrod facts list".',
        )
      }
      chosen.set(id, match)
    }
    return new Facts(installed, chosen)
  }

  /** The head of the pack in force, or undefined when none with that id is installed. */
  head(id: string): FactPack | undefined {
    return this.#chosen.get(id)?.head
  }

  /** Packs in force, one per id. */
  get inForce(): readonly InstalledPack[] {
    return [...this.#chosen.values()]
  }

  /** The same packs with one of them in another version; undefined when that is not installed. */
  withVersion(id: string, version: string): Facts | undefined {
    const other = this.installed.find((one) => one.head.id === id && one.head.version === version)
    return other && new Facts(this.installed, new Map([...this.#chosen, [id, other]]))
  }

  /** Opens and verifies the pack in force. Throws FACTS_PACK_MISSING, FACTS_CHECKSUM. */
  pack(id: string): OpenPack {
    const open = this.#open.get(id)
    if (open !== undefined) return open
    const found = this.#chosen.get(id)
    if (found === undefined) {
      throw new Fault(
        'FACTS_PACK_MISSING',
        id,
        `fact pack "${id}" is not installed`,
        'See "garrod facts list" and "garrod facts import".',
      )
    }
    const pack = openPack(found.folder)
    this.#open.set(id, pack)
    return pack
  }

  /** Packs opened so far: the ones an answer rests on. */
  get used(): readonly PackRef[] {
    return [...this.#open.values()].map((pack) => pack.ref).sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Value computed once from packs and kept for the life of these facts (parsed tables, indexes). */
  derived<T>(name: string, make: () => T): T {
    if (!this.#derived.has(name)) this.#derived.set(name, make())
    return this.#derived.get(name) as T
  }
}

function listFolders(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  } catch {
    return []
  }
}

/** Order of version texts: digit runs compare as numbers, so 2025-11-05 > 2025-9-30 and 3.10 > 3.9. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
