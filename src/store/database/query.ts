import pg from 'pg'
import { databaseError, isConflict } from './database-fault.ts'

/** One connection's statements. Row types are what the statement selects; values are bound, never spliced in. */
export interface Queries {
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  first<Row>(text: string, values?: readonly unknown[]): Promise<Row | undefined>
  /** Runs a statement and returns how many rows it touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>
}

/** A PostgreSQL database, whoever runs it. */
export interface Database extends Queries {
  /** Commits when `work` returns, rolls back when it throws. Run again, up to three times, when it lost a deadlock. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** Several reads of one state of the database. */
  snapshot<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** May be called again. */
  close(): Promise<void>
}

/** How values arrive: instants as ISO text, bigint as a number, json as the text that was stored, jsonb parsed. */
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())
types.setTypeParser(pg.types.builtins.INT8, Number)
types.setTypeParser(pg.types.builtins.JSON, (text) => text)

export function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ max: 10, idleTimeoutMillis: 0, types, ...config })
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** Connections behind the statements they lend, for what is more than a statement (COPY). */
const CLIENTS = new WeakMap<Queries, pg.ClientBase>()

/** The connection of a transaction or a snapshot. */
export function clientOf(queries: Queries): pg.ClientBase {
  const client = CLIENTS.get(queries)
  if (client === undefined) throw new Error('these statements are not of one connection')
  return client
}

const PREPARED = new Map<string, string>()

/** Marks a statement of one fixed text that is run very often: every connection parses and plans it once. */
export function prepared(text: string): string {
  if (!PREPARED.has(text)) PREPARED.set(text, `garrod_${PREPARED.size}`)
  return text
}

function queriesOn(client: pg.ClientBase): Queries {
  const query = async (text: string, values: readonly unknown[] = []) => {
    try {
      const name = PREPARED.get(text)
      return await client.query(name === undefined ? text : { name, text }, [...values])
    } catch (error) {
      throw databaseError(error)
    }
  }
  const queries: Queries = {
    rows: async <Row>(text: string, values?: readonly unknown[]) => (await query(text, values)).rows as Row[],
    first: async <Row>(text: string, values?: readonly unknown[]) =>
      (await query(text, values)).rows[0] as Row | undefined,
    run: async (text, values) => (await query(text, values)).rowCount ?? 0,
  }
  CLIENTS.set(queries, client)
  return queries
}

/** A database reached through connections that `connect` lends. */
export function databaseOn(connect: () => Promise<pg.PoolClient>, close: () => Promise<void>): Database {
  async function lend<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await connect()
    // Without a listener a connection that breaks between two statements would end the process.
    const ignore = () => undefined
    client.on('error', ignore)
    let broken: Error | undefined
    try {
      return await work(queriesOn(client))
    } catch (error) {
      if ((error as { lost?: boolean }).lost) broken = error as Error
      throw error
    } finally {
      client.off('error', ignore)
      client.release(broken)
    }
  }

  function within<T>(begin: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    return lend(async (queries) => {
      await queries.run(begin)
      try {
        const result = await work(queries)
        await queries.run('commit')
        return result
      } catch (error) {
        // The first error is the one to tell; a rollback can fail only when the connection has gone.
        await queries.run('rollback').catch(() => undefined)
        throw error
      }
    })
  }

  async function transaction<T>(work: (queries: Queries) => Promise<T>, attempt = 1): Promise<T> {
    try {
      return await within('begin', work)
    } catch (error) {
      if (attempt < 3 && isConflict(error)) return transaction(work, attempt + 1)
      throw error
    }
  }

  let closed: Promise<void> | undefined
  return {
    rows: (text, values) => lend((queries) => queries.rows(text, values)),
    first: (text, values) => lend((queries) => queries.first(text, values)),
    run: (text, values) => lend((queries) => queries.run(text, values)),
    transaction: (work) => transaction(work),
    snapshot: (work) => within('begin isolation level repeatable read read only', work),
    close: () => {
      closed ??= close()
      return closed
    },
  }
}
