import type { Amount, Span } from '../../knowledge/guideline/guideline-rule.ts'

/** A number as a prescriber writes it: at most three significant decimals, no trailing zeros, no exponent. */
export function plainNumber(value: number): string {
  return String(Number(value.toFixed(4)))
}

/** "50", "40–50". */
export function range(from: number, to: number): string {
  return from === to ? plainNumber(from) : `${plainNumber(from)}–${plainNumber(to)}`
}

const PER: Readonly<Record<Amount['per'], string>> = {
  dose: '',
  day: '/day',
  week: '/week',
  '2-weeks': ' every 2 weeks',
  month: '/month',
}

const UNIT: Readonly<Record<string, string>> = {
  ug: 'µg',
  'ug/kg': 'µg/kg',
  mg: 'mg',
  m2: 'm²',
  'mg/m2': 'mg/m²',
}

/** "10 mg/day", "0.05 mg/kg/day", "75 mg every 2 weeks", "600 mg". */
export function amountText(amount: Amount): string {
  return `${range(amount.from, amount.to)} ${UNIT[amount.unit] ?? amount.unit}${PER[amount.per]}`
}

/** "3 days", "1 week", "7–10 days". */
export function spanText(span: Span): string {
  return `${range(span.from, span.to)} ${span.unit}${span.from === 1 && span.to === 1 ? '' : 's'}`
}

/** "once daily", "twice daily", "3 times daily"; "3 times weekly". */
export function timesText(times: number, unit: 'daily' | 'weekly'): string {
  const count = times === 1 ? 'once' : times === 2 ? 'twice' : `${plainNumber(times)} times`
  return `${count} ${unit}`
}

/**
 * A share of the standard dose: "75% of", "40–50% of", "1.4 times", "less than 25% of", "at least 1.5 times".
 * Unit of `from` and `to`: percent of the standard dose.
 */
export function shareText(from: number, to: number, bound?: 'below' | 'at-least'): string {
  const times = from >= 100 && to > 100
  const share = times ? timesOver(from / 100, to / 100) : `${range(from, to)}% of`
  if (bound === 'below')
    return times ? `less than ${plainNumber(to / 100)} times` : `less than ${plainNumber(to)}% of`
  return bound === 'at-least' ? `at least ${share}` : share
}

function timesOver(from: number, to: number): string {
  return from === 2 && to === 2 ? 'twice' : `${range(from, to)} times`
}
