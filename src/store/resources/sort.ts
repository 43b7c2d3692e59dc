import type { SortKey } from '../../record/resource-query.ts'
import type { Bind } from './statement.ts'

/** One expression of ORDER BY. Its value, as text, is what a cursor holds. */
export interface OrderTerm {
  readonly sql: string
  readonly descending: boolean
  readonly cast: 'text' | 'double precision' | 'timestamptz'
}

/** Sorts by ids where nothing else was asked: a page then neither skips nor repeats, whatever is written meanwhile. */
export const BY_ID: OrderTerm = { sql: 'r.id', descending: false, cast: 'text' }

/** Resources without a value come last, in both directions. */
export function orderTerms(sort: readonly SortKey[], bind: Bind): readonly OrderTerm[] {
  const terms = sort.flatMap(({ param, descending }): readonly OrderTerm[] => {
    if (param === '_id') return [{ sql: 'r.id', descending, cast: 'text' }]
    if (param === '_lastUpdated') return [{ sql: 'r.last_updated', descending, cast: 'timestamptz' }]
    const extreme = (
      column: string,
    ) => `(select ${descending ? 'max' : 'min'}(k.${column}) from resource_index k
      where k.tenant_id = r.tenant_id and k.patient_id = r.patient_id and k.type = r.type and k.id = r.id
        and k.param = ${bind(param)})`
    const lastNumber = bind(descending ? '-Infinity' : 'Infinity')
    const lastText = bind(descending ? '' : '\u{10FFFF}')
    // A parameter is kept either as numbers or as text: one of the two decides nothing.
    return [
      {
        sql: `coalesce(${extreme('low')}, ${lastNumber}::double precision)`,
        descending,
        cast: 'double precision',
      },
      { sql: `coalesce(${extreme('value')}, ${lastText}) collate "C"`, descending, cast: 'text' },
    ]
  })
  return [...terms, BY_ID]
}

export function orderBySql(terms: readonly OrderTerm[]): string {
  return terms.map(({ sql, descending }) => `${sql}${descending ? ' desc' : ''}`).join(', ')
}

/** That a row comes after the one whose values are `last`. */
export function afterSql(terms: readonly OrderTerm[], last: readonly string[], bind: Bind): string {
  const branches = terms.map((_, n) =>
    terms
      .slice(0, n + 1)
      .map(({ sql, descending, cast }, m) => {
        const sign = m < n ? '=' : descending ? '<' : '>'
        return `${sql} ${sign} ${bind(last[m])}::${cast}`
      })
      .join(' and '),
  )
  return ` and (${branches.map((branch) => `(${branch})`).join(' or ')})`
}

/** The values of the row that a cursor needs, as columns key0, key1 … */
export function keyColumns(terms: readonly OrderTerm[]): string {
  return terms.map(({ sql }, n) => `(${sql})::text as key${n}`).join(', ')
}

export function keysOf(
  row: Readonly<Record<string, unknown>>,
  terms: readonly OrderTerm[],
): readonly string[] {
  return terms.map((_, n) => row[`key${n}`] as string)
}
