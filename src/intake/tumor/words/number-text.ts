import { Fault } from '../../../terms/fault.ts'

const REAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A whole number of at most 9 digits; undefined for anything else. */
export function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** A finite number; undefined for anything else. */
export function realOf(text: string | undefined): number | undefined {
  const value = text !== undefined && REAL.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/**
 * A share 0..1; "45.6%" says that it is in percent. Undefined for text that is no number. Throws FRACTION_INVALID above 1
 * without the sign: 45.6 may be a percentage, and 0.9 beside it may then be 0.9 % or 90 %.
 */
export function fractionOf(text: string | undefined, where: string): number | undefined {
  const percent = text?.endsWith('%') === true
  const value = realOf(percent ? text.slice(0, -1).trim() : text)
  if (value === undefined) return undefined
  const fraction = percent ? value / 100 : value
  if (fraction >= 0 && fraction <= 1) return fraction
  throw new Fault(
    'FRACTION_INVALID',
    where,
    `"${text}" is no share of reads or cells`,
    value > 1 && value <= 100
      ? 'It looks like a percentage. Give shares from 0 to 1, or write the percent sign.'
      : 'Give a share from 0 to 1.',
  )
}

/** Whole numbers of a list, "12,5"; undefined where one is missing. */
export function wholesOf(text: string | undefined): readonly (number | undefined)[] {
  return (text ?? '').split(',').map(wholeOf)
}
