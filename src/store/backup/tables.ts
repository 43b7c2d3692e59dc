import type { Queries } from '../database/query.ts'

/** A table of the store as the database knows it. */
export interface StoredTable {
  readonly name: string
  /** Without those the database computes. */
  readonly columns: readonly string[]
  /** Those that must have a value. */
  readonly needed: readonly string[]
  /** Tables that its rows refer to. */
  readonly refersTo: readonly string[]
}

/**
 * Tables whose rows no backup holds, and a job makes anew from the files after a restore: calls of whole genomes, sealed
 * under the tenant's key for all people together. In a backup they would outlive the key of a person who was shredded.
 */
export const MADE_ANEW: ReadonlySet<string> = new Set(['genome_reading', 'genome_stretch', 'genome_retired'])

/** Every table in the store's schema but the list of migrations, those before it that a table refers to. */
export async function storedTables(queries: Queries): Promise<readonly StoredTable[]> {
  const tables = await queries.rows<StoredTable>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute as a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum) as columns,
       array(select a.attname::text from pg_attribute as a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attnotnull
             order by a.attnum) as needed,
       array(select distinct r.relname::text from pg_constraint as f join pg_class as r on r.oid = f.confrelid
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid order by 1) as "refersTo"
     from pg_class as c
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'migration' and c.relpersistence = 'p'
     order by c.relname`,
  )
  const sorted: StoredTable[] = []
  const left = new Map(tables.map((one) => [one.name, one]))
  while (left.size > 0) {
    const next = [...left.values()].filter(({ refersTo }) => refersTo.every((name) => !left.has(name)))
    if (next.length === 0) throw new Error('the tables refer to one another in a circle')
    for (const one of next) {
      sorted.push(one)
      left.delete(one.name)
    }
  }
  return sorted
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** "t" ("a", "b"), as COPY takes it. */
export function tableAndColumns(name: string, columns: readonly string[]): string {
  return `${quoted(name)} (${columns.map(quoted).join(', ')})`
}
