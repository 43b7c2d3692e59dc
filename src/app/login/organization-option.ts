import { Fault } from '../../terms/fault.ts'
import type { Arguments } from '../command.ts'

/** --organization of a command. Throws USAGE_ORGANIZATION. */
export function organizationOf(input: Arguments): string | undefined {
  const text = input.text('organization')
  if (text === undefined || /^Organization\/[A-Za-z0-9.-]{1,64}$/.test(text)) return text
  throw new Fault(
    'USAGE_ORGANIZATION',
    '--organization',
    `"${text}" does not name an Organization`,
    'Write Organization/ID.',
  )
}
