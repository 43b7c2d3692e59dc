import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import { changeKind } from '../criteria/consequence.ts'
import type { VariantEvidence } from '../evidence.ts'

/** Whether the change may matter to the protein, or disturb splicing. */
export function mayMatter(
  evidence: Pick<VariantEvidence, 'variant' | 'scores'>,
  rules: AcmgCriteria,
): boolean {
  // Transfer and ribosomal RNA of the mitochondrion are not translated, and their changes cause disease.
  if (evidence.variant.chromosome === 'chrM' && evidence.variant.consequences.includes(RNA)) return true
  const kind = changeKind(evidence)
  if (kind !== undefined && kind !== 'synonymous' && kind !== 'intronic' && kind !== 'other') return true
  const splicing = rules.grades('SpliceAI').filter(({ code }) => code === 'PP3')
  return (
    evidence.scores?.some(
      ({ tool, value }) => tool === 'SpliceAI' && splicing.some(({ from }) => value >= from),
    ) === true
  )
}

const RNA = 'non_coding_transcript_exon_variant'
