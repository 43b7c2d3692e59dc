import type pg from 'pg'
import { Fault } from '../../terms/fault.ts'
import { isThisMachine } from '../../terms/this-machine.ts'
import { databaseError } from './database-fault.ts'
import { type Database, databaseOn, poolOf } from './query.ts'
import { type DatabaseUser, databaseUser } from './runtime-role.ts'

/** PostgreSQL 15, as server_version_num counts. */
const OLDEST = 150_000

/** Modes in which the driver speaks TLS and checks the certificate. */
const SAFE_MODES = new Set(['require', 'verify-ca', 'verify-full'])

/** Whether the address leads to another machine without TLS. A host that begins with a slash is a socket of this one. */
function crossesInClear(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  if (host === '' || host.startsWith('/') || isThisMachine(host)) return false
  return !SAFE_MODES.has(searchParams.get('sslmode') ?? '')
}

function clear(where: string): Fault {
  return new Fault(
    'DATABASE_CLEAR',
    where,
    'the database is on another machine, and what is stored would cross the network in clear',
    'Add sslmode=verify-full to the address, and sslrootcert=FILE for an authority of your own; or set GARROD_CLEAR_NETWORK=yes where the network is encrypted by other means.',
  )
}

/** The address without its password, as faults and status lines show it. */
export function shownUrl(url: string): string {
  try {
    const parsed = new URL(url)
    if (parsed.password !== '') parsed.password = '***'
    for (const name of ['password', 'sslpassword']) {
      if (parsed.searchParams.has(name)) parsed.searchParams.set(name, '***')
    }
    return parsed.toString()
  } catch {
    return 'DATABASE_URL'
  }
}

/** Version of the server, as it prints it, and whom the address signs in as. Throws as openServer does. */
export async function serverStatus(
  url: string,
  clearNetwork = false,
): Promise<{ readonly version: string; readonly user: DatabaseUser }> {
  const database = await openServer(url, clearNetwork)
  try {
    const found = await database.first<{ version: string }>(
      `select current_setting('server_version') as version`,
    )
    return { version: found!.version, user: await databaseUser(database) }
  } finally {
    await database.close()
  }
}

/**
 * A PostgreSQL server that someone else runs, by its URL. Throws DATABASE_URL_MALFORMED, DATABASE_CLEAR (another machine
 * without TLS, unless the network is encrypted by other means), DATABASE_TOO_OLD, DATABASE_READ_ONLY, DATABASE_UNSAFE, and
 * what databaseError tells of a server that does not answer.
 */
export async function openServer(url: string, clearNetwork = false): Promise<Database> {
  const where = shownUrl(url)
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Fault(
      'DATABASE_URL_MALFORMED',
      'DATABASE_URL',
      'this is not the address of a PostgreSQL database',
      'Write postgresql://user:password@host:5432/database.',
    )
  }
  if (!clearNetwork && crossesInClear(url)) throw clear(where)
  const pool = poolOf({
    connectionString: url,
    application_name: 'garrod',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  })
  const connect = async (): Promise<pg.PoolClient> => {
    try {
      return await pool.connect()
    } catch (error) {
      throw databaseError(error, where)
    }
  }
  const database = databaseOn(connect, () => pool.end())
  try {
    const found = await database.first<{
      version: number
      text: string
      recovery: boolean
      fsync: string
      commit: string
    }>(
      `select current_setting('server_version_num')::integer as version,
              current_setting('server_version') as text, pg_is_in_recovery() as recovery,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    )
    if (found!.version < OLDEST) {
      throw new Fault(
        'DATABASE_TOO_OLD',
        where,
        `the server is PostgreSQL ${found!.text}; Garrod needs 15 or newer`,
        'Upgrade the server, or unset DATABASE_URL to use the embedded database.',
      )
    }
    if (found!.recovery) {
      throw new Fault(
        'DATABASE_READ_ONLY',
        where,
        'the server is a stand-by copy and takes no changes',
        'Point DATABASE_URL to the primary server.',
      )
    }
    if (found!.fsync === 'off' || found!.commit === 'off') {
      throw new Fault(
        'DATABASE_UNSAFE',
        where,
        'the server forgets what it has acknowledged when the power fails (fsync or synchronous_commit is off)',
        'Switch both on for this database: what is reported as stored must be on disk.',
      )
    }
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}
