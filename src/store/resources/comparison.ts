import type { Comparison } from '../../record/resource-query.ts'
import type { Bind } from './statement.ts'

interface Asked {
  readonly op: Comparison
  readonly low: number
  readonly high: number
}

/**
 * A date of a resource, `alias`.low to .high, against the asked one. Both are intervals [low, high) as precise as
 * they were written. Source: FHIR R4 search, 3.1.1.4.3 "Prefixes", whose words the branches keep.
 */
export function dateSql({ op, low, high }: Asked, alias: string, bind: Bind): string {
  const from = () => bind(low)
  const to = () => bind(high)
  const contained = () => `${alias}.low >= ${from()} and ${alias}.high <= ${to()}`
  switch (op) {
    case 'eq':
      return `(${contained()})`
    case 'ne':
      return `not (${contained()})`
    case 'gt':
      return `${alias}.high > ${to()}`
    case 'lt':
      return `${alias}.low < ${from()}`
    case 'ge':
      return `(${alias}.high > ${to()} or (${contained()}))`
    case 'le':
      return `(${alias}.low < ${from()} or (${contained()}))`
    case 'sa':
      return `${alias}.low >= ${to()}`
    case 'eb':
      return `${alias}.high <= ${from()}`
  }
}

/**
 * A number of a resource against the asked one. Equality holds when the number, as written, lies in the asked interval
 * [low, high) ("values that equal 100, to 3 significant figures, are searched in 99.5 to 100.5"). The other prefixes
 * ignore implicit precision and compare the numbers as written, which are the middles of their intervals.
 * Source: FHIR R4 search, 3.1.1.4.3 and 3.1.1.4.5. Halving loses the last digits: middles that differ by less than
 * 1e-12 of their size are equal.
 */
export function numberSql({ op, low, high }: Asked, alias: string, bind: Bind): string {
  const value = `((${alias}.low + ${alias}.high) / 2)`
  const middle = (low + high) / 2
  const slack = Math.abs(middle) * 1e-12
  const atLeast = (bound: number) => `${value} >= ${bind(bound - slack)}`
  const below = (bound: number) => `${value} < ${bind(bound - slack)}`
  const above = (bound: number) => `${value} > ${bind(bound + slack)}`
  const atMost = (bound: number) => `${value} <= ${bind(bound + slack)}`
  const equal = () =>
    low === high ? `(${atLeast(low)} and ${atMost(low)})` : `(${atLeast(low)} and ${below(high)})`
  switch (op) {
    case 'eq':
      return equal()
    case 'ne':
      return `not ${equal()}`
    case 'gt':
    case 'sa':
      return above(middle)
    case 'lt':
    case 'eb':
      return below(middle)
    case 'ge':
      return atLeast(middle)
    case 'le':
      return atMost(middle)
  }
}

/** When a resource was last changed: an instant, taken as the millisecond that begins there. */
export function instantSql({ op, low, high }: Asked, column: string, bind: Bind): string {
  const at = (ms: number) => `${bind(instantText(ms))}::timestamptz`
  switch (op) {
    case 'eq':
      return `(${column} >= ${at(low)} and ${column} < ${at(high)})`
    case 'ne':
      return `not (${column} >= ${at(low)} and ${column} < ${at(high)})`
    case 'gt':
    case 'sa':
      return `${column} >= ${at(high)}`
    case 'lt':
    case 'eb':
      return `${column} < ${at(low)}`
    case 'ge':
      return `${column} >= ${at(low)}`
    case 'le':
      return `${column} < ${at(high)}`
  }
}

const LATEST = Date.UTC(9999, 11, 31)

function instantText(ms: number): string {
  if (ms >= LATEST) return 'infinity'
  return ms <= 0 ? '-infinity' : new Date(ms).toISOString()
}
