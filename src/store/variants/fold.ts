import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import { DIGEST } from './variant-digest.ts'

/** Key of the advisory lock between folds of one tenant: two would add the same reading twice. */
const LOCK = 0x67617266
/** Variants written by one statement. */
const ROWS = 5_000

interface Numbers {
  readonly one: number[]
  readonly more: number[]
}

/**
 * Adds the readings that are not folded yet to the lists of their variants, and takes out those that were removed.
 * In one transaction: a reading is found by its delta before, and in the lists after.
 */
export async function foldVariants(queries: Queries, tenant: TenantId, most: number): Promise<number> {
  await queries.run('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK, tenant])
  await removeRetired(queries, tenant)
  const deltas = await queries.rows<{
    patient_id: string
    reading: string
    number: number
    one_copy: Buffer
    more_copies: Buffer
  }>(
    `select patient_id, reading, number, one_copy, more_copies from variant_delta where tenant_id = $1
     order by number limit $2 for update`,
    [tenant, most],
  )
  if (deltas.length === 0) return 0
  const variants = new Map<string, Numbers>()
  for (const { number, one_copy, more_copies } of deltas) {
    for (const digest of digestsIn(one_copy)) listOf(variants, digest).one.push(number)
    for (const digest of digestsIn(more_copies)) listOf(variants, digest).more.push(number)
  }
  // In one order, so that what is written together lies together.
  const sorted = [...variants].sort(([a], [b]) => (a < b ? -1 : 1))
  for (let from = 0; from < sorted.length; from += ROWS) {
    const some = sorted.slice(from, from + ROWS)
    await queries.run(
      `insert into variant_carriers (tenant_id, variant, one_copy, more_copies)
       select $1, variant, one::integer[], more::integer[]
       from unnest($2::uuid[], $3::text[], $4::text[]) as w (variant, one, more)
       on conflict (tenant_id, variant) do update set
         one_copy = variant_carriers.one_copy || excluded.one_copy,
         more_copies = variant_carriers.more_copies || excluded.more_copies`,
      [
        tenant,
        some.map(([digest]) => digest),
        some.map(([, { one }]) => `{${one.join()}}`),
        some.map(([, { more }]) => `{${more.join()}}`),
      ],
    )
  }
  await queries.run(
    `delete from variant_delta where tenant_id = $1
       and (patient_id, reading) in (select * from unnest($2::text[], $3::text[]))`,
    [tenant, deltas.map(({ patient_id }) => patient_id), deltas.map(({ reading }) => reading)],
  )
  return deltas.length
}

/** Numbers of readings that are gone lead nowhere; here they leave the lists, too. */
async function removeRetired(queries: Queries, tenant: TenantId): Promise<void> {
  const rows = await queries.rows<{ number: number }>(
    'delete from variant_retired where tenant_id = $1 returning number',
    [tenant],
  )
  if (rows.length === 0) return
  const kept = (column: string) =>
    `array(select n from unnest(${column}) with ordinality as u (n, place) where n <> all ($2::integer[]) order by place)`
  const values = [tenant, rows.map(({ number }) => number)]
  await queries.run(
    `update variant_carriers set one_copy = ${kept('one_copy')}, more_copies = ${kept('more_copies')}
     where tenant_id = $1 and (one_copy && $2::integer[] or more_copies && $2::integer[])`,
    values,
  )
  await queries.run(
    `delete from variant_carriers where tenant_id = $1 and cardinality(one_copy) + cardinality(more_copies) = 0`,
    [tenant],
  )
}

function* digestsIn(bytes: Buffer): Generator<string> {
  const text = bytes.toString('hex')
  for (let at = 0; at < text.length; at += 2 * DIGEST) yield text.slice(at, at + 2 * DIGEST)
}

function listOf(variants: Map<string, Numbers>, digest: string): Numbers {
  let lists = variants.get(digest)
  if (lists === undefined) {
    lists = { one: [], more: [] }
    variants.set(digest, lists)
  }
  return lists
}
