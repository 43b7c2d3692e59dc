import { holds, TURNED } from './comparison.ts'
import type { AgeLeaf } from './criterion.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

/**
 * Rules an age against a birth date that may be known to the month or year only: where both ends of that span agree,
 * that is the answer. "Exactly 18" is the year between two birthdays.
 */
export function judgeAge(leaf: AgeLeaf, birthDate: string | undefined, today: string): Ruling {
  const span = birthDate === undefined ? undefined : birthSpan(birthDate)
  if (span === undefined) return missing('birth-date', 'the birth date is not recorded')
  const { comparison } = leaf
  const age = leaf.days ?? leaf.years
  const bornAt = leaf.days === undefined ? bornOn : bornDaysAgo
  const rule = (born: number): boolean =>
    comparison === '=='
      ? born <= bornAt(age, today) && born > bornAt(age + 1, today)
      : holds(born, TURNED[comparison], bornAt(age, today))
  const first = rule(span.first)
  if (first !== rule(span.last) || (comparison === '==' && span.first !== span.last && !first)) {
    return missing('birth-date', `the birth date is known only as ${birthDate}`)
  }
  return onValue(first, 'birth date', birthDate!)
}

/** First and last day that a partial date may mean, as YYYYMMDD. */
function birthSpan(date: string): { first: number; last: number } | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date) ?? []
  if (year === undefined) return undefined
  return {
    first: Number(`${year}${month ?? '01'}${day ?? '01'}`),
    last: Number(`${year}${month ?? '12'}${day ?? '31'}`),
  }
}

/**
 * The date on which somebody was born who is exactly this old today, as the number YYYYMMDD. The fraction of a year is
 * rounded to whole months, half to even, as MatchMiner does (0.083 is a month); 29 February becomes 28 in other years.
 */
export function bornOn(years: number, today: string): number {
  const whole = Math.floor(years)
  const months = whole * 12 + halfToEven((years - whole) * 12)
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  const from = year * 12 + (month - 1) - months
  const [bornYear, bornMonth] = [Math.floor(from / 12), (((from % 12) + 12) % 12) + 1]
  const days = new Date(Date.UTC(bornYear, bornMonth, 0)).getUTCDate()
  return bornYear * 10_000 + bornMonth * 100 + Math.min(day, days)
}

/** The date some whole days before today, as the number YYYYMMDD. */
function bornDaysAgo(days: number, today: string): number {
  return Number(
    new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''),
  )
}

function halfToEven(number: number): number {
  const floor = Math.floor(number)
  const rest = number - floor
  if (Math.abs(rest - 0.5) > 1e-9) return Math.round(number)
  return floor % 2 === 0 ? floor : floor + 1
}
