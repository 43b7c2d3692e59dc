import type { Declarations, VariantRecord } from '../../../variant/normalise/variant-record.ts'

const [COMMA, MINUS, POINT, ZERO, NINE, COLON, TAB] = [44, 45, 46, 48, 57, 58, 9]

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

/** Rebuilt only from the first entry on that changes. */
function settledInfo(info: string, declared: Declarations): string {
  const flags = flagsOf(declared)
  let done = ''
  let kept = 0
  let at = 0
  while (at < info.length) {
    const semicolon = info.indexOf(';', at)
    const end = semicolon < 0 ? info.length : semicolon
    const equals = info.indexOf('=', at)
    if (equals > 0 && equals < end && !(isSettled(info, equals + 1, end) && !flags.may(info, at, equals))) {
      const type = declared.info.get(info.slice(at, equals))?.type
      const value = info.slice(equals + 1, end)
      const next = value === '' ? '.' : type === 'Float' ? settled(value) : value
      if (type === 'Flag') {
        done += info.slice(kept, equals)
        kept = end
      } else if (next !== value) {
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

  may(info: string, from: number, to: number): boolean {
    return (this.#lengths[info.charCodeAt(from) & 127]! & bitOf(to - from)) !== 0
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
 * True only where text[from, to) is what it would be printed as, whether Float or not: most values are. False says nothing:
 * then the value is taken out and looked at by its type.
 */
export function isSettled(text: string, from: number, to: number): boolean {
  let at = from
  for (;;) {
    if (at < to && text.charCodeAt(at) === MINUS) at += 1
    const begin = at
    let digits = 0
    let point = -1
    let code = 0
    for (; at < to; at++) {
      const next = text.charCodeAt(at)
      if (next === COMMA) break
      code = next
      if (code === POINT) {
        if (point >= 0 || at === begin) return false
        point = at
      } else if (code < ZERO || code > NINE) return false
      else if (digits > 0 || code !== ZERO) digits += 1
    }
    const whole = (point < 0 ? at : point) - begin
    if (whole === 0 || whole > 6 || digits > 6) return false
    if (whole > 1 && text.charCodeAt(begin) === ZERO) return false
    if (point >= 0 && (code === POINT || code === ZERO || text.startsWith('0.0000', begin))) return false
    if (at === to) return true
    at += 1
  }
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
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
