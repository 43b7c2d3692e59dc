import type { Centromere } from '../../../knowledge/tumor/chromosome-arms.ts'
import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import { type AllelicSegment, type Chromosome, joined, lengthOf } from './allelic-segment.ts'

/**
 * TAI: the first and the last stretch of a chromosome, where its alleles are out of balance and it ends before the centromere
 * (Birkbak 2012, PMID 22576213). A chromosome that is one stretch does not count. The outermost stretch that was measured stands for the telomere.
 */
export function telomericImbalance(
  chromosomes: readonly Chromosome[],
  centromereOf: (chromosome: string) => Centromere | undefined,
  facts: ScoreFacts,
): number {
  const least = facts.threshold('hrd-imbalance-length')
  return chromosomes.reduce((sum, { name, segments }) => {
    const centromere = centromereOf(name)
    const long = joined(segments.filter((one) => lengthOf(one) >= least))
    const [first, last] = [long[0], long.at(-1)]
    if (centromere === undefined || long.length < 2 || first === undefined || last === undefined) return sum
    const usual = usualCopies(long)
    return (
      sum +
      (first.end < centromere.start && outOfBalance(first, usual) ? 1 : 0) +
      (last.start > centromere.end && outOfBalance(last, usual) ? 1 : 0)
    )
  }, 0)
}

/** Copies that most bases of the chromosome have; stretches without any copy do not speak. */
function usualCopies(segments: readonly AllelicSegment[]): number | undefined {
  const bases = new Map<number, number>()
  for (const one of segments) {
    const copies = one.major + one.minor
    if (copies > 0) bases.set(copies, (bases.get(copies) ?? 0) + lengthOf(one))
  }
  return [...bases].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Of a chromosome with an odd number of copies its usual split is balance enough, as long as both alleles are there. */
function outOfBalance({ major, minor }: AllelicSegment, usual: number | undefined): boolean {
  if (usual === undefined || usual === 1 || usual % 2 === 0) return major !== minor
  return major + minor !== usual || minor === 0
}
