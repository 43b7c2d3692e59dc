import { vaStatements } from '../../../deliver/va-spec/clinical-significance.ts'
import type { AmpFinding } from '../../../interpret/finding/amp-tier.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Arguments } from '../../command.ts'

/** What --format names. Throws USAGE_CHOICE. */
export function formatOf(input: Arguments): 'va-spec' | undefined {
  const format = input.text('format')
  if (format === undefined || format === 'va-spec') return format
  throw new Fault('USAGE_CHOICE', '--format', `"${format}" is not a choice`, 'Use va-spec, or --json.')
}

/** The tiers of every tumour as one document of statements. */
export function vaSpecDocument(findings: readonly (AmpFinding | undefined)[]): string {
  const statements = findings.flatMap((one) => (one === undefined ? [] : vaStatements(one)))
  return `${JSON.stringify({ vaSpec: '1.0.1', profile: 'aac-2017', statements })}\n`
}
