import type { Comparison } from '../../record/resource-query.ts'
import { dateInterval } from './date-interval.ts'
import { writtenNumber } from './number-interval.ts'
import { splitEscaped, unescaped, valueMalformed } from './search-text.ts'

/** One value with its prefix. `approximate`: the two conditions that together say "overlaps this, give or take". */
export interface Compared {
  readonly op: Comparison
  readonly low: number
  readonly high: number
  readonly system?: string
  readonly code?: string
}

export type ComparedValue =
  | { readonly one: Compared }
  | { readonly approximate: readonly [Compared, Compared] }

const PREFIX = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[\d+-])/

function prefixed(text: string): readonly [Comparison | 'ap', string] {
  const prefix = PREFIX.exec(text)?.[1]
  return prefix === undefined ? ['eq', text] : [prefix as Comparison | 'ap', text.slice(2)]
}

/**
 * A date with its prefix. "ap" widens the date by a tenth of its distance from `now` (ms since the epoch), as FHIR R4
 * proposes. Throws SEARCH_VALUE_MALFORMED.
 */
export function comparedDate(param: string, text: string, now: number): ComparedValue {
  const [op, written] = prefixed(text)
  const interval = dateInterval(unescaped(written))
  if (interval === undefined) {
    throw valueMalformed(
      param,
      'the value is not a date',
      'Write 2026, 2026-11, 2026-11-22 or 2026-11-22T09:30:00Z.',
    )
  }
  if (op !== 'ap') return { one: { op, ...interval } }
  const slack = Math.abs(now - interval.low) / 10
  return overlapping(Math.floor(interval.low - slack), Math.ceil(interval.high + slack))
}

/**
 * A number with its prefix. Equality covers the precision as written; the other comparisons take the number exactly
 * (FHIR R4, "Search", prefixes). "sa" and "eb" of a point are "gt" and "lt". Throws SEARCH_VALUE_MALFORMED.
 */
export function comparedNumber(param: string, text: string): ComparedValue {
  const [op, written] = prefixed(text)
  const number = writtenNumber(unescaped(written))
  if (number === undefined) {
    throw valueMalformed(param, 'the value is not a number', 'Write 5.4, gt100 or le5.40e-3.')
  }
  const { value } = number
  if (op === 'ap') return overlapping(value - Math.abs(value) / 10, value + Math.abs(value) / 10)
  if (op === 'eq' || op === 'ne') return { one: { op, low: number.low, high: number.high } }
  return { one: { op: op === 'sa' ? 'gt' : op === 'eb' ? 'lt' : op, low: value, high: value } }
}

/** "[prefix]number|system|unit": the unit as coded or, without a system, as coded or written. */
export function comparedQuantity(param: string, text: string): ComparedValue {
  const [number, system, code, ...more] = splitEscaped(text, '|')
  if (more.length > 0 || (system !== undefined && code === undefined)) {
    throw valueMalformed(
      param,
      'the value is not a quantity',
      'Write 5.4, 5.4||mg or 5.4|http://unitsofmeasure.org|mg.',
    )
  }
  const unit = {
    ...(system ? { system: unescaped(system) } : {}),
    ...(code ? { code: unescaped(code) } : {}),
  }
  const compared = comparedNumber(param, number!)
  if ('one' in compared) return { one: { ...compared.one, ...unit } }
  const [above, below] = compared.approximate
  return {
    approximate: [
      { ...above, ...unit },
      { ...below, ...unit },
    ],
  }
}

function overlapping(low: number, high: number): ComparedValue {
  return {
    approximate: [
      { op: 'gt', low, high: low },
      { op: 'lt', low: high, high },
    ],
  }
}
