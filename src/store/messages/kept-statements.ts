import type { Resource } from '../../record/resource.ts'
import type { Statement } from '../../record/statement.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { Values } from '../resources/statement.ts'
import { bodyPlace } from '../resources/stored-row.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import { derivedFromSql } from './derived-from.ts'
import type { Derivation } from './derived-record-store.ts'

/** What a resource says and the version that says it, by "Type/id"; null: nothing. */
type Known = Readonly<Record<string, readonly [version: number, says: Statement | null]>>

/** As it is kept. */
interface Kept {
  readonly edition: string
  readonly known: Known
}

export interface Read {
  /** In the order of type and id. */
  readonly statements: readonly Statement[]
  /** What is to be kept now; undefined: what is kept is what there is. */
  readonly keep: Kept | undefined
}

const PLACE = 'derived statements'

/** Opens only the resources that have another version than the one whose words are kept. */
export async function readStatements(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  { from, edition, statementOf }: Derivation,
  sealed: Buffer | undefined,
): Promise<Read> {
  const sealer = sealerOf(queries, vault, key)
  const kept = sealed === undefined ? undefined : (JSON.parse(await sealer.openText(PLACE, sealed)) as Kept)
  const before: Known = kept?.edition === edition ? kept.known : {}
  const names = Object.keys(before)
  const values = new Values()
  const where = derivedFromSql(key, from, values)
  const known = `unnest(${values.bind(names)}::text[], ${values.bind(names.map((name) => before[name]![0]))}::integer[])`
  const rows = await queries.rows<{ type: string; id: string; version: number; body: Buffer | null }>(
    prepared(`select r.type, r.id, r.version, case when k.version is null then r.body end as body
      from resource r left join ${known} as k (name, version)
        on k.name = r.type || '/' || r.id and k.version = r.version
      where ${where} order by r.type, r.id`),
    values.list,
  )
  const now: Record<string, Known[string]> = {}
  let changed = names.length !== rows.length || kept?.edition !== edition
  for (const row of rows) {
    const name = `${row.type}/${row.id}`
    if (row.body === null) now[name] = before[name]!
    else {
      const text = (await vault.open(queries, key, bodyPlace(row, row.version), row.body)).toString('utf8')
      now[name] = [row.version, statementOf(JSON.parse(text) as Resource) ?? null]
      changed = true
    }
  }
  return {
    statements: Object.values(now).flatMap(([, says]) => says ?? []),
    keep: changed ? { edition, known: now } : undefined,
  }
}

export function sealedStatements(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  keep: Kept,
): Promise<Buffer> {
  return sealerOf(queries, vault, key).sealText(PLACE, JSON.stringify(keep))
}
