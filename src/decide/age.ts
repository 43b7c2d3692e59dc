import { Fault } from '../terms/fault.ts'

/** Whole years a person may have lived: one number when the dates say it exactly, a span when they are partial. */
export interface AgeSpan {
  readonly from: number
  readonly to: number
}

/**
 * Age in completed years on a day. `birthDate` may be a year or a year and month; `asOf` must be a full day.
 * Throws DATE_MALFORMED, BIRTH_DATE_IN_FUTURE.
 */
export function ageOn(birthDate: string, asOf: string): AgeSpan {
  const [year, month, day] = partsOf(birthDate, 'birth date')
  const [thisYear, thisMonth, today] = partsOf(asOf, 'as-of date')
  if (thisMonth === undefined || today === undefined) throw malformed(asOf, 'as-of date')
  const to = completed([year, month ?? 1, day ?? 1], [thisYear, thisMonth, today])
  const from = completed([year, month ?? 12, day ?? lastDay(year, month ?? 12)], [thisYear, thisMonth, today])
  if (to < 0) {
    throw new Fault(
      'BIRTH_DATE_IN_FUTURE',
      'birth date',
      `the birth date ${birthDate} is after ${asOf}`,
      'Correct the birth date.',
    )
  }
  return { from: Math.max(0, from), to }
}

function completed(birth: readonly [number, number, number], now: readonly [number, number, number]): number {
  const had = now[1] > birth[1] || (now[1] === birth[1] && now[2] >= birth[2])
  return now[0] - birth[0] - (had ? 0 : 1)
}

function partsOf(text: string, where: string): [number, number | undefined, number | undefined] {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  if (match === null) throw malformed(text, where)
  const year = Number(match[1])
  const month = match[2] === undefined ? undefined : Number(match[2])
  const day = match[3] === undefined ? undefined : Number(match[3])
  if (month !== undefined && (month < 1 || month > 12)) throw malformed(text, where)
  if (day !== undefined && (day < 1 || day > lastDay(year, month!))) throw malformed(text, where)
  return [year, month, day]
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function malformed(text: string, where: string): Fault {
  return new Fault('DATE_MALFORMED', where, `"${text}" is not a date`, 'Send YYYY-MM-DD.')
}
