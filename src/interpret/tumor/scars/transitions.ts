import type { Centromere } from '../../../knowledge/tumor/chromosome-arms.ts'
import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import { type AllelicSegment, type Chromosome, joined, lengthOf } from './allelic-segment.ts'

/**
 * LST: breaks between two stretches of at least 10 Mb of one arm, less than 3 Mb apart, after stretches below 3 Mb were smoothed away, the
 * first one first (Popova 2012, PMID 22933060). Stretches differ by the copies of both alleles, not by heterozygosity alone: a break between
 * 2+0 and 3+0 counts.
 */
export function largeScaleTransitions(
  chromosomes: readonly Chromosome[],
  centromereOf: (chromosome: string) => Centromere | undefined,
  facts: ScoreFacts,
): number {
  return chromosomes.reduce((sum, { name, segments }) => {
    const centromere = centromereOf(name)
    if (centromere === undefined || segments.length < 2) return sum
    return arms(segments, centromere).reduce((more, arm) => more + breaks(smoothed(arm, facts), facts), sum)
  }, 0)
}

/** The two arms, each up to the centromere: the stretch beside it is taken to reach it. */
function arms(segments: readonly AllelicSegment[], { start, end }: Centromere): AllelicSegment[][] {
  const short = joined(segments.filter((one) => one.start <= start))
  const long = joined(segments.filter((one) => one.end >= end))
  const [last, first] = [short.at(-1), long[0]]
  if (last !== undefined) short[short.length - 1] = { ...last, end: start }
  if (first !== undefined) long[0] = { ...first, start: end }
  return [short, long]
}

/** Without stretches below 3 Mb: the first is taken out, what then are equal neighbours is joined, and so on. */
function smoothed(arm: readonly AllelicSegment[], facts: ScoreFacts): AllelicSegment[] {
  const small = facts.threshold('hrd-transition-small')
  const kept: AllelicSegment[] = []
  for (const one of arm) {
    const last = kept.at(-1)
    if (last !== undefined && last.major === one.major && last.minor === one.minor)
      kept[kept.length - 1] = { ...last, end: Math.max(last.end, one.end) }
    else if (lengthOf(one) >= small) kept.push(one)
  }
  return kept
}

function breaks(arm: readonly AllelicSegment[], facts: ScoreFacts): number {
  const [long, gap] = [facts.threshold('hrd-transition-length'), facts.threshold('hrd-transition-small')]
  return arm.filter((one, at) => {
    const before = arm[at - 1]
    return (
      before !== undefined &&
      lengthOf(before) >= long &&
      lengthOf(one) >= long &&
      one.start - before.end < gap
    )
  }).length
}
