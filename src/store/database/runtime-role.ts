import { Fault } from '../../terms/fault.ts'
import { tablesThere } from './distribute.ts'
import type { Database, Queries } from './query.ts'

/** Read, and never changed while Garrod runs. */
const READ_ONLY = new Set(['migration', 'store_identity'])
/** Added to, and never changed or deleted from: who gets hold of the server's account cannot rewrite who looked. */
const APPEND_ONLY = new Set(['audit_event', 'audit_patient', 'audit_head'])
/** Tables whose statistics Garrod asks for while they are filled for the first time; PostgreSQL 17 has a right for it. */
const MEASURED = ['resource', 'resource_index']

/** What a database user may do to the store, beside reading and writing rows. */
export interface DatabaseUser {
  readonly name: string
  /** Owns tables of the store, or is a superuser: may change or drop them. */
  readonly changesSchema: boolean
}

export async function databaseUser(queries: Queries): Promise<DatabaseUser> {
  const found = await queries.first<{ name: string; changes: boolean }>(
    `select current_user as name,
       (select rolsuper from pg_roles where rolname = current_user)
         or has_schema_privilege(current_schema(), 'create')
         or exists (select 1 from pg_class c where c.relnamespace = current_schema()::regnamespace
                      and c.relkind in ('r', 'p') and pg_has_role(c.relowner, 'usage')) as changes`,
  )
  return { name: found!.name, changesSchema: found!.changes }
}

/**
 * Statements by which the owner of the store makes a role under which the server runs: it reads and writes rows, and can
 * neither change the schema nor rewrite the audit log. They may be run again, and are after an upgrade that makes tables.
 * Throws DATABASE_ROLE_NAME, DATABASE_ROLE_OWNER when the role owns the store or is a superuser.
 */
export async function runtimeRoleSql(queries: Queries, role: string): Promise<readonly string[]> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role)) {
    throw new Fault(
      'DATABASE_ROLE_NAME',
      '--runtime',
      `"${role}" is not a name for a role`,
      'Use lower-case letters, digits and underscores, beginning with a letter.',
    )
  }
  const here = await queries.first<{ db: string; schema: string; version: number; mighty: boolean }>(
    `select current_database() as db, current_schema() as schema,
       current_setting('server_version_num')::integer as version,
       exists (select 1 from pg_roles r where r.rolname = $1 and (r.rolsuper or exists (
         select 1 from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relowner = r.oid))) as mighty`,
    [role],
  )
  if (here!.mighty) {
    throw new Fault(
      'DATABASE_ROLE_OWNER',
      '--runtime',
      `"${role}" owns tables of the store, or is a superuser: nothing can be kept from it`,
      'Name a role of its own for the server; the owner stays for upgrades.',
    )
  }
  const { db, schema, version } = here!
  const tables = [...(await tablesThere(queries))].sort()
  const at = quoted(schema)
  const grants = tables.map((table) => `grant ${rightsOn(table)} on ${at}.${quoted(table)} to ${role}`)
  const measured = MEASURED.filter((table) => version >= 170_000 && tables.includes(table))
  return [
    `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if; end $$`,
    `revoke create on schema ${at} from public`,
    `revoke all on all tables in schema ${at} from ${role}`,
    `revoke all on schema ${at} from ${role}`,
    `grant connect on database ${quoted(db)} to ${role}`,
    `grant usage on schema ${at} to ${role}`,
    ...grants,
    ...measured.map((table) => `grant maintain on ${at}.${table} to ${role}`),
    // A table of a later version is usable at once; running this again narrows what it must not change.
    `alter default privileges in schema ${at} grant select, insert, update, delete on tables to ${role}`,
  ]
}

/** Runs them, all or none. Returns what was run. Throws what `runtimeRoleSql` throws, and DATABASE_RIGHTS. */
export function makeRuntimeRole(database: Database, role: string): Promise<readonly string[]> {
  return database.transaction(async (queries) => {
    const statements = await runtimeRoleSql(queries, role)
    for (const one of statements) await queries.run(one)
    return statements
  })
}

function rightsOn(table: string): string {
  if (READ_ONLY.has(table)) return 'select'
  return APPEND_ONLY.has(table) ? 'select, insert' : 'select, insert, update, delete'
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
