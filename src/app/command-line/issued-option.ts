import { Fault } from '../../terms/fault.ts'
import type { Arguments } from '../command.ts'

/** `--issued`, for commands that print something with a date. */
export const ISSUED_OPTION = {
  issued: {
    type: 'string',
    value: 'INSTANT',
    help: 'date of the report, as 2026-11-22T09:30:00Z; now when left out',
  },
} as const

/** The instant that was given, or now. Throws USAGE_INSTANT. */
export function issuedOf(input: Arguments): string {
  const text = input.text('issued') ?? new Date().toISOString()
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ||
    Number.isNaN(Date.parse(text))
  ) {
    throw new Fault(
      'USAGE_INSTANT',
      '--issued',
      `"${text}" is not an instant`,
      'Write it as 2026-11-22T09:30:00Z.',
    )
  }
  return text
}
