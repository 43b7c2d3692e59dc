import { isActive } from './active-markup.ts'

/**
 * Whether JSON holds a value of an R4 primitive type (hl7.org/fhir/R4/datatypes.html). The answer is undefined when it
 * does, else what is wrong, in words that do not repeat the value.
 */
export function primitiveFault(type: string, value: unknown): string | undefined {
  const check = CHECKS[type]
  return check === undefined ? undefined : check(value)
}

const INTEGER_MOST = 2_147_483_647
/** Characters of a string at most (1 MB, section "string"). */
const STRING_MOST = 1_048_576

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const DATE_TIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d+)?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d+)?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d+)?$/

type Check = (value: unknown) => string | undefined

const text =
  (name: string, pattern: RegExp): Check =>
  (value) =>
    typeof value !== 'string'
      ? `must be a string holding a ${name}`
      : pattern.test(value)
        ? undefined
        : `is not a ${name}`

const day =
  (name: string, pattern: RegExp): Check =>
  (value) => {
    if (typeof value !== 'string') return `must be a string holding a ${name}`
    const parts = pattern.exec(value)
    if (parts === null) return `is not written as a ${name}`
    return isDay(Number(parts[1]), parts[2], parts[3]) ? undefined : `is not a ${name} of the calendar`
  }

const whole =
  (least: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= INTEGER_MOST
      ? undefined
      : `must be a whole number of at least ${least}`

const anyText: Check = (value) => {
  if (typeof value !== 'string') return 'must be a string'
  if (value.length > STRING_MOST) return 'is longer than 1 MB'
  return hasControl(value) ? 'holds control characters' : undefined
}

const CHECKS: Readonly<Record<string, Check>> = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  integer: whole(-2_147_483_648),
  positiveInt: whole(1),
  unsignedInt: whole(0),
  decimal: (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number'),
  string: anyText,
  markdown: anyText,
  code: text('code (no outer or double spaces)', /^[^\s]+(?:\s[^\s]+)*$/),
  id: text('id (letters, digits, "-" and ".", at most 64)', /^[A-Za-z0-9\-.]{1,64}$/),
  uri: text('URI (no spaces)', /^\S+$/),
  url: text('URL (no spaces)', /^\S+$/),
  canonical: text('canonical URL (no spaces)', /^\S+$/),
  oid: text('OID as "urn:oid:…"', /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/),
  uuid: text(
    'UUID as "urn:uuid:…"',
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  ),
  base64Binary: base64Fault,
  date: day('date', DATE),
  dateTime: day('dateTime', DATE_TIME),
  instant: day('instant', INSTANT),
  time: text('time', TIME),
  xhtml: (value) =>
    typeof value !== 'string'
      ? 'must be a string holding an XHTML div'
      : !(/^\s*<div[\s>/]/.test(value) && />\s*$/.test(value))
        ? 'is not an XHTML div'
        : isActive(value)
          ? 'holds what a narrative must not: a script, form, frame, object, or the handler of an event'
          : undefined,
}

/** A day of the Gregorian calendar; year 0000 is none (FHIR date regex). */
function isDay(year: number, month: string | undefined, dayOfMonth: string | undefined): boolean {
  if (year < 1) return false
  if (month === undefined) return true
  const m = Number(month)
  if (m < 1 || m > 12) return false
  if (dayOfMonth === undefined) return true
  const d = Number(dayOfMonth)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const most = m === 2 ? (leap ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31
  return d >= 1 && d <= most
}

/** Long contents are looked at by a scan rather than one expression over megabytes. */
function base64Fault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string holding base64'
  let count = 0
  let padding = 0
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i)
    if (c === 32 || c === 9 || c === 10 || c === 13) continue
    count++
    if (c === 61) padding++
    else if (padding > 0 || !isBase64(c)) return 'is not base64'
  }
  return count > 0 && count % 4 === 0 && padding <= 2 ? undefined : 'is not base64'
}

function isBase64(c: number): boolean {
  return (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || (c >= 48 && c <= 57) || c === 43 || c === 47
}

/** Characters below U+0020 other than tab, newline and carriage return. */
function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i)
    if (c < 32 && c !== 9 && c !== 10 && c !== 13) return true
  }
  return false
}
