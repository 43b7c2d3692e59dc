import { Fault } from '../../terms/fault.ts'
import { MIGRATIONS } from '../migrations/migrations.ts'
import type { Database, Queries } from './query.ts'

/** How a table is spread, as the comment before it in its migration says. */
type Scope = 'patient' | 'directory' | 'store'

/**
 * Tables that stay on the coordinator although their keys would let them be spread: an audit log is one list that one
 * writer at a time adds to, in one statement that the coordinator must run as a whole.
 */
const KEPT_TOGETHER = new Set(['audit_event', 'audit_patient', 'audit_log', 'audit_head'])

/** Every table that a migration makes, with its scope, in the order they are made. */
export function tableScopes(): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>()
  for (const { sql } of MIGRATIONS) {
    for (const [, scope = '', table = ''] of sql.matchAll(/^-- scope: (\w+)\ncreate table (\w+) \(/gm)) {
      scopes.set(table, scope as Scope)
    }
  }
  return scopes
}

/**
 * Statements of Citus that spread the tables: those about a person by patient_id, all of one person on one machine;
 * directories by tenant_id. Tables of the whole store and the audit logs stay on the coordinator. `there` are the tables
 * that the database has.
 */
export function distributionSql(there: ReadonlySet<string>): string[] {
  const first = new Map<string, string>()
  const statements: string[] = []
  for (const [table, scope] of tableScopes()) {
    if (scope === 'store' || KEPT_TOGETHER.has(table) || !there.has(table)) continue
    const column = scope === 'patient' ? 'patient_id' : 'tenant_id'
    const along = first.get(column) ?? 'none'
    if (along === 'none') first.set(column, table)
    statements.push(`select create_distributed_table('${table}', '${column}', colocate_with => '${along}')`)
  }
  return statements
}

/** Spreads what is not spread yet. Returns the statements that were run. Throws DISTRIBUTE_NO_CITUS. */
export async function distribute(database: Database): Promise<readonly string[]> {
  const citus = await database.first("select 1 from pg_extension where extname = 'citus'")
  if (citus === undefined) {
    throw new Fault(
      'DISTRIBUTE_NO_CITUS',
      'database',
      'the database has no extension "citus", so that there is nothing to spread tables over',
      'Point DATABASE_URL to the coordinator of a Citus cluster and run "create extension citus" there; docs/scale.md.',
    )
  }
  return database.transaction(async (queries) => {
    const spread = await queries.rows<{ name: string }>(
      'select logicalrelid::text as name from pg_dist_partition',
    )
    const done = new Set(spread.map(({ name }) => name))
    const statements = distributionSql(await tablesThere(queries)).filter(
      (one) => ![...done].some((name) => one.includes(`('${name}',`)),
    )
    for (const one of statements) await queries.run(one)
    return statements
  })
}

export async function tablesThere(queries: Queries): Promise<ReadonlySet<string>> {
  const rows = await queries.rows<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')`,
  )
  return new Set(rows.map(({ name }) => name))
}
