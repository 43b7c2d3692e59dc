import type { RulePeriod } from '../../record/consent-rule.ts'
import { Fault } from '../../terms/fault.ts'

const SHAPE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/**
 * The instants that a FHIR date or dateTime covers, ms since the epoch, [low, high): a day, a month, a year as written.
 * A date without time zone is taken in UTC. Throws CONSENT_DATE_MALFORMED: a consent whose period cannot be read
 * could be obeyed too late or too long.
 */
export function instantRange(text: string, where: string): { readonly low: number; readonly high: number } {
  const parts = SHAPE.exec(text)
  const [, year, month, day, hour, minute, second, fraction, zone] = parts ?? []
  const shift = zone === undefined || zone === 'Z' ? 0 : offset(zone)
  const low =
    Date.UTC(
      Number(year),
      Number(month ?? 1) - 1,
      Number(day ?? 1),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
      Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
    ) - shift
  const isCalendarDay =
    parts !== null && new Date(low + shift).toISOString().startsWith(text.slice(0, Math.min(10, text.length)))
  if (!isCalendarDay) {
    throw new Fault(
      'CONSENT_DATE_MALFORMED',
      where,
      `"${text}" is not a date or instant of the calendar`,
      'Write YYYY, YYYY-MM, YYYY-MM-DD or an instant with its time zone.',
    )
  }
  const high =
    month === undefined
      ? Date.UTC(Number(year) + 1, 0, 1)
      : day === undefined
        ? Date.UTC(Number(year), Number(month), 1)
        : low +
          (hour === undefined
            ? 86_400_000
            : second === undefined
              ? 60_000
              : fraction === undefined
                ? 1000
                : 1)
  return { low, high }
}

function offset(zone: string): number {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** A FHIR Period; an absent end is open. */
export function rulePeriod(period: unknown, where: string): RulePeriod {
  const { start, end } = (period ?? {}) as { start?: unknown; end?: unknown }
  const last = end === undefined ? undefined : instantRange(String(end), `${where}.end`)
  return {
    from: start === undefined ? undefined : instantRange(String(start), `${where}.start`).low,
    lastBegins: last?.low,
    until: last?.high,
  }
}
