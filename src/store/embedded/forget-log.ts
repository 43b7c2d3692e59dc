import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database/query.ts'

/** A new server holds some five segments in stock; far more rounds than that mean that something holds the old ones. */
const MOST_ROUNDS = 100

/**
 * Deletes every segment of the embedded server's write-ahead log that there is now, also those kept in stock to be
 * written over, which hold what older segments held. For after plain text was taken away.
 * @throws Error when a segment is still there after all rounds: what it holds cannot be called forgotten.
 */
export async function forgetLog(database: Database): Promise<void> {
  await database.run('alter system set wal_recycle = off')
  try {
    await reload(database, 'off')
    await database.run('checkpoint')
    const old = await segments(database)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await database.run('select pg_switch_wal()')
      await database.run('checkpoint')
      const left = await segments(database)
      if (![...left].some((name) => old.has(name))) return
    }
    throw new Error('segments of the write-ahead log from before the sealing could not be deleted')
  } finally {
    await database.run('alter system reset wal_recycle')
    await reload(database, 'on')
  }
}

async function segments(database: Database): Promise<Set<string>> {
  const rows = await database.rows<{ name: string }>('select name from pg_ls_waldir()')
  return new Set(rows.map(({ name }) => name))
}

/** Resolves when the server's processes go by the new setting: each is told by a signal, in its own time. */
async function reload(database: Database, wanted: 'on' | 'off'): Promise<void> {
  await database.run('select pg_reload_conf()')
  for (let i = 0; i < 100; i++) {
    const { wal_recycle } = (await database.first<{ wal_recycle: string }>('show wal_recycle'))!
    if (wal_recycle === wanted) break
    await sleep(10)
  }
  await sleep(100)
}
