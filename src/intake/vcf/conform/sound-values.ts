import type { Definition } from '../model/definition.ts'
import { genotypeCount } from '../model/genotype-text.ts'
import type { Reserved } from '../model/reserved-row.ts'

const COMMA = 44
const DOT = 46
const ZERO = 48
const NINE = 57
const QUOTE = 34
/** Every whole number of nine digits is a VCF Integer. */
const DIGITS = 9

/**
 * True when the values are as defined beyond doubt: plain unsigned numbers, or text, in the number that is asked for.
 * Most values of most files are; the others are looked at closely, which takes several times as long.
 */
export function areSound(
  text: string,
  { number, type }: Definition,
  range: Pick<Reserved, 'least' | 'most'> | undefined,
  alternates: number,
  ploidy: number | undefined,
): boolean {
  if (range?.most !== undefined || (range?.least ?? 0) > 0) return false
  if (type === 'Integer' || type === 'Float') {
    const count = plainNumbers(text, type === 'Float')
    return count > 0 && isCount(count, number, alternates, ploidy)
  }
  return type === 'String' && number === 1 && !text.includes(',') && text.charCodeAt(0) !== QUOTE
}

/** How many numbers stand in "12,3"; 0 when one of them is anything but digits with a dot among them. */
function plainNumbers(text: string, dots: boolean): number {
  let count = 1
  let digits = 0
  let dotted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= ZERO && code <= NINE) {
      if (++digits > DIGITS) return 0
    } else if (code === COMMA && digits > 0) {
      count++
      digits = 0
      dotted = false
    } else if (code === DOT && dots && !dotted && digits > 0) dotted = true
    else return 0
  }
  return digits > 0 ? count : 0
}

/** As expectedCounts() says, without making a list; false where more than one number of values fits. */
function isCount(
  count: number,
  number: Definition['number'],
  alternates: number,
  ploidy: number | undefined,
): boolean {
  if (typeof number === 'number') return count === number
  if (number === 'A') return alternates > 0 && count === alternates
  if (number === 'R') return count === alternates + 1
  if (number === 'G') return ploidy !== undefined && count === genotypeCount(alternates + 1, ploidy)
  return number === '.'
}
