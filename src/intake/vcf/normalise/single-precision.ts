import type { Declarations, VariantRecord } from '../../../variant/normalise/variant-record.ts'

const COMMA = 44
const MINUS = 45
const PLUS = 43
const POINT = 46
const ZERO = 48
const NINE = 57
const COLON = 58
const SEMICOLON = 59
const EQUALS = 61
const SMALL_E = 101
const TAB = 9

/**
 * The record with its Float values, and QUAL, as programs print them that keep a VCF as BCF: single precision, six digits, no
 * zeros at the end; empty values, and values that a sample leaves out, as ".".
 */
export function inSinglePrecision(record: VariantRecord, declared: Declarations): VariantRecord {
  const quality = record.quality === '.' ? '.' : single(record.quality)
  const info = settledInfo(record.info, declared)
  const samples = settledSamples(record, declared)
  if (quality === record.quality && info === record.info && samples === record.samples) return record
  return { ...record, quality, info, samples }
}

/** The text as bytes, which are read several times as fast as the characters of a part of a long string. */
let bytes = Buffer.alloc(1 << 16)

/** Rebuilt only from the first entry on that changes. */
function settledInfo(info: string, declared: Declarations): string {
  const flags = flagsOf(declared)
  const { length } = info
  if (bytes.length < length) bytes = Buffer.alloc(2 * length)
  bytes.write(info, 0, 'latin1')
  let done = ''
  let kept = 0
  for (let at = 0; at < length; ) {
    let equals = at
    while (equals < length && bytes[equals] !== EQUALS && bytes[equals] !== SEMICOLON) equals += 1
    if (bytes[equals] !== EQUALS || equals >= length) {
      at = equals + 1
      continue
    }
    const stop = settledTo(bytes, equals + 1, length)
    if (stop >= 0 && !flags.may(bytes, at, equals)) {
      at = stop + 1
      continue
    }
    const semicolon = stop >= 0 ? stop : info.indexOf(';', equals)
    const end = semicolon < 0 ? length : semicolon
    const type = declared.info.get(info.slice(at, equals))?.type
    if (type === 'Flag') {
      done += info.slice(kept, equals)
      kept = end
    } else if (type === 'Float' || end === equals + 1) {
      const value = info.slice(equals + 1, end)
      const next = value === '' ? '.' : settled(value)
      if (next !== value) {
        done += info.slice(kept, equals + 1) + next
        kept = end
      }
    }
    at = end + 1
  }
  return kept === 0 ? info : done + info.slice(kept)
}

/** Tells without a look-up that a key is none of those declared as Flag, by its first letter and length. */
class FlagKeys {
  /** Per first letter a bit for each length. */
  readonly #lengths = new Int32Array(128)

  constructor(declared: Declarations) {
    for (const [key, { type }] of declared.info)
      if (type === 'Flag') this.#lengths[key.charCodeAt(0) & 127]! |= bitOf(key.length)
  }

  may(info: Uint8Array, from: number, to: number): boolean {
    return (this.#lengths[info[from]! & 127]! & bitOf(to - from)) !== 0
  }
}

function bitOf(length: number): number {
  return 1 << Math.min(length, 31)
}

const FLAGS = new WeakMap<Declarations, FlagKeys>()

/** Asked for records only, when the header has been read. */
function flagsOf(declared: Declarations): FlagKeys {
  let flags = FLAGS.get(declared)
  if (flags === undefined) {
    flags = new FlagKeys(declared)
    FLAGS.set(declared, flags)
  }
  return flags
}

/**
 * The end of the value that begins at `from`, the next ";" or `length`, where it is what it would be printed as, whether Float or
 * not: most values are. -1 says nothing: then the value is taken out and looked at by its type.
 */
export function settledTo(text: Uint8Array, from: number, length: number): number {
  let at = from
  for (;;) {
    if (at < length && text[at] === MINUS) at += 1
    const begin = at
    let digits = 0
    let point = -1
    let code = 0
    let next = SEMICOLON
    for (; at < length; at++) {
      next = text[at]!
      if (next < ZERO || next > NINE) {
        if (next !== POINT) break
        if (point >= 0 || at === begin) return -1
        point = at
      } else if (digits > 0 || next !== ZERO) digits += 1
      code = next
    }
    const whole = (point < 0 ? at : point) - begin
    if (whole === 0 || whole > 6 || digits > 6) return -1
    if (point >= 0 && (code === POINT || code === ZERO)) return -1
    if (at < length && next === SMALL_E) {
      // One digit that is not 0 before the point, and an exponent that is written out.
      if (whole > 1 || text[begin] === ZERO || !isExponent(text, at + 1, length)) return -1
      at += 4
      next = at < length ? text[at]! : SEMICOLON
    } else {
      if (whole > 1 && text[begin] === ZERO) return -1
      if (point >= 0 && isBelowFixed(text, begin)) return -1
    }
    if (at >= length || next === SEMICOLON) return Math.min(at, length)
    if (next !== COMMA) return -1
    at += 1
  }
}

/** "0.0000": an exponent is printed. */
function isBelowFixed(text: Uint8Array, at: number): boolean {
  return (
    text[at] === ZERO &&
    text[at + 2] === ZERO &&
    text[at + 3] === ZERO &&
    text[at + 4] === ZERO &&
    text[at + 5] === ZERO
  )
}

/** "-05" to "-37" or "+06" to "+37": where six digits are kept in single precision and printed with an exponent. */
function isExponent(text: Uint8Array, at: number, length: number): boolean {
  if (at + 3 > length) return false
  const [tens, ones] = [text[at + 1]! - ZERO, text[at + 2]! - ZERO]
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return false
  const power = 10 * tens + ones
  return power <= 37 && power >= (text[at] === MINUS ? 5 : text[at] === PLUS ? 6 : 100)
}

interface FormatPlan {
  readonly fields: number
  readonly floats: readonly boolean[]
  readonly anyFloat: boolean
}

const PLANS = new WeakMap<Declarations, Map<string, FormatPlan>>()

function planOf(format: string, declared: Declarations): FormatPlan {
  let plans = PLANS.get(declared)
  if (plans === undefined) {
    plans = new Map()
    PLANS.set(declared, plans)
  }
  let plan = plans.get(format)
  if (plan === undefined) {
    const floats = format.split(':').map((key) => declared.format.get(key)?.type === 'Float')
    plan = { fields: floats.length, floats, anyFloat: floats.includes(true) }
    if (plans.size < 1024) plans.set(format, plan)
  }
  return plan
}

function settledSamples(record: VariantRecord, declared: Declarations): string {
  const { format, samples } = record
  if (format === '' || format === '.') return samples
  const plan = planOf(format, declared)
  if (!plan.anyFloat && isWhole(samples, plan.fields)) return samples
  return samples
    .split('\t')
    .map((sample) => {
      const cells = sample.split(':')
      while (cells.length < plan.fields) cells.push('.')
      return cells.map((cell, i) => (cell === '' ? '.' : plan.floats[i] ? settled(cell) : cell)).join(':')
    })
    .join('\t')
}

/** Does every sample have all its fields, none of them empty? */
function isWhole(samples: string, fields: number): boolean {
  let seen = 1
  let before = TAB
  for (let at = 0; at <= samples.length; at++) {
    const code = at === samples.length ? TAB : samples.charCodeAt(at)
    if (code === COLON || code === TAB) {
      if (before === COLON || before === TAB) return false
      if (code === COLON) seen += 1
      else if (seen !== fields) return false
      else seen = 1
    }
    before = code
  }
  return true
}

function settled(value: string): string {
  return value.includes(',') ? value.split(',').map(single).join(',') : single(value)
}

/** "%g" of the nearest single-precision number; what is no number stays. */
export function single(text: string): string {
  return plainDecimal(text) ?? general(text)
}

/** A decimal of at most six digits that count, its zeros at the end cut off; undefined for anything less plain. */
function plainDecimal(text: string): string | undefined {
  let at = text.charCodeAt(0) === MINUS ? 1 : 0
  const begin = at
  let digits = 0
  let point = -1
  let last = -1
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT) {
      if (point >= 0 || at === begin) return undefined
      point = at
      continue
    }
    if (code < ZERO || code > NINE) return undefined
    if (digits > 0 || code !== ZERO) digits += 1
    if (code !== ZERO) last = at
  }
  const whole = point < 0 ? text.length : point
  if (at === begin || whole === begin || point === text.length - 1) return text === '.' ? text : undefined
  // "007" is no plain number, and below 0.0001 an exponent is printed.
  if (whole - begin > 6 || (whole - begin > 1 && text.charCodeAt(begin) === ZERO)) return undefined
  if (last < 0) return begin === 0 ? '0' : '-0'
  if (point < 0) return digits <= 6 ? text : undefined
  const end = Math.max(last + 1, whole)
  const significant = digits - (text.length - end)
  if (significant > 6 || (whole === begin + 1 && text.startsWith('0.0000', begin))) return undefined
  return end <= point ? text.slice(0, whole) : text.slice(0, end)
}

function general(text: string): string {
  const value = Math.fround(Number(text))
  if (text === '' || !Number.isFinite(value)) return text === '' ? '.' : text
  const size = Math.abs(value)
  // Away from the borders where rounding may call for an exponent, one conversion does.
  if (size > 0.00011 && size < 999_000) return withoutZeros(value.toPrecision(6))
  if (value === 0) return text.startsWith('-') ? '-0' : '0'
  const [mantissa, exponent] = value.toExponential(5).split('e') as [string, string]
  const power = Number(exponent)
  if (power < -4 || power >= 6) {
    const digits = String(Math.abs(power)).padStart(2, '0')
    return `${withoutZeros(mantissa)}e${power < 0 ? '-' : '+'}${digits}`
  }
  return withoutZeros(value.toFixed(5 - power))
}

function withoutZeros(text: string): string {
  if (!text.includes('.')) return text
  let end = text.length
  while (text.charCodeAt(end - 1) === ZERO) end -= 1
  return text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end)
}
