import { codingsOf, type Json, objectOf, textOf } from './elements.ts'

/** Statuses of results that stand; one without a status is taken as sent. */
const STANDING = new Set([undefined, 'final', 'amended', 'corrected'])

/** Why a result does not count; undefined: it does. `early`: preliminary results were sent to be looked at. */
export function notStanding(observation: Json, early: boolean): string | undefined {
  const status = textOf(observation['status'])
  if (!STANDING.has(status) && !(early && status === 'preliminary')) return `status ${status}`
  const absent = codingsOf(observation['dataAbsentReason'])[0]
  return absent === undefined ? undefined : `no value (${absent.display ?? absent.code})`
}

/** Taken back, or never made: it says nothing, not even that something is there. */
export function isWithdrawn(observation: Json): boolean {
  return ['entered-in-error', 'cancelled'].includes(textOf(observation['status']) ?? '')
}

/** YYYY-MM-DD that a result is of; undefined where it says less, or nothing. */
export function dayOf(observation: Json): string | undefined {
  const period = objectOf(observation['effectivePeriod'])
  const said =
    textOf(observation['effectiveDateTime']) ??
    textOf(observation['effectiveInstant']) ??
    textOf(period?.['end']) ??
    textOf(period?.['start'])
  return said === undefined ? undefined : /^\d{4}-\d\d-\d\d/.exec(said)?.[0]
}
