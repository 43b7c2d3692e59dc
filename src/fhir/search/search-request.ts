import type { Criterion, SortKey } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { chainCriteria, type Named, reverseChainCriteria } from './chained-criteria.ts'
import { comparedDate } from './compared-value.ts'
import { type Include, includesOf } from './include.ts'
import { parameterCriteria, type Reading } from './parameter-criteria.ts'
import { modifierRefused, splitEscaped, unescaped, valueMalformed } from './search-text.ts'

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false'

/** What one search asks, and how the answer is to look. Whom it may show is not said here. */
export interface SearchRequest {
  readonly type: string
  readonly criteria: readonly Criterion[]
  readonly sort: readonly SortKey[]
  readonly count: number
  readonly total: 'none' | 'estimate' | 'accurate'
  readonly summary: Summary
  /** Elements to be kept; empty: all. */
  readonly elements: readonly string[]
  readonly includes: readonly Include[]
  /** Set when every match must lie in this person's compartment, so that only it has to be looked at. */
  readonly patient: PatientId | undefined
  /** The parameters that were used, for the self link. */
  readonly used: readonly Named[]
  /** Names of those that are not known here and were left out. */
  readonly ignored: readonly string[]
}

export const PAGE_DEFAULT = 50
export const PAGE_LARGEST = 1000

/** Answers would be wider than asked if these were left out as unknown. */
const REFUSED = new Set([
  '_filter',
  '_text',
  '_content',
  '_list',
  '_query',
  '_contained',
  '_containedType',
  '_type',
])
/** About the form of the answer, not about what is searched. */
const FORM = new Set(['_format', '_pretty'])

/**
 * Reads the parameters of a search. Unknown parameters are listed in `ignored` (FHIR R4, "Search", lenient handling);
 * the caller refuses them when the client asked for strict handling. Throws SEARCH_VALUE_MALFORMED,
 * SEARCH_MODIFIER_REFUSED, SEARCH_PARAMETER_REFUSED.
 */
export function searchRequest(type: string, parameters: readonly Named[], reading: Reading): SearchRequest {
  const criteria: Criterion[] = []
  const sort: SortKey[] = []
  const includes: Include[] = []
  const used: Named[] = []
  const ignored: string[] = []
  let elements: readonly string[] = []
  let count = PAGE_DEFAULT
  let total: SearchRequest['total'] = 'none'
  let summary: Summary = 'false'
  for (const [name, value] of parameters) {
    const [head] = name.split(':')
    if (REFUSED.has(head!)) {
      throw new Fault(
        'SEARCH_PARAMETER_REFUSED',
        head!,
        'this parameter is not offered',
        'See /metadata for those that are.',
      )
    }
    if (FORM.has(name)) continue
    if (value === '') {
      ignored.push(name)
      continue
    }
    switch (head) {
      case '_sort':
        sort.push(...sortKeys(type, value, reading))
        break
      case '_count':
        count = Math.min(wholeNumber(name, value), PAGE_LARGEST)
        break
      case '_total':
        total = oneOf(name, value, ['none', 'estimate', 'accurate'])
        break
      case '_summary':
        summary = oneOf(name, value, ['true', 'text', 'data', 'count', 'false'])
        break
      case '_elements':
        elements = [...elements, ...value.split(',').map((one) => one.trim().split('.').at(-1)!)]
        break
      case '_include':
      case '_revinclude':
        includes.push(...includesOf(name, value, type, reading.index))
        break
      default: {
        const found = criteriaOf(type, name, value, reading)
        if (found === undefined) {
          ignored.push(name)
          continue
        }
        criteria.push(...found)
      }
    }
    used.push([name, value])
  }
  return {
    type,
    criteria,
    sort,
    count: summary === 'count' ? 0 : count,
    total: count === 0 || summary === 'count' ? 'accurate' : total,
    summary,
    elements,
    includes,
    patient: onlyPatientOf(type, criteria, reading),
    used,
    ignored,
  }
}

/** Conditions of one parameter of any kind; undefined when there is no such parameter. */
function criteriaOf(
  type: string,
  name: string,
  value: string,
  reading: Reading,
): readonly Criterion[] | undefined {
  if (name.startsWith('_has:')) return reverseChainCriteria(type, name, value, reading, criteriaOf)
  const dot = name.indexOf('.')
  if (dot > 0) return chainCriteria(type, name.slice(0, dot), name.slice(dot + 1), value, reading, criteriaOf)
  const [code, modifier, ...more] = name.split(':')
  if (more.length > 0) throw modifierRefused(code!, [modifier, ...more].join(':'), [])
  if (code === '_id') {
    if (modifier !== undefined) throw modifierRefused(code, modifier, [])
    return [{ kind: 'id', values: splitEscaped(value, ',').map(unescaped) }]
  }
  if (code === '_lastUpdated') {
    if (modifier !== undefined) throw modifierRefused(code, modifier, [])
    return lastUpdated(value, reading.now)
  }
  const parameter = reading.index.parameter(type, code!)
  return parameter === undefined ? undefined : parameterCriteria(parameter, modifier, value, reading)
}

function lastUpdated(value: string, now: number): readonly Criterion[] {
  const values = splitEscaped(value, ',').map((one) => comparedDate('_lastUpdated', one, now))
  const of = values.map((one): readonly Criterion[] => {
    const list = 'one' in one ? [one.one] : one.approximate
    return list.map(({ op, low, high }) => ({ kind: 'last-updated', values: [{ op, low, high }] }))
  })
  return of.length === 1 ? of[0]! : [{ kind: 'any', of }]
}

const SORTABLE = new Set(['date', 'string', 'token', 'number', 'quantity'])

function sortKeys(type: string, value: string, { index }: Reading): readonly SortKey[] {
  return value.split(',').map((written) => {
    const descending = written.startsWith('-')
    const param = descending ? written.slice(1) : written
    const parameter = index.parameter(type, param)
    const known = param === '_id' || param === '_lastUpdated'
    if (!known && (parameter === undefined || !SORTABLE.has(parameter.type) || parameter.either.length > 0)) {
      throw valueMalformed(
        '_sort',
        `${type} is not sorted by that`,
        'Use _id, _lastUpdated or a date, string, token, number or quantity parameter of the type.',
      )
    }
    return { param, descending }
  })
}

/**
 * The one person that the conditions name through a parameter of the patient compartment: all matches then lie there,
 * since a resource lies in the compartment of whom it names.
 */
function onlyPatientOf(
  type: string,
  criteria: readonly Criterion[],
  { index }: Reading,
): PatientId | undefined {
  const named = index.facts.patientCompartment.get(type)
  if (named === undefined || type === 'Group') return undefined
  for (const criterion of criteria) {
    if (criterion.kind !== 'reference' || criterion.values.length !== 1) continue
    if (criterion.param !== 'patient' && criterion.param !== 'subject') continue
    const [only] = criterion.values
    if (only!.type === 'Patient' && /^[A-Za-z0-9]/.test(only!.id)) return patientId(only!.id)
  }
  return undefined
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value))
    throw valueMalformed(name, 'the value is not a whole number', 'Write digits only.')
  return Number(value)
}

function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value)
  if (found === undefined)
    throw valueMalformed(name, 'the value is not one of those', `Use ${known.join(', ')}.`)
  return found
}
