import type { Compartment } from '../../record/resource.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { type IndexRow, indexRows, sortNames } from './index-rows.ts'
import { bodyPlace, namesPlace } from './stored-row.ts'
import type { PlannedWrite } from './write-plan.ts'

/** Rows of one INSERT at most: PostgreSQL takes 65,535 values a statement. */
const ROWS = 500

const KEYS = '(type, id) in (select * from unnest($3::text[], $4::text[]))'

/** Writes the rows of one compartment: earlier versions to the history, new ones in their place, and their index. */
export async function writeRows(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  patient: Compartment,
  planned: readonly PlannedWrite[],
  by: string,
): Promise<void> {
  const keysOf = (some: readonly PlannedWrite[]) => [
    tenant,
    patient,
    some.map(({ change }) => change.type),
    some.map(({ change }) => change.id),
  ]
  const replaced = planned.filter(({ replaces }) => replaces)
  if (replaced.length > 0) {
    await queries.run(
      `insert into resource_version
         (tenant_id, patient_id, type, id, version, last_updated, by, deleted, labels, codes, body)
       select tenant_id, patient_id, type, id, version, last_updated, by, deleted, labels, codes, body
       from resource where tenant_id = $1 and patient_id = $2 and ${KEYS}`,
      keysOf(replaced),
    )
  }
  const indexed = planned.filter(({ replaces, change }) => replaces || change.action === 'unchanged')
  if (indexed.length > 0) {
    await queries.run(
      `delete from resource_index where tenant_id = $1 and patient_id = $2 and ${KEYS}`,
      keysOf(indexed),
    )
  }
  for (let from = 0; from < planned.length; from += ROWS) {
    const some = planned.slice(from, from + ROWS)
    for (const { write, change } of some)
      if (change.action === 'unchanged' && write.action !== 'delete')
        await relabel(queries, tenant, patient, write)
    const put = await upsert(queries, vault, tenant, patient, some, by)
    const columns = indexColumns(vault, tenant, some)
    if (put === undefined && columns === undefined) continue
    // The rows and their index in one statement.
    const values = put?.values ?? [tenant, patient]
    const text =
      put === undefined || columns === undefined
        ? (put?.text ?? indexText(values.length))
        : `with put as (${put.text}) ${indexText(values.length)}`
    const fewRows = put === undefined || put.rows <= FEW
    await queries.run(fewRows ? prepared(text) : text, [...values, ...(columns ?? [])])
  }
}

/** An unchanged resource keeps its version and body, and takes the labels and codes of this write: it has no row here. */
async function upsert(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  patient: Compartment,
  planned: readonly PlannedWrite[],
  by: string,
): Promise<
  { readonly text: string; readonly values: readonly unknown[]; readonly rows: number } | undefined
> {
  const key = { tenant, patient }
  const values: unknown[] = [tenant, patient, by]
  const rows: string[] = []
  for (const { write, change, json } of planned) {
    if (change.action === 'unchanged') continue
    const deleted = change.action === 'deleted'
    const names = deleted ? undefined : sortNames(write.index)
    const first = values.push(
      change.type,
      change.id,
      change.version,
      change.lastUpdated,
      deleted,
      write.labels,
      write.codes,
      names === undefined ? null : await vault.seal(queries, key, namesPlace(change, change.version), names),
      json === undefined ? null : await vault.seal(queries, key, bodyPlace(change, change.version), json),
    )
    const places = Array.from({ length: 9 }, (_, i) => `$${first - 8 + i}`)
    rows.push(`($1, $2, ${places.slice(0, 4).join(', ')}, $3, ${places.slice(4).join(', ')})`)
  }
  if (rows.length === 0) return undefined
  // A tombstone keeps the labels and codes it had: what was hidden stays hidden.
  const text = `insert into resource
      (tenant_id, patient_id, type, id, version, last_updated, by, deleted, labels, codes, names, body)
    values ${rows.join(', ')}
    on conflict (tenant_id, patient_id, type, id) do update set version = excluded.version,
      last_updated = excluded.last_updated, by = excluded.by, deleted = excluded.deleted,
      labels = case when excluded.deleted then resource.labels else excluded.labels end,
      codes = case when excluded.deleted then resource.codes else excluded.codes end,
      names = excluded.names, body = excluded.body`
  return { text, values, rows: rows.length }
}

async function relabel(
  queries: Queries,
  tenant: TenantId,
  patient: Compartment,
  { type, id, labels, codes }: PlannedWrite['write'],
): Promise<void> {
  await queries.run(
    `update resource set labels = $5, codes = $6
     where tenant_id = $1 and patient_id = $2 and type = $3 and id = $4 and (labels <> $5 or codes <> $6)`,
    [tenant, patient, type, id, labels, codes],
  )
}

/** So many rows at once are written often: one statement is kept for each number of them. */
const FEW = 8

/** PostgreSQL types of the columns of an index row from the type on; lists are bound as text. */
const INDEX_TYPES = [
  ...['text', 'text', 'integer', 'text', 'text', 'text'],
  ...['double precision', 'double precision', 'text', 'text', 'text'],
]

/** Index rows whose columns are bound after so many values, of which the first are tenant and person. */
function indexText(bound: number): string {
  const columns = INDEX_TYPES.map((type, i) => `$${bound + 1 + i}::${type}[]`)
  return `insert into resource_index
      (tenant_id, patient_id, type, id, ordinal, param, value, qualifier, low, high, unit, digests, parts)
    select $1, $2, type, id, ordinal, param, value, qualifier, low, high, unit, digests::bigint[], parts::text[]
    from unnest(${columns.join(', ')})
      as w (type, id, ordinal, param, value, qualifier, low, high, unit, digests, parts)`
}

/** Columns of the index rows from the type on; undefined where there are none. */
function indexColumns(
  vault: Vault,
  tenant: TenantId,
  planned: readonly PlannedWrite[],
): readonly (readonly unknown[])[] | undefined {
  const types: string[] = []
  const ids: string[] = []
  const ordinals: number[] = []
  const rows: IndexRow[] = []
  for (const { write } of planned) {
    if (write.action === 'delete') continue
    for (const [ordinal, row] of indexRows(vault, tenant, write.type, write.index).entries()) {
      types.push(write.type)
      ids.push(write.id)
      ordinals.push(ordinal)
      rows.push(row)
    }
  }
  if (rows.length === 0) return undefined
  return [
    types,
    ids,
    ordinals,
    rows.map(({ param }) => param),
    rows.map(({ value }) => value ?? null),
    rows.map(({ qualifier }) => qualifier ?? null),
    rows.map(({ low }) => low ?? null),
    rows.map(({ high }) => high ?? null),
    rows.map(({ unit }) => unit ?? null),
    rows.map(({ digests }) => (digests === undefined ? null : `{${digests.join(',')}}`)),
    rows.map(({ parts }) => (parts === undefined ? null : arrayText(parts))),
  ]
}

/** A list of texts as PostgreSQL writes an array. */
function arrayText(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
