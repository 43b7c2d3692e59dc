import type { Declarations, VariantRecord } from '../../../variant/normalise/variant-record.ts'
import { settledTo, single } from './single-number.ts'

const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57
const COLON = 58
const SEMICOLON = 59
const EQUALS = 61
const TAB = 9
/** Keys whose types are remembered by their bytes: no header declares as many. */
const KEYS_KEPT = 4096

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
  const { length } = info
  if (bytes.length < length) bytes = Buffer.alloc(2 * length)
  bytes.write(info, 0, 'latin1')
  let done = ''
  let kept = 0
  settleInfo(bytes, 0, length, declared, (from, to, text) => {
    done += info.slice(kept, from) + text
    kept = to
  })
  return kept === 0 ? info : done + info.slice(kept)
}

/** Tells what is to be written in the place of [from, to). */
export type Edit = (from: number, to: number, text: string) => void

/** INFO in [from, to) as it is printed: every change, in the order of the text. */
export function settleInfo(text: Buffer, from: number, to: number, declared: Declarations, edit: Edit): void {
  const keys = keysOf(declared)
  for (let at = from; at < to; ) {
    let equals = at
    while (equals < to && text[equals] !== EQUALS && text[equals] !== SEMICOLON) equals += 1
    if (equals >= to || text[equals] !== EQUALS) {
      at = equals + 1
      continue
    }
    const stop = settledTo(text, equals + 1, to)
    if (stop >= 0 && !keys.mayBeFlag(text, at, equals)) {
      at = stop + 1
      continue
    }
    const end = stop >= 0 ? stop : entryEnd(text, equals, to)
    const type = keys.typeOf(text, at, equals)
    if (type === 'Flag') edit(equals, end, '')
    else if (end === equals + 1) edit(end, end, '.')
    else if (type === 'Float') settleText(text, equals + 1, end, settled, edit)
    at = end + 1
  }
}

function entryEnd(text: Buffer, from: number, to: number): number {
  // Most values are shorter than a call costs.
  const near = Math.min(to, from + 32)
  for (let at = from; at < near; at++) if (text[at] === SEMICOLON) return at
  if (near === to) return to
  const semicolon = text.indexOf(SEMICOLON, near)
  return semicolon < 0 || semicolon > to ? to : semicolon
}

/** QUAL, or another number by itself, in [from, to). */
export function settleNumber(text: Buffer, from: number, to: number, edit: Edit): void {
  if (settledTo(text, from, to) !== to) settleText(text, from, to, single, edit)
}

function settleText(
  text: Buffer,
  from: number,
  to: number,
  printed: (value: string) => string,
  edit: Edit,
): void {
  const zeros = zerosAtEnd(text, from, to)
  if (zeros > 0) {
    edit(to - zeros, to, '')
    return
  }
  const value = text.toString('latin1', from, to)
  const next = printed(value)
  if (next !== value) edit(from, to, next)
}

/** How many bytes to leave out at the end of a plain decimal of few digits ("60.00": 3), which is all there is to do; else 0. */
function zerosAtEnd(text: Buffer, from: number, to: number): number {
  if (text[to - 1] !== ZERO || to - from > 7) return 0
  let at = text[from] === MINUS ? from + 1 : from
  const begin = at
  while (at < to && text[at]! >= ZERO && text[at]! <= NINE) at += 1
  if (at === begin || text[at] !== POINT || (text[begin] === ZERO && at - begin > 1)) return 0
  const point = at
  for (at = point + 1; at < to; at++) if (text[at]! < ZERO || text[at]! > NINE) return 0
  let end = to
  while (text[end - 1] === ZERO) end -= 1
  if (end === point + 1) end = point
  // "-0" and what may need an exponent or is more than six digits is left to who looks at all of it.
  if (text[begin] === ZERO && (end === point || text[point + 1] === ZERO)) return 0
  return to - end
}

/** Types of keys, asked with their bytes. */
class InfoKeys {
  readonly #declared: Declarations
  /** Of those declared as Flag: per first letter a bit for each length. */
  readonly #flags = new Int32Array(128)
  readonly #seen = new Map<number, { readonly key: Buffer; readonly type: string | undefined }>()

  constructor(declared: Declarations) {
    this.#declared = declared
    for (const [key, { type }] of declared.info)
      if (type === 'Flag') this.#flags[key.charCodeAt(0) & 127]! |= bitOf(key.length)
  }

  /** Tells without a look-up that a key is no Flag, by its first letter and length. */
  mayBeFlag(text: Buffer, from: number, to: number): boolean {
    return (this.#flags[text[from]! & 127]! & bitOf(to - from)) !== 0
  }

  /** Type of the key in [from, to); undefined: not declared. */
  typeOf(text: Buffer, from: number, to: number): string | undefined {
    const mark = ((to - from) << 16) | (text[from]! << 8) | text[to - 1]!
    const seen = this.#seen.get(mark)
    if (seen !== undefined && isSame(seen.key, text, from, to)) return seen.type
    const key = text.toString('latin1', from, to)
    const type = this.#declared.info.get(key)?.type
    if (this.#seen.size < KEYS_KEPT) this.#seen.set(mark, { key: Buffer.from(key, 'latin1'), type })
    return type
  }
}

function isSame(key: Buffer, text: Buffer, from: number, to: number): boolean {
  if (key.length !== to - from) return false
  for (let i = 0; i < key.length; i++) if (key[i] !== text[from + i]) return false
  return true
}

function bitOf(length: number): number {
  return 1 << Math.min(length, 31)
}

const KEYS = new WeakMap<Declarations, InfoKeys>()

/** Asked for records only, when the header has been read. */
function keysOf(declared: Declarations): InfoKeys {
  let keys = KEYS.get(declared)
  if (keys === undefined) {
    keys = new InfoKeys(declared)
    KEYS.set(declared, keys)
  }
  return keys
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

function settledSamples({ format, samples }: VariantRecord, declared: Declarations): string {
  if (format === '' || format === '.') return samples
  const plan = planOf(format, declared)
  if (bytes.length < samples.length) bytes = Buffer.alloc(2 * samples.length)
  if (!plan.anyFloat && isWhole(bytes, 0, bytes.write(samples, 0, 'latin1'), plan.fields)) return samples
  return byPlan(samples, plan)
}

function byPlan(samples: string, plan: FormatPlan): string {
  return samples
    .split('\t')
    .map((sample) => {
      const cells = sample.split(':')
      while (cells.length < plan.fields) cells.push('.')
      return cells.map((cell, i) => (cell === '' ? '.' : plan.floats[i] ? settled(cell) : cell)).join(':')
    })
    .join('\t')
}

/** Samples of one FORMAT, as bytes: the columns of most lines are printed as they are. */
export class SettledSamples {
  readonly #declared: Declarations
  #format = Buffer.alloc(0)
  #plan: FormatPlan | undefined

  constructor(declared: Declarations) {
    this.#declared = declared
  }

  /** FORMAT in [format, samples - 1), the samples in [samples, to). */
  settle(text: Buffer, format: number, samples: number, to: number, edit: Edit): void {
    if (this.#plan === undefined || !isSame(this.#format, text, format, samples - 1)) {
      this.#format = Buffer.from(text.subarray(format, samples - 1))
      this.#plan = planOf(this.#format.toString('latin1'), this.#declared)
    }
    if (samples - 1 - format === 1 && text[format] === POINT) return
    const plan = this.#plan
    if (!plan.anyFloat && isWhole(text, samples, to, plan.fields)) return
    const before = text.toString('latin1', samples, to)
    const after = byPlan(before, plan)
    if (after !== before) edit(samples, to, after)
  }
}

/** Does every sample in [from, to) have all its fields, none of them empty? */
function isWhole(text: Buffer, from: number, to: number, fields: number): boolean {
  let seen = 1
  let before = TAB
  for (let at = from; at <= to; at++) {
    const code = at === to ? TAB : text[at]!
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
