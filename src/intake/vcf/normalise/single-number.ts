/** One number as "%g" prints it in single precision: six digits, no zeros at the end. */

const COMMA = 44
const MINUS = 45
const PLUS = 43
const POINT = 46
const ZERO = 48
const NINE = 57
const SEMICOLON = 59
const SMALL_E = 101

/** "%g" of the nearest single-precision number; what is no number stays. */
export function single(text: string): string {
  return plainDecimal(text) ?? smallNumber(text) ?? general(text)
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

/**
 * A number below 0.0001 of at most six digits that count, "0.0000123" or "1.23e-5": single precision keeps six digits, so that
 * only the exponent is written anew. Undefined for anything less plain.
 */
function smallNumber(text: string): string | undefined {
  const minus = text.charCodeAt(0) === MINUS ? 1 : 0
  const e = text.indexOf('e', minus)
  let digits: string
  let power: number
  if (e < 0) {
    if (!text.startsWith('0.0000', minus)) return undefined
    let at = minus + 6
    while (text.charCodeAt(at) === ZERO) at += 1
    digits = text.slice(at)
    power = at - minus - 1
  } else {
    if (text.charCodeAt(e + 1) !== MINUS || text.length - e > 4 || text.length - e < 3) return undefined
    const point = e > minus + 1
    if (point && (text.charCodeAt(minus + 1) !== POINT || e === minus + 2)) return undefined
    digits = point ? text[minus]! + text.slice(minus + 2, e) : text.slice(minus, e)
    power = Number(text.slice(e + 2))
    if (digits.charCodeAt(0) === ZERO) return undefined
  }
  let end = digits.length
  while (end > 0 && digits.charCodeAt(end - 1) === ZERO) end -= 1
  if (end === 0 || end > 6 || !(power >= 5 && power <= 37)) return undefined
  for (let i = 0; i < end; i++)
    if (digits.charCodeAt(i) < ZERO || digits.charCodeAt(i) > NINE) return undefined
  const tail = end > 1 ? `.${digits.slice(1, end)}` : ''
  return `${minus === 1 ? '-' : ''}${digits[0]}${tail}e-${power < 10 ? '0' : ''}${power}`
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
