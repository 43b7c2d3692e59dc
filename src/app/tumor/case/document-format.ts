import { Fault } from '../../../terms/fault.ts'
import type { Arguments } from '../../command.ts'

const FORMATS = ['va-spec', 'fhir', 'mcode'] as const
type DocumentFormat = (typeof FORMATS)[number]

/** What --format names; undefined: text, or the document of --json. Throws USAGE_CHOICE. */
export function formatOf(input: Arguments): DocumentFormat | undefined {
  const text = input.text('format')
  const format = FORMATS.find((one) => one === text)
  if (text === undefined || format !== undefined) return format
  throw new Fault(
    'USAGE_CHOICE',
    '--format',
    `"${text}" is not a choice`,
    `Use ${FORMATS.join(', ')}; or --json.`,
  )
}
