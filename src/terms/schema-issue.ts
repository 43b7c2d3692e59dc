import type * as z from 'zod'

type Issue = z.core.$ZodIssue

/** How the schema library begins what it says by itself; anything else are words that a schema of ours gave. */
const BY_ITSELF = /^(Invalid|Too (small|big)|Unrecognized)/

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date as YYYY-MM-DD',
  datetime: 'an instant as 2026-11-22T10:30:00Z',
  url: 'an address as https://…',
  uuid: 'a UUID',
}

/** The first fault of a document in our words, as the rest of a sentence about the field; `otherwise` where there is none. */
export function issueWords(issue: Issue | undefined, otherwise: string): string {
  if (issue === undefined) return otherwise
  if (!BY_ITSELF.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, /received (\w+)/.exec(issue.message)?.[1])
    case 'too_small':
      return sizeWords('at least', issue.origin, Number(issue.minimum), issue.inclusive !== false)
    case 'too_big':
      return sizeWords('at most', issue.origin, Number(issue.maximum), issue.inclusive !== false)
    case 'invalid_format':
      return `it must be ${FORMATS[issue.format] ?? 'written in another form'}`
    case 'invalid_value':
      return `it must be ${issue.values.map((one) => JSON.stringify(one)).join(' or ')}`
    case 'unrecognized_keys':
      return `there is no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    case 'not_multiple_of':
      return `it must be a multiple of ${issue.divisor}`
    case 'invalid_union':
      return 'it has none of the forms that are possible here'
    default:
      return otherwise
  }
}

function typeWords(expected: string, received: string | undefined): string {
  const wanted = KINDS[expected] ?? 'of another kind'
  if (received === 'undefined') return `it is missing: it must be ${wanted}`
  const got = received === undefined || expected === 'int' ? undefined : KINDS[received]
  return got === undefined ? `it must be ${wanted}` : `it must be ${wanted}, not ${got}`
}

function sizeWords(bound: 'at least' | 'at most', origin: string, size: number, inclusive: boolean): string {
  if (origin === 'string' || origin === 'array' || origin === 'set') {
    if (bound === 'at least' && size === 1) return 'it must not be empty'
    return `it must have ${bound} ${size} ${origin === 'string' ? 'characters' : 'entries'}`
  }
  if (inclusive) return `it must be ${bound} ${size}`
  return `it must be ${bound === 'at least' ? 'more' : 'less'} than ${size}`
}
