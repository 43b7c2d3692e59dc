import type { ValueType } from './definition.ts'
import type { Minor } from './version.ts'

/** Least and most of a VCF Integer; the eight lowest 32-bit numbers are reserved (section 1.3). */
const LEAST_INTEGER = -2147483640
const MOST_INTEGER = 2147483647

const INTEGER = /^[-+]?\d+$/
/** Section 1.3, with the trailing dot that C's printf("%#g") leaves. */
const FLOAT = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i
/** No number needs more; longer ones are not looked through. */
const MOST_DIGITS = 1 << 16
const NOT_FINITE = /^[-+]?(?:inf|infinity|nan)$/i

/** Why a text is not a value of its type. */
type ValueFault = 'empty' | 'type' | 'integer-range'

/** Undefined when `text` is a value of the type, or "." (missing). */
export function valueFault(text: string, type: ValueType): ValueFault | undefined {
  if (text === '.') return undefined
  if (text === '') return 'empty'
  switch (type) {
    case 'Integer': {
      if (text.length > MOST_DIGITS || !INTEGER.test(text)) return 'type'
      const value = Number(text)
      return value < LEAST_INTEGER || value > MOST_INTEGER ? 'integer-range' : undefined
    }
    case 'Float':
      return isFloat(text) ? undefined : 'type'
    case 'Character':
      return isCharacter(text) ? undefined : 'type'
    default:
      return undefined
  }
}

/** Infinity and NaN are allowed, in any case of letters. */
export function isFloat(text: string): boolean {
  return text.length <= MOST_DIGITS && (FLOAT.test(text) || NOT_FINITE.test(text))
}

/** One character, also of two UTF-16 units, or one that is percent-encoded. */
function isCharacter(text: string): boolean {
  if (text.length === 1) return true
  return (text.length === 2 && text.codePointAt(0)! > 0xffff) || /^%[\dA-F]{2}$/i.test(text)
}

/** Keys of FORMAT in all versions and of INFO from 4.3 on (section 1.6). */
const KEY = /^[A-Za-z_][0-9A-Za-z_.]*$/
/** Keys of INFO in 4.1 and 4.2: what would break the column is ruled out, nothing else. */
const OLD_INFO_KEY = /^[^\s,;=]+$/

export function isInfoKey(text: string, minor: Minor): boolean {
  // The one key that begins with a digit.
  return text === '1000G' || (minor < 3 ? OLD_INFO_KEY : KEY).test(text)
}

export function isFormatKey(text: string): boolean {
  return KEY.test(text)
}
