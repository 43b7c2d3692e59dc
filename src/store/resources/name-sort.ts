import type { ResourceQuery } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { matchesSql } from './matches.ts'
import type { Page } from './page.ts'
import { readResources } from './read.ts'
import { keyColumns, keysOf, orderTerms } from './sort.ts'
import { Values } from './statement.ts'
import { namesPlace, type ResourceRow } from './stored-row.ts'

/** Most matches whose names are opened to be sorted. */
const MOST = 5_000

interface Match {
  readonly type: string
  readonly id: string
  readonly keys: readonly string[]
}

interface Direction {
  readonly descending: boolean
  readonly isNumber: boolean
}

/** One page in an order of names: they are sealed, so that all matches are opened and sorted here. */
export async function searchByName(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  query: ResourceQuery,
  names: ReadonlySet<string>,
  last: readonly string[] | undefined,
): Promise<Page> {
  const { bind, list } = new Values()
  const plain = query.sort.filter(({ param }) => !names.has(param))
  const terms = orderTerms(plain, bind)
  const rows = await queries.rows<ResourceRow & { names: Buffer | null } & Record<string, unknown>>(
    `select r.patient_id, r.type, r.id, r.version, r.names, ${keyColumns(terms)}
     ${matchesSql(vault, tenant, query, bind)} limit ${MOST + 1}`,
    list,
  )
  if (rows.length > MOST) throw tooMany()
  await vault.ready(queries, tenant, [...new Set(rows.map(({ patient_id }) => patient_id))])
  const directions: Direction[] = query.sort
    .filter(({ param }) => names.has(param))
    .map(({ descending }) => ({ descending, isNumber: false }))
  for (const { descending, cast } of terms)
    directions.push({ descending, isNumber: cast === 'double precision' })
  const matches: Match[] = []
  for (const row of rows) {
    const key = { tenant, patient: row.patient_id }
    const sealed = row.names
    const text =
      sealed === null
        ? '{}'
        : (await vault.open(queries, key, namesPlace(row, row.version), sealed)).toString('utf8')
    const known = JSON.parse(text) as Record<string, readonly [string, string]>
    const named = query.sort
      .filter(({ param }) => names.has(param))
      .map(({ param, descending }) => known[param]?.[descending ? 1 : 0] ?? (descending ? '' : '\u{10FFFF}'))
    matches.push({ type: row.type, id: row.id, keys: [...named, ...keysOf(row, terms)] })
  }
  matches.sort((a, b) => compareKeys(a.keys, b.keys, directions))
  const rest =
    last === undefined ? matches : matches.filter(({ keys }) => compareKeys(keys, last, directions) > 0)
  const kept = rest.slice(0, query.count)
  const found = await readResources(queries, vault, tenant, kept, query.within)
  const byId = new Map(found.map((one) => [one.id, one]))
  return {
    resources: kept.flatMap(({ id }) => byId.get(id) ?? []),
    end: rest.length > query.count ? kept.at(-1)?.keys : undefined,
  }
}

function compareKeys(a: readonly string[], b: readonly string[], directions: readonly Direction[]): number {
  for (const [n, { descending, isNumber }] of directions.entries()) {
    const [left, right] = [a[n]!, b[n]!]
    if (left === right) continue
    const isLess = isNumber ? Number(left) < Number(right) : left < right
    return isLess === descending ? 1 : -1
  }
  return 0
}

function tooMany(): Fault {
  return new Fault(
    'SEARCH_SORT_COSTLY',
    '_sort',
    `more than ${MOST} resources match, too many to be sorted by name`,
    'Ask more narrowly, or sort by _id, _lastUpdated or a date.',
  )
}
