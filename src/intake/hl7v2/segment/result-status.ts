/** FHIR's observation-status and diagnostic-report-status, as far as messages lead to them. */
export type ResultStatus =
  | 'registered'
  | 'partial'
  | 'preliminary'
  | 'final'
  | 'corrected'
  | 'cancelled'
  | 'entered-in-error'
  | 'unknown'

/** HL7 table 0085, OBX-11. N and O are no results: they say what was not asked, or describe the order. */
const OBX: Readonly<Record<string, ResultStatus | 'no-result'>> = {
  C: 'corrected',
  D: 'entered-in-error',
  F: 'final',
  I: 'registered',
  N: 'no-result',
  O: 'no-result',
  P: 'preliminary',
  R: 'preliminary',
  S: 'preliminary',
  U: 'final',
  V: 'final',
  W: 'entered-in-error',
  X: 'cancelled',
}

/** HL7 table 0123, OBR-25. */
const OBR: Readonly<Record<string, ResultStatus>> = {
  A: 'partial',
  C: 'corrected',
  F: 'final',
  I: 'registered',
  M: 'partial',
  N: 'registered',
  O: 'registered',
  P: 'preliminary',
  R: 'preliminary',
  S: 'registered',
  X: 'cancelled',
  Y: 'unknown',
  Z: 'unknown',
}

/** Undefined for a letter that the table does not have. */
export function statusOfLine(text: string): ResultStatus | 'no-result' | undefined {
  return OBX[text.trim().toUpperCase()]
}

export function statusOfReport(text: string): ResultStatus | undefined {
  return OBR[text.trim().toUpperCase()]
}

/** A result that says: there is none, or it was wrong. */
export function isWithdrawn(status: ResultStatus): boolean {
  return status === 'cancelled' || status === 'entered-in-error'
}

/** Surest last. A resource that several lines make is as sure as the least sure of them. */
const ORDER: readonly ResultStatus[] = [
  'unknown',
  'registered',
  'partial',
  'preliminary',
  'final',
  'corrected',
]

/**
 * Status of what several lines say together: withdrawn when all of them are; otherwise that of the least sure line that
 * stands, and corrected when a line was corrected or withdrawn from a final result.
 */
export function statusTogether(lines: readonly ResultStatus[]): ResultStatus {
  const standing = lines.filter((one) => !isWithdrawn(one))
  if (standing.length === 0) return lines.includes('entered-in-error') ? 'entered-in-error' : 'cancelled'
  const least = standing.reduce((a, b) => (ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a))
  const changed = standing.length < lines.length || lines.includes('corrected')
  return least === 'final' && changed ? 'corrected' : least
}
