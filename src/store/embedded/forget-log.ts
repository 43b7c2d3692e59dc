import type { Database } from '../query.ts'

/**
 * Deletes the segments of the embedded server's write-ahead log that a checkpoint has made superfluous, which would
 * otherwise be kept with their old content until they are written over. For after plain text was taken away.
 */
export async function forgetLog(database: Database): Promise<void> {
  await database.run('alter system set wal_recycle = off')
  try {
    await database.run('select pg_reload_conf()')
    for (let i = 0; i < 2; i++) {
      await database.run('select pg_switch_wal()')
      await database.run('checkpoint')
    }
  } finally {
    await database.run('alter system reset wal_recycle')
    await database.run('select pg_reload_conf()')
  }
}
