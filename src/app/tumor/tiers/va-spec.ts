import { vaStatements } from '../../../deliver/va-spec/clinical-significance.ts'
import type { AmpFinding } from '../../../interpret/finding/amp-tier.ts'

/** The tiers of every tumour as one document of statements. */
export function vaSpecDocument(findings: readonly (AmpFinding | undefined)[]): string {
  const statements = findings.flatMap((one) => (one === undefined ? [] : vaStatements(one)))
  return `${JSON.stringify({ vaSpec: '1.0.1', profile: 'aac-2017', statements })}\n`
}
