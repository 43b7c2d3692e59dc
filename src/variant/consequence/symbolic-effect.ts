import type { Stretch, TranscriptModel } from './coding-model.ts'
import { type RegionRules, regionEffect } from './region-effect.ts'
import { CODING_SEQUENCE, ELONGATION, INTRON, NON_CODING, NONE, type TermSet, UTR_3, UTR_5 } from './term.ts'

/** An insertion of unknown sequence after a 1-based position: which parts of a transcript grow longer. */
export function symbolicEffect(model: TranscriptModel, position: number): TermSet[] {
  const at = position
  const holds = ({ begin, end }: Stretch): boolean => begin <= at && at <= end
  const terms: TermSet[] = []
  if (model.coding?.parts.some(holds)) terms.push(CODING_SEQUENCE | ELONGATION)
  if (model.utrListed && model.utr5.some(holds)) terms.push(UTR_5 | ELONGATION)
  if (model.utrListed && model.utr3.some(holds)) terms.push(UTR_3 | ELONGATION)
  if (model.coding !== undefined) {
    for (const exon of model.exons) {
      if (at < exon.begin - 8 || at > exon.end + 8) continue
      const rules: RegionRules = {
        ...exon,
        strand: model.transcript.strand,
        intronBefore: exon.begin !== model.begin,
        intronAfter: exon.end !== model.end,
        sites: true,
        start: false,
        stop: false,
        utr: () => NONE,
        bases: undefined,
      }
      const edit = {
        kind: 'insertion',
        left: at - 1,
        right: at,
        bases: 'N',
        start: at - 1,
        ref: 'N',
        alt: 'NN',
      } as const
      terms.push(regionEffect(edit, rules).terms | ELONGATION)
    }
  }
  if (terms.length > 0 || !holds(model)) return terms
  return [(model.coding === undefined ? NON_CODING : INTRON) | ELONGATION]
}
