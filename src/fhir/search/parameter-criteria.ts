import type { Criterion } from '../../record/resource-query.ts'
import {
  type Compared,
  type ComparedValue,
  comparedDate,
  comparedNumber,
  comparedQuantity,
} from './compared-value.ts'
import { compositeCriteria } from './composite-criteria.ts'
import { referenceTarget } from './reference-target.ts'
import type { CompiledParameter, SearchIndex } from './search-index.ts'
import { modifierRefused, splitEscaped, unescaped, valueMalformed } from './search-text.ts'

/** What reading a search needs beside its text. */
export interface Reading {
  readonly index: SearchIndex
  /** This server's own address. */
  readonly base: string
  /** ms since the epoch, for "ap". */
  readonly now: number
}

/** Modifiers that each kind of parameter takes; :missing is taken by all but composites. */
const MODIFIERS: Readonly<Record<string, readonly string[]>> = {
  token: ['missing', 'not', 'of-type'],
  string: ['missing', 'exact', 'contains'],
  reference: ['missing', 'identifier', '[type]'],
  uri: ['missing', 'below'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  composite: [],
}

export function modifiersOf(parameter: CompiledParameter): readonly string[] {
  const all = MODIFIERS[parameter.type] ?? []
  // Of a name only digests of its words' beginnings are kept: its middle cannot be looked for.
  if (parameter.type === 'string' && parameter.identity) return all.filter((one) => one !== 'contains')
  const typed = parameter.paths.some((path) => path.ends.includes('Identifier'))
  return parameter.type === 'token' && !typed ? all.filter((one) => one !== 'of-type') : all
}

/**
 * The conditions, all of which must hold, that one "parameter:modifier=value,value" asks for.
 * Throws SEARCH_VALUE_MALFORMED, SEARCH_MODIFIER_REFUSED.
 */
export function parameterCriteria(
  parameter: CompiledParameter,
  modifier: string | undefined,
  value: string,
  reading: Reading,
): readonly Criterion[] {
  const { code } = parameter
  const offered = modifiersOf(parameter)
  const isType = parameter.type === 'reference' && modifier !== undefined && reading.index.serves(modifier)
  if (modifier !== undefined && !isType && !offered.includes(modifier))
    throw modifierRefused(code, modifier, offered)
  if (parameter.either.length > 0) return eitherCriteria(parameter, modifier, value, reading)
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') {
      throw valueMalformed(`${code}:missing`, 'the value is neither true nor false', 'Write true or false.')
    }
    return missingCriteria(parameter, value === 'true')
  }
  const values = splitEscaped(value, ',')
  switch (parameter.type) {
    case 'token':
      return tokenCriteria(code, modifier, values, parameter.identity)
    case 'string':
      return [
        {
          kind: 'string',
          param: code,
          match: modifier === 'exact' || modifier === 'contains' ? modifier : 'starts',
          values: values.map(unescaped),
        },
      ]
    case 'reference':
      return modifier === 'identifier'
        ? tokenCriteria(`${code}:identifier`, undefined, values, true)
        : referenceCriteria(parameter, modifier, values, reading.base)
    case 'uri':
      return [
        {
          kind: 'uri',
          param: code,
          match: modifier === 'below' ? 'below' : 'exact',
          values: values.map(unescaped),
        },
      ]
    case 'date':
      return comparedCriteria(
        'date',
        code,
        values.map((one) => comparedDate(code, one, reading.now)),
      )
    case 'number':
      return comparedCriteria(
        'number',
        code,
        values.map((one) => comparedNumber(code, one)),
      )
    case 'quantity':
      return comparedCriteria(
        'quantity',
        code,
        values.map((one) => comparedQuantity(code, one)),
      )
    case 'composite':
      return compositeCriteria(parameter, values, reading.now)
  }
}

/** "system|code", "|code" (no system), "code" (any system), "system|" (any code of it). */
function tokenValue(param: string, text: string): { system: string | undefined; code: string | undefined } {
  const parts = splitEscaped(text, '|').map(unescaped)
  const [first, second] = parts
  if (parts.length > 2 || (first === '' && (second ?? '') === '')) {
    throw valueMalformed(param, 'the value is not a token', 'Write code, system|code, |code or system|.')
  }
  if (second === undefined) return { system: undefined, code: first! }
  return { system: first!, code: second === '' ? undefined : second }
}

function tokenCriteria(
  param: string,
  modifier: string | undefined,
  values: readonly string[],
  identity: boolean,
): readonly Criterion[] {
  if (modifier !== 'of-type') {
    return [
      {
        kind: 'token',
        param,
        not: modifier === 'not',
        values: values.map((one) => tokenValue(param, one)),
        identity,
      },
    ]
  }
  const typed = values.map((one) => {
    const parts = splitEscaped(one, '|').map(unescaped)
    const [system, code, value] = parts
    if (parts.length !== 3 || !system || !code || !value) {
      throw valueMalformed(
        `${param}:of-type`,
        'the value is not a typed identifier',
        'Write system|type|value.',
      )
    }
    return { system, code: `${code}|${value}` }
  })
  return [{ kind: 'token', param: `${param}:of-type`, not: false, values: typed, identity: true }]
}

function referenceCriteria(
  parameter: CompiledParameter,
  type: string | undefined,
  values: readonly string[],
  base: string,
): readonly Criterion[] {
  const { code, targets } = parameter
  if (type !== undefined && targets.length > 0 && !targets.includes(type))
    throw modifierRefused(code, type, targets)
  const only = type ?? (targets.length === 1 ? targets[0] : undefined)
  const local: { type: string | undefined; id: string }[] = []
  const elsewhere: string[] = []
  for (const written of values) {
    const text = unescaped(written)
    const target = referenceTarget(text, base)
    if (target.kind === 'local') {
      if (type !== undefined && target.type !== type) {
        throw valueMalformed(
          `${code}:${type}`,
          'the reference is to another type',
          `Write an id, or ${type}/id.`,
        )
      }
      local.push({ type: target.type, id: target.id })
    } else if (/^[A-Za-z0-9.-]{1,64}$/.test(text)) local.push({ type: only, id: text })
    else if (target.kind === 'elsewhere' && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) elsewhere.push(text)
    else throw valueMalformed(code, 'the value is not a reference', 'Write id, Type/id or an absolute URL.')
  }
  return anyOf([
    ...(local.length > 0 ? [[{ kind: 'reference', param: code, values: local } as const]] : []),
    ...(elsewhere.length > 0
      ? [[{ kind: 'uri', param: code, match: 'exact', values: elsewhere } as const]]
      : []),
  ])
}

/** Alternatives with their prefixes; an approximate one is two conditions, so that it stands in a branch of its own. */
function comparedCriteria(
  kind: 'date' | 'number' | 'quantity',
  param: string,
  values: readonly ComparedValue[],
): readonly Criterion[] {
  const plain = values.flatMap((one) => ('one' in one ? [one.one] : []))
  const around = values.flatMap((one) => ('one' in one ? [] : [one.approximate]))
  const of = (list: readonly Compared[]) => ({ kind, param, values: list }) as Criterion
  return anyOf([
    ...(plain.length > 0 ? [[of(plain)]] : []),
    ...around.map((both) => both.map((one) => of([one]))),
  ])
}

/** A reference by identifier alone is there, too. */
function missingCriteria({ code, type }: CompiledParameter, missing: boolean): readonly Criterion[] {
  const params = type === 'reference' ? [code, `${code}:identifier`] : [code]
  const each = params.map((param): Criterion => ({ kind: 'missing', param, missing }))
  return missing ? each : anyOf(each.map((one) => [one]))
}

/** Branches of which one must hold. */
export function anyOf(branches: readonly (readonly Criterion[])[]): readonly Criterion[] {
  return branches.length === 1 ? branches[0]! : [{ kind: 'any', of: branches }]
}

function eitherCriteria(
  parameter: CompiledParameter,
  modifier: string | undefined,
  value: string,
  reading: Reading,
): readonly Criterion[] {
  const both = parameter.either.map((code) =>
    parameterCriteria(reading.index.parameter(parameter.base, code)!, modifier, value, reading),
  )
  const holdsForAll = modifier === 'not' || (modifier === 'missing' && value === 'true')
  return holdsForAll ? both.flat() : anyOf(both)
}
