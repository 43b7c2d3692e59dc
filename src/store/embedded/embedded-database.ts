import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseError, isAway } from '../database/database-fault.ts'
import { type Database, databaseOn, poolOf } from '../database/query.ts'
import { usableBinaries } from './binaries.ts'
import { postmasterOf } from './pid-file.ts'
import { makePlace, type Place } from './place.ts'
import { failedStart, initialise, running, start, stop } from './server.ts'
import { whileLocked } from './start-lock.ts'

/** Longest wait for a started server to take connections, ms; replaying its log after a crash is the long case. */
const PATIENCE = 60_000

function addressOf(place: Place, application: string): pg.ClientConfig | undefined {
  const server = postmasterOf(place.data)
  if (server === undefined) return undefined
  return {
    host: server.socketFolder,
    port: 5432,
    user: 'garrod',
    password: '',
    database: 'postgres',
    ssl: false,
    application_name: application,
  }
}

/** A connection to the server if it takes any now. */
async function greet(place: Place, application: string): Promise<pg.Client | undefined> {
  const address = addressOf(place, application)
  if (address === undefined) return undefined
  const client = new pg.Client(address)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    const told = databaseError(error, place.folder)
    if (isAway(told)) return undefined
    throw told
  }
}

/** A connection to the running server, which is created and started when need be. Call it under the lock. */
async function reach(place: Place, application: string): Promise<pg.Client> {
  const deadline = performance.now() + PATIENCE
  let started = false
  for (;;) {
    const client = await greet(place, application)
    if (client !== undefined) return client
    if (performance.now() > deadline) throw failedStart(place)
    // A server seen alive may be dying: it is started again when it is gone, but one of our own that went is not.
    if (running(place) === undefined) {
      if (started) throw failedStart(place)
      const binaries = await usableBinaries(place.owner, place.folder)
      await initialise(place, binaries)
      await start(place, binaries)
      started = true
    }
    await sleep(3)
  }
}

/**
 * The embedded PostgreSQL of a GARROD_HOME. Every process with the same home shares one server: the first one to
 * open it starts it, and the last one to close it stops it, unless "garrod db start" asked to keep it running.
 * Openers hold one connection each from open to close, and open and close under a lock, so that nobody's server is
 * stopped. A server that died is started again at the next use.
 */
export async function openEmbedded(home: string): Promise<Database> {
  const place = await makePlace(home)
  const application = `garrod ${process.pid} ${randomUUID().slice(0, 8)}`
  let pool = await openPool()
  let revival: Promise<void> | undefined

  async function openPool(): Promise<pg.Pool> {
    return whileLocked(place.lock, async () => {
      const client = await reach(place, application)
      const opened = poolOf(addressOf(place, application)!)
      // The pool's first connection is this process's presence; the one that looked is done.
      ;(await opened.connect()).release()
      await client.end()
      return opened
    })
  }

  /** Replaces the pool after the server died; once for all who notice at the same time. */
  function revive(): Promise<void> {
    revival ??= (async () => {
      try {
        const old = pool
        pool = await openPool()
        // What is left of it ends as its users notice.
        void old.end().catch(() => undefined)
      } finally {
        revival = undefined
      }
    })()
    return revival
  }

  async function connect(attempt = 1): Promise<pg.PoolClient> {
    const used = pool
    try {
      return await used.connect()
    } catch (error) {
      const told = databaseError(error, place.folder)
      if (attempt > 2 || !isAway(told)) throw told
      if (used === pool) await revive()
      return connect(attempt + 1)
    }
  }

  return databaseOn(
    () => connect(),
    async () => {
      await whileLocked(place.lock, async () => {
        await pool.end()
        if (!existsSync(place.keep)) await stopIfUnused(place, application)
      })
    },
  )
}

/** Stops the server unless another program is connected. Returns how many are. Call it under the lock. */
export async function stopIfUnused(place: Place, application: string): Promise<number> {
  const client = await greet(place, application)
  const server = running(place)
  if (client === undefined || server === undefined) return 0
  const { rows } = await client.query<{ others: number }>(
    `select count(distinct application_name)::integer as others from pg_stat_activity
     where backend_type = 'client backend' and application_name <> $1`,
    [application],
  )
  await client.end()
  const others = rows[0]!.others
  if (others === 0) await stop(place, server)
  return others
}
