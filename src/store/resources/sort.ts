import type { SortKey } from '../../record/resource-query.ts'
import type { Bind } from './statement.ts'

/** One expression of ORDER BY. Its value, as text, is what a cursor holds. */
interface OrderTerm {
  readonly sql: string
  readonly descending: boolean
  readonly cast: 'text' | 'double precision' | 'timestamptz'
}

/**
 * The order where nothing else was asked, and among equals. Neither changes as long as a resource lives, so that pages
 * neither skip nor repeat, whatever is written meanwhile; and the indexes are in this order.
 */
const BY_ID: readonly OrderTerm[] = [
  { sql: 'r.patient_id', descending: false, cast: 'text' },
  { sql: 'r.id', descending: false, cast: 'text' },
]

/** Resources without a value come last, in both directions. */
export function orderTerms(sort: readonly SortKey[], bind: Bind): readonly OrderTerm[] {
  const terms = sort.flatMap(({ param, descending }): readonly OrderTerm[] => {
    if (param === '_id') return [{ sql: 'r.id', descending, cast: 'text' }]
    if (param === '_lastUpdated') return [{ sql: 'r.last_updated', descending, cast: 'timestamptz' }]
    // Of an expression, so that the few rows of the one resource are read, and not the end of the whole index.
    const extreme = (expression: string) => `(select ${descending ? 'max' : 'min'}(${expression})
      from resource_index k where k.tenant_id = r.tenant_id and k.patient_id = r.patient_id and k.type = r.type
        and k.id = r.id and k.param = ${bind(param)})`
    const lastNumber = `${bind(descending ? '-Infinity' : 'Infinity')}::double precision`
    const lastText = bind(descending ? '' : '\u{10FFFF}')
    const number = `coalesce(${extreme('k.low + 0')}, ${lastNumber})`
    const text = `coalesce(${extreme(`k.value || ''`)}, ${lastText}) collate "C"`
    // A parameter is kept either as numbers or as text: one of the two decides nothing.
    return [
      { sql: number, descending, cast: 'double precision' },
      { sql: text, descending, cast: 'text' },
    ]
  })
  // As the index by time goes on.
  const [first, second] = sort
  if (first?.param === '_lastUpdated' && second === undefined) {
    return [...terms, { sql: 'r.id', descending: first.descending, cast: 'text' }]
  }
  return [...terms, ...BY_ID]
}

export function orderBySql(terms: readonly OrderTerm[]): string {
  return terms.map(({ sql, descending }) => `${sql}${descending ? ' desc' : ''}`).join(', ')
}

/** That a row comes after the one whose values are `last`. */
export function afterSql(terms: readonly OrderTerm[], last: readonly string[], bind: Bind): string {
  const value = (n: number) => `${bind(last[n])}::${terms[n]!.cast}`
  const { descending } = terms[0]!
  if (terms.every((term) => term.descending === descending)) {
    const columns = terms.map(({ sql }) => sql).join(', ')
    return ` and (${columns}) ${descending ? '<' : '>'} (${terms.map((_, n) => value(n)).join(', ')})`
  }
  const branches = terms.map((_, n) =>
    terms
      .slice(0, n + 1)
      .map((term, m) => `${term.sql} ${m < n ? '=' : term.descending ? '<' : '>'} ${value(m)}`)
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
