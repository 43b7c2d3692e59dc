import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../terms/fault.ts'
import { openEmbedded, stopIfUnused } from './embedded-database.ts'
import { makePlace, type Place, placeOf } from './place.ts'
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

/** How long a program that is ending may take: its backend takes a moment to go, longer on a busy machine. */
const GRACE_MS = 1000

/**
 * Stops the embedded server. Throws DATABASE_IN_USE while other programs are connected, and stay so for a moment, unless
 * forced: then their connections are cut, and what they had not committed is rolled back. Returns false when it was not running.
 */
export async function stopEmbedded(home: string, force: boolean): Promise<boolean> {
  const place = placeOf(home)
  if (!existsSync(place.data)) return false
  const until = performance.now() + GRACE_MS
  for (let tried = false; ; tried = true) {
    // A program ends under the lock, too: it is given back between the attempts.
    const others = await whileLocked(place.lock, () => stopOnce(place, force))
    if (others === 'not running') return tried
    if (others === 0) return true
    if (performance.now() > until)
      throw new Fault(
        'DATABASE_IN_USE',
        place.folder,
        `${others === 1 ? 'another program uses' : `${others} other programs use`} the embedded database`,
        'End them first (for example "garrod serve"), or give --force to cut them off; nothing is left half-written.',
      )
    await sleep(20)
  }
}

/** Stops the server if it runs, and nobody else uses it or it is forced. Returns how many others use it. Call it under the lock. */
async function stopOnce(place: Place, force: boolean): Promise<number | 'not running'> {
  const server = running(place)
  const kept = existsSync(place.keep)
  await rm(place.keep, { force: true })
  if (server === undefined) return 'not running'
  if (force) {
    await stop(place, server)
    return 0
  }
  const others = await stopIfUnused(place, `garrod ${process.pid} stop`)
  if (others > 0 && kept) await writeFile(place.keep, '')
  return others
}
