import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Fault } from '../../terms/fault.ts'
import { openEmbedded, stopIfUnused } from './embedded-database.ts'
import { makePlace, placeOf } from './place.ts'
import { running, sizeOf, stop } from './server.ts'
import { whileLocked } from './start-lock.ts'

interface EmbeddedStatus {
  readonly folder: string
  /** Whether a database was ever made here. */
  readonly created: boolean
  readonly pid: number | undefined
  readonly socket: string | undefined
  /** Whether it keeps running when nobody uses it. */
  readonly kept: boolean
  readonly bytes: number
}

export async function embeddedStatus(home: string): Promise<EmbeddedStatus> {
  const place = placeOf(home)
  const created = existsSync(place.data)
  const server = created ? running(place) : undefined
  return {
    folder: place.folder,
    created,
    pid: server?.pid,
    socket: server?.socketFolder,
    kept: existsSync(place.keep),
    bytes: created ? await sizeOf(place.data) : 0,
  }
}

/** Starts the embedded server and leaves it running until `stopEmbedded`. */
export async function startEmbedded(home: string): Promise<void> {
  const place = await makePlace(home)
  await writeFile(place.keep, '')
  const database = await openEmbedded(home)
  await database.close()
}

/**
 * Stops the embedded server. Throws DATABASE_IN_USE while other programs are connected, unless forced: then their
 * connections are cut, and what they had not committed is rolled back. Returns false when it was not running.
 */
export async function stopEmbedded(home: string, force: boolean): Promise<boolean> {
  const place = placeOf(home)
  if (!existsSync(place.data)) return false
  return whileLocked(place.lock, async () => {
    const server = running(place)
    const kept = existsSync(place.keep)
    await rm(place.keep, { force: true })
    if (server === undefined) return false
    if (force) {
      await stop(place, server)
      return true
    }
    const others = await stopIfUnused(place, `garrod ${process.pid} stop`)
    if (others > 0) {
      if (kept) await writeFile(place.keep, '')
      throw new Fault(
        'DATABASE_IN_USE',
        place.folder,
        `${others === 1 ? 'another program uses' : `${others} other programs use`} the embedded database`,
        'End them first (for example "garrod serve"), or give --force to cut them off; nothing is left half-written.',
      )
    }
    return true
  })
}
