import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { question } from './code.ts'
import { observation, type ReportContext } from './report-context.ts'
import type { Reference } from './resource.ts'
import type { VariantEntry } from './variant.ts'

/**
 * Says of heterozygous variants whose phase the file knows which lie on the same strand: each is related to the first
 * of its gene and phase set, so that N variants need N - 1 statements.
 */
export function addPhase(context: ReportContext, variants: readonly VariantEntry[]): Reference[] {
  const first = new Map<string, VariantEntry>()
  const references: Reference[] = []
  for (const one of variants) {
    if (one.strand === undefined) continue
    const key = `${one.gene} ${one.strand.set}`
    const anchor = first.get(key)
    if (anchor === undefined) {
      first.set(key, one)
      continue
    }
    const code = anchor.strand?.side === one.strand.side ? 'Cis' : 'Trans'
    const system = 'http://terminology.hl7.org/CodeSystem/sequence-phase-relationship-cs'
    references.push(
      context.entries.add(
        observation(
          context,
          'sequence-phase-relationship',
          question(GENOMIC.sequencePhaseRelationship, 'Allelic phase'),
          {
            valueCodeableConcept: { coding: [{ system, code, display: code }] },
            derivedFrom: [anchor.reference, one.reference],
          },
        ),
      ),
    )
  }
  return references
}
