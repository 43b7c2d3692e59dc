import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import type { Locus } from './expected-fraction.ts'

/** The copies at a variant's place, or what is missing to know them. */
export function locusOf(
  profile: TumorProfile,
  { place, gene }: SomaticVariant,
): Locus | { readonly missing: string } {
  const { purity } = profile
  if (purity === undefined || !(purity > 0 && purity <= 1))
    return { missing: 'purity: the share of cells of the specimen that are tumour' }
  if (place !== undefined && /^(X|Y|MT?)$/i.test(place.chromosome))
    return { missing: 'a model of sex chromosomes and mitochondria, which is not made' }
  const segment =
    place === undefined
      ? undefined
      : profile.segments?.find(
          (one) =>
            one.chromosome === place.chromosome && one.start <= place.position && place.position <= one.end,
        )
  if (segment !== undefined) return { purity, total: Math.round(segment.total), minor: segment.minor }
  const call = profile.copyNumbers.find((one) => one.gene === gene)
  if (call?.copies !== undefined) return { purity, total: Math.round(call.copies), minor: undefined }
  if (call?.call === 'neutral') return { purity, total: 2, minor: undefined }
  return { missing: 'copies of the place in the tumour' }
}
