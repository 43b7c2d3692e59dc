import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import { type Chromosome, joined, lengthOf } from './allelic-segment.ts'

/**
 * HRD-LOH: stretches with one allele only, longer than 15 Mb, on chromosomes that keep both alleles somewhere (Abkevich 2012, PMID 23047548).
 * Stretches that differ only in how many copies of that allele there are count as one.
 */
export function lossOfHeterozygosity(chromosomes: readonly Chromosome[], facts: ScoreFacts): number {
  const longer = facts.threshold('hrd-loh-length')
  return chromosomes
    .filter(({ segments }) => segments.some(({ minor }) => minor > 0))
    .flatMap(({ segments }) =>
      joined(segments.map((one) => ({ ...one, major: Math.min(one.major, 1) }))).filter(
        (one) => one.minor === 0 && one.major > 0 && lengthOf(one) > longer,
      ),
    ).length
}
