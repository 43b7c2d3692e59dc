/** What a written date covers, ms since the epoch: [low, high). */
interface Interval {
  readonly low: number
  readonly high: number
}

const WRITTEN =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+ -]\d\d:\d\d)?)?)?)?$/

/**
 * The interval that a FHIR date, dateTime or instant covers at the precision it is written in: "2026" is a year,
 * "2026-11-22T09:30Z" a minute. Without a time zone it is taken in UTC (FHIR R4, "Search", date: the server's zone).
 * A blank before the zone is a plus sign that a URL lost. Undefined when the text is not a date that exists.
 */
export function dateInterval(text: string): Interval | undefined {
  const parts = WRITTEN.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  const y = Number(year)
  const low = utc(y, month === undefined ? 1 : Number(month), day === undefined ? 1 : Number(day))
  if (low === undefined) return undefined
  if (month === undefined) return { low, high: utc(y + 1, 1, 1)! }
  if (day === undefined)
    return { low, high: month === '12' ? utc(y + 1, 1, 1)! : utc(y, Number(month) + 1, 1)! }
  if (hour === undefined) return { low, high: low + 86_400_000 }
  // 24:00 and 23:59:60 are not FHIR times; a leap second is, and covers the second after it.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined
  const offset = zoneMinutes(zone)
  if (offset === undefined) return undefined
  const minuteStart = low + (Number(hour) * 60 + Number(minute) - offset) * 60_000
  if (second === undefined) return { low: minuteStart, high: minuteStart + 60_000 }
  const secondStart = minuteStart + Number(second) * 1000
  if (fraction === undefined) return { low: secondStart, high: secondStart + 1000 }
  const start = secondStart + Number(fraction.padEnd(3, '0').slice(0, 3))
  return { low: start, high: start + 10 ** Math.max(0, 3 - fraction.length) }
}

function utc(year: number, month: number, day: number): number | undefined {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.getTime() : undefined
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 14 || minutes > 59) return undefined
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes)
}

interface Period {
  readonly start?: unknown
  readonly end?: unknown
}

/** What a Period covers; an absent end is open. Undefined when neither end can be read. */
export function periodInterval(
  period: Period,
): { low: number | undefined; high: number | undefined } | undefined {
  const start = typeof period.start === 'string' ? dateInterval(period.start) : undefined
  const end = typeof period.end === 'string' ? dateInterval(period.end) : undefined
  if (start === undefined && end === undefined) return undefined
  return { low: start?.low, high: end?.high }
}

/** The outer limits of a Timing: its events and its bounding period (FHIR R4, "Search", date). */
export function timingInterval(timing: {
  readonly event?: readonly unknown[]
  readonly repeat?: { readonly boundsPeriod?: Period }
}): { low: number | undefined; high: number | undefined } | undefined {
  const found = (timing.event ?? []).flatMap((one) =>
    typeof one === 'string' ? (dateInterval(one) ?? []) : [],
  )
  const bounds = timing.repeat?.boundsPeriod
  const bounded = bounds === undefined ? undefined : periodInterval(bounds)
  if (found.length === 0) return bounded
  const events = {
    low: Math.min(...found.map((one) => one.low)),
    high: Math.max(...found.map((one) => one.high)),
  }
  if (bounded === undefined) return events
  return {
    low: bounded.low === undefined ? undefined : Math.min(bounded.low, events.low),
    high: bounded.high === undefined ? undefined : Math.max(bounded.high, events.high),
  }
}
