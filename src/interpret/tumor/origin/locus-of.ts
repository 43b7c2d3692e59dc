import type { CopyNumberSegment, SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import type { Locus } from './expected-fraction.ts'

/** More copies than this are an amplification, in which single copies cannot be told apart by reads. */
const MOST_COPIES = 20

/** The copies at a variant's place, or what is missing to know them. */
export type LocusOf = (variant: SomaticVariant) => Locus | { readonly missing: string }

/** Looks up places of one tumour; segments and calls are put in order once. */
export function locusOf({ purity, segments, copyNumbers }: TumorProfile): LocusOf {
  if (purity === undefined || !(purity > 0 && purity <= 1))
    return () => ({ missing: 'purity: the share of cells of the specimen that are tumour' })
  const byChromosome = Map.groupBy(
    (segments ?? []).toSorted((a, b) => a.start - b.start),
    ({ chromosome }) => chromosome,
  )
  const calls = new Map(copyNumbers.map((call) => [call.gene, call]))
  return ({ place, gene }) => {
    if (place !== undefined && /^(X|Y|MT?)$/i.test(place.chromosome))
      return { missing: 'a model of sex chromosomes and mitochondria, which is not made' }
    const segment =
      place === undefined ? undefined : covering(byChromosome.get(place.chromosome) ?? [], place.position)
    const call = calls.get(gene ?? '')
    const copies = segment?.total ?? call?.copies ?? (call?.call === 'neutral' ? 2 : undefined)
    if (copies === undefined) return { missing: 'copies of the place in the tumour' }
    const total = Math.round(copies)
    if (total > MOST_COPIES)
      return { missing: `fewer copies: at ${total} the reads do not tell one copy from another` }
    if (!(total > 0))
      return { missing: 'another call or another copy number: a place without copies carries nothing' }
    const minor = segment?.minor
    return {
      purity,
      total,
      minor:
        minor === undefined ? undefined : Math.max(0, Math.min(Math.round(minor), Math.floor(total / 2))),
    }
  }
}

/** The last segment that begins at or before the position, if it reaches it. */
function covering(sorted: readonly CopyNumberSegment[], position: number): CopyNumberSegment | undefined {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]!.start <= position) low = middle + 1
    else high = middle
  }
  const found = sorted[low - 1]
  return found !== undefined && found.end >= position ? found : undefined
}
