import type { IndexEntry } from '../../record/resource-query.ts'
import { dateInterval, periodInterval, timingInterval } from './date-interval.ts'
import { referenceTarget } from './reference-target.ts'

type Json = Record<string, unknown>
type Put = (entry: IndexEntry) => void

/** Stands for an end that is open: comparisons need a number, and JSON has no infinity. */
const UNBOUNDED = Number.MAX_VALUE

interface TokenValue {
  readonly system: string | undefined
  readonly code: string
}

/** Tokens of one value (FHIR R4, "Search", token). An Identifier's is its value; a ContactPoint has no system. */
export function tokensOf(value: unknown, type: string, system: string | undefined): readonly TokenValue[] {
  if (typeof value === 'string') return [{ system, code: value }]
  if (typeof value === 'boolean') return [{ system: undefined, code: String(value) }]
  if (typeof value !== 'object' || value === null) return []
  const object = value as Json
  switch (type) {
    case 'CodeableConcept':
      return list(object['coding']).flatMap((one) => tokensOf(one, 'Coding', undefined))
    case 'Identifier': {
      const code = text(object['value'])
      return code === undefined ? [] : [{ system: text(object['system']), code }]
    }
    case 'ContactPoint': {
      const code = text(object['value'])
      return code === undefined ? [] : [{ system: undefined, code }]
    }
    default: {
      const code = text(object['code'])
      return code === undefined ? [] : [{ system: text(object['system']), code }]
    }
  }
}

/** "system|code" of the type of an identifier, with its value: found by `identifier:of-type`. */
export function typedIdentifiers(value: unknown): readonly TokenValue[] {
  if (typeof value !== 'object' || value === null) return []
  const { type, value: written } = value as { type?: unknown; value?: unknown }
  if (typeof written !== 'string') return []
  return tokensOf(type, 'CodeableConcept', undefined).map(({ system, code }) => ({
    system,
    code: `${code}|${written}`,
  }))
}

/** Texts of one value: every part of a name or an address is found by itself. */
export function textsOf(value: unknown, type: string): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  const object = value as Json
  const names =
    type === 'HumanName'
      ? ['text', 'family', 'given', 'prefix', 'suffix']
      : type === 'Address'
        ? ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country']
        : ['text']
  return names.flatMap((name) => list(object[name]).filter((one) => typeof one === 'string')) as string[]
}

/** The interval of a date, dateTime, instant, Period or Timing; an open end is undefined. */
export function intervalOf(
  value: unknown,
  type: string,
): { readonly low: number | undefined; readonly high: number | undefined } | undefined {
  if (typeof value === 'string') return dateInterval(value)
  if (typeof value !== 'object' || value === null) return undefined
  if (type === 'Timing') return timingInterval(value)
  return type === 'Period' ? periodInterval(value) : undefined
}

interface Measure {
  readonly low: number
  readonly high: number
  readonly system: string | undefined
  readonly code: string | undefined
}

/**
 * Bounds of a Quantity, Range or Money, one for each way its unit is written. A value is one point: the precision that
 * counts is that of the search ("gt5.4" must not find 5.4). A comparator opens one side: "<5" lies below 5.
 */
export function measuresOf(value: unknown, type: string): readonly Measure[] {
  if (typeof value !== 'object' || value === null) return []
  const object = value as Json
  if (type === 'Range') {
    const low = measuresOf(object['low'], 'Quantity')[0]
    const high = measuresOf(object['high'], 'Quantity')[0]
    const unit = low ?? high
    if (unit === undefined) return []
    return [{ ...unit, low: low?.low ?? -UNBOUNDED, high: high?.high ?? UNBOUNDED }]
  }
  const number = object['value']
  if (typeof number !== 'number') return []
  if (type === 'Money') {
    return [{ low: number, high: number, system: 'urn:iso:std:iso:4217', code: text(object['currency']) }]
  }
  const comparator = text(object['comparator'])
  const low = comparator?.startsWith('<') ? -UNBOUNDED : number
  const high = comparator?.startsWith('>') ? UNBOUNDED : number
  const code = text(object['code'])
  const unit = text(object['unit'])
  const coded = { low, high, system: text(object['system']), code: code ?? unit }
  return unit === undefined || unit === coded.code
    ? [coded]
    : [coded, { low, high, system: undefined, code: unit }]
}

/** Entries of a Reference, canonical or uri under a reference parameter. */
export function putReference(param: string, value: unknown, base: string, put: Put): void {
  const written = typeof value === 'string' ? value : (value as { reference?: unknown }).reference
  if (typeof written === 'string') {
    const target = referenceTarget(written, base)
    if (target.kind === 'local') put({ kind: 'reference', param, type: target.type, id: target.id })
    if (target.kind === 'elsewhere') {
      put({ kind: 'uri', param, uri: target.uri })
      const version = target.uri.indexOf('|')
      if (version > 0) put({ kind: 'uri', param, uri: target.uri.slice(0, version) })
    }
  }
  if (typeof value !== 'object' || value === null) return
  const { identifier } = value as { identifier?: unknown }
  for (const { system, code } of tokensOf(identifier, 'Identifier', undefined)) {
    put({ kind: 'token', param: `${param}:identifier`, system, code, identity: true })
  }
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
