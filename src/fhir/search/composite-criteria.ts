import { tokenOf } from '../../record/resource.ts'
import type { Comparison, CompositeInterval, Criterion } from '../../record/resource-query.ts'
import { type Compared, comparedDate, comparedNumber, comparedQuantity } from './compared-value.ts'
import { type CompiledParameter, stringParams } from './search-index.ts'
import { splitEscaped, unescaped, valueMalformed } from './search-text.ts'

type AskedInterval = CompositeInterval & { readonly op: Comparison }

interface Alternative {
  readonly parts: readonly string[]
  readonly intervals: readonly AskedInterval[]
  readonly text: string | undefined
}

/** "code$value" of a composite parameter. Throws SEARCH_VALUE_MALFORMED. */
export function compositeCriteria(
  parameter: CompiledParameter,
  values: readonly string[],
  now: number,
): readonly Criterion[] {
  const { code } = parameter
  const plain: Alternative[] = []
  const branches: Criterion[][] = []
  for (const alternative of values.map((one) => alternativeOf(parameter, one, now))) {
    const { parts, intervals, text } = alternative
    if (text !== undefined) {
      branches.push([
        { kind: 'string', param: stringParam(code, parts[0]!), match: 'starts', values: [text] },
      ])
    } else if (intervals.length > 1) {
      branches.push(intervals.map((one) => compositeOf(code, [{ parts, intervals: [one], text }])))
    } else plain.push(alternative)
  }
  if (plain.length > 0) branches.push([compositeOf(code, plain)])
  return branches.length === 1 ? branches[0]! : [{ kind: 'any', of: branches }]
}

function compositeOf(param: string, alternatives: readonly Alternative[]): Criterion {
  const asked = alternatives.map((one) => one.intervals[0])
  return {
    kind: 'composite',
    param,
    values: alternatives.map((one) => one.parts),
    ...(asked.some((one) => one !== undefined) ? { intervals: asked } : {}),
  }
}

function alternativeOf(parameter: CompiledParameter, written: string, now: number): Alternative {
  const { code, parts: definitions } = parameter
  const texts = splitEscaped(written, '$')
  const form = definitions.map((one) => one.code).join('$')
  if (texts.length !== definitions.length || texts.some((one) => one === '')) {
    throw valueMalformed(code, `the value does not have ${definitions.length} parts`, `Write ${form}.`)
  }
  let intervals: readonly AskedInterval[] = []
  let text: string | undefined
  const parts = definitions.map((part, place) => {
    const value = texts[place]!
    switch (part.type) {
      case 'token':
      case 'uri':
        return tokenText(code, value)
      case 'reference':
        return tokenOf(undefined, unescaped(value))
      case 'string':
        text = unescaped(value)
        return ''
      case 'date':
        intervals = askedIntervals('date', comparedDate(code, value, now))
        return ''
      case 'number':
        intervals = askedIntervals('number', comparedNumber(code, value))
        return ''
      default:
        intervals = askedIntervals('number', comparedQuantity(code, value))
        return ''
    }
  })
  return { parts, intervals, text }
}

/** "system|code" exactly, "|code" without a system, "code" in any. */
function tokenText(param: string, text: string): string {
  const parts = splitEscaped(text, '|').map(unescaped)
  const code = parts[1] ?? parts[0]
  if (parts.length > 2 || !code) {
    throw valueMalformed(param, 'a part of the value is not a token', 'Write code, system|code or |code.')
  }
  return parts.length === 1 ? code : tokenOf(parts[0], code)
}

function askedIntervals(
  of: 'date' | 'number',
  compared: ReturnType<typeof comparedDate>,
): readonly AskedInterval[] {
  const list: readonly Compared[] = 'one' in compared ? [compared.one] : compared.approximate
  return list.map(({ op, low, high, system, code }) => ({
    op,
    of,
    low,
    high,
    ...(code === undefined ? {} : { unit: system === undefined ? code : tokenOf(system, code) }),
  }))
}

/** The name under which texts of this code lie in the index: see `stringParams`. */
function stringParam(code: string, token: string): string {
  const names = stringParams(code, token)
  return token.includes('|') ? names[0]! : names[1]!
}
