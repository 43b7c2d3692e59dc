import { Fault } from '../../terms/fault.ts'
import type { Database, Queries } from '../database/query.ts'
import { MIGRATIONS, type Migration } from './migrations.ts'

/** Key of the advisory lock that lets one process at a time change the schema: "garr" as bytes. */
const LOCK = 0x67617272

interface Applied {
  readonly number: number
  readonly name: string
  readonly sha256: string
}

const APPLIED = 'select number, name, sha256 from migration order by number'

/**
 * Brings the schema to this version of Garrod, all steps or none. Throws DATABASE_NEWER when a newer Garrod has
 * changed the schema, DATABASE_MIGRATION_CHANGED when a step was applied with another text than this version has,
 * DATABASE_UPGRADE_NEEDED when the database user may not change the schema.
 */
export async function migrate(database: Database, known: readonly Migration[] = MIGRATIONS): Promise<void> {
  if ((await pendingMigrations(database, known)).length === 0) return
  try {
    await database.transaction((queries) => applyMigrations(queries, known))
  } catch (error) {
    if (error instanceof Fault && error.code === 'DATABASE_RIGHTS') throw needsOwner()
    throw error
  }
}

/** The steps that are known here and not yet done in the database; none where there is no list. Throws as `migrate`. */
export async function pendingMigrations(
  database: Queries,
  known: readonly Migration[] = MIGRATIONS,
): Promise<readonly Migration[]> {
  const table = await database.first<{ found: boolean }>(
    `select to_regclass('migration') is not null as found`,
  )
  return pending(table?.found === true ? await database.rows<Applied>(APPLIED) : [], known)
}

/** Does what `migrate` does, as a part of a transaction. */
export async function applyMigrations(queries: Queries, known: readonly Migration[]): Promise<void> {
  await queries.run('select pg_advisory_xact_lock($1)', [LOCK])
  // Not after a look whether it exists: a connection may remember for a while that it did not.
  await queries.run(`create table if not exists migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`)
  const applied = await queries.rows<Applied>(APPLIED)
  for (const step of pending(applied, known)) {
    await queries.run(step.sql)
    await queries.run('insert into migration (number, name, sha256) values ($1, $2, $3)', [
      step.number,
      step.name,
      step.sha256,
    ])
  }
}

function needsOwner(): Fault {
  return new Fault(
    'DATABASE_UPGRADE_NEEDED',
    'DATABASE_URL',
    'the schema is older than this version of Garrod, and this database user may not change it',
    'Run "garrod db upgrade" with DATABASE_URL naming the owner, then "garrod db roles --apply"; then start again.',
  )
}

function pending(applied: readonly Applied[], known: readonly Migration[]): readonly Migration[] {
  for (const one of applied) {
    const here = known.find((step) => step.number === one.number)
    if (here === undefined) {
      throw new Fault(
        'DATABASE_NEWER',
        `migration ${one.number} (${one.name})`,
        'the database was last used by a newer version of Garrod',
        'Use that version or a later one; an older one could misread what the newer one stored.',
      )
    }
    if (here.sha256 !== one.sha256) {
      throw new Fault(
        'DATABASE_MIGRATION_CHANGED',
        `migration ${one.number} (${one.name})`,
        'this step was applied to the database with another text than this version of Garrod has',
        'Use the release that made the database; a development database may be removed and made anew.',
      )
    }
  }
  return known.filter((step) => !applied.some((one) => one.number === step.number))
}
