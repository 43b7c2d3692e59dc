/** A DTM, DT or TS as it was understood. */
export interface When {
  /** FHIR date, dateTime or instant text, as precise as what was sent. */
  readonly text: string
  /** True where `text` has a time of day, and with it an offset. */
  readonly timed: boolean
}

const DTM = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)?(?:(\d\d)(\.\d{1,4})?)?)?)?)?([+-]\d{4})?$/

/**
 * A date and time of the standard (YYYY[MM[DD[HH[MM[SS[.S]]]]]][+/-ZZZZ]) as FHIR writes it. A time of day without an
 * offset takes `offset` (MSH-7's, which the standard makes the default of a message); where there is none either, only
 * the day is kept: in which zone the clock stood must not be guessed. Undefined on what is no date of the calendar.
 */
export function readDateTime(text: string | undefined, offset: string | undefined): When | undefined {
  const parts = text === undefined ? null : DTM.exec(text.trim())
  if (parts === null) return undefined
  const [, year = '', month, day, hour, minute, second, fraction, own] = parts
  if (month === undefined) return { text: year, timed: false }
  if (day === undefined)
    return isDay(year, month, '01') ? { text: `${year}-${month}`, timed: false } : undefined
  if (!isDay(year, month, day)) return undefined
  const date = `${year}-${month}-${day}`
  const zone = own ?? offset
  if (hour === undefined || zone === undefined) return { text: date, timed: false }
  const clock = `${hour}:${minute ?? '00'}:${second ?? '00'}`
  if (hour > '23' || (minute ?? '00') > '59' || (second ?? '00') > '59') return undefined
  return { text: `${date}T${clock}${fraction ?? ''}${zone.slice(0, 3)}:${zone.slice(3)}`, timed: true }
}

/** The offset of a time, "+0100". */
export function offsetOf(text: string | undefined): string | undefined {
  return /[+-]\d{4}$/.exec(text?.trim() ?? '')?.[0]
}

/** A birth date: a day, or the part of it that is known. */
export function readDate(text: string | undefined): string | undefined {
  return readDateTime(text?.slice(0, 8), undefined)?.text
}

/**
 * Digits by which two times of one sender are put in order: in UTC where the offset is known, as its clock showed it
 * otherwise. Undefined on what is no time.
 */
function digitsOf(text: string | undefined, offset: string | undefined): string | undefined {
  const when = readDateTime(text, offset)
  if (when === undefined) return undefined
  if (when.timed) return new Date(when.text).toISOString().replace(/\D/g, '')
  return text!.replace(/[+-]\d{4}$/, '').replace(/\D/g, '')
}

/** The order of a result: when it was reported, and among results of one time when the message was sent. */
export function orderOf(
  reported: string | undefined,
  sent: string | undefined,
  offset: string | undefined,
): string | undefined {
  const times = [digitsOf(reported, offset) ?? digitsOf(sent, offset), digitsOf(sent, offset)]
  return times[0] === undefined ? undefined : times.filter((one) => one !== undefined).join('.')
}

/** Whether a result surely came before another: a day alone is neither before nor after an hour of that day. */
export function isBefore(one: string, another: string): boolean {
  const [mine, theirs] = [one.split('.'), another.split('.')]
  for (const [place, time] of mine.entries()) {
    const other = theirs[place]
    if (other === undefined) return false
    if (!time.startsWith(other) && !other.startsWith(time)) return time < other
  }
  return false
}

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}
