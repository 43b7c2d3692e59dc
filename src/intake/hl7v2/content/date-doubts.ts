import type { Warning } from '../message-context.ts'
import type { Segment } from '../syntax/segment.ts'
import { readDateTime } from '../value/date-time.ts'

/** Fields with a date that becomes one of the record. PID-7 is not here: a birth date that is none refuses the message. */
const DATES: Readonly<Record<string, readonly number[]>> = {
  MSH: [7],
  ORC: [9],
  OBR: [7, 14, 22],
  OBX: [14],
  SPM: [17, 18],
  TXA: [4, 6],
}

/** Dates that are none. They are left out of the record, and the sender is told. */
export function dateDoubts(segments: readonly Segment[]): readonly Warning[] {
  return segments.flatMap((segment) =>
    (DATES[segment.name] ?? []).flatMap((field) => {
      const text = segment.text(field)
      // Two quotes say that a value is deleted (2.5.1, 2.5.3).
      if (text === undefined || text === '""' || readDateTime(text, undefined) !== undefined) return []
      return [
        { code: 'HL7_DOUBTFUL', place: segment.place(field), text: 'a date is not one; it is left out' },
      ]
    }),
  )
}
