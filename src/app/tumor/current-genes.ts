import type { Facts } from '../../knowledge/facts.ts'
import { currentSymbol } from '../../knowledge/tumor/gene-names.ts'
import type { ReceivedTumor } from '../../record/tumor-part.ts'
import type { Covered } from '../../record/tumor-profile.ts'

/** The tumour with the gene symbols of today: reports keep writing H3F3A and MLL2, knowledge speaks of H3-3A and KMT2D. */
export function withCurrentGenes(received: ReceivedTumor, facts: Facts): ReceivedTumor {
  const today = currentSymbol(facts)
  const maybe = (gene: string | undefined) => (gene === undefined ? undefined : today(gene))
  const covered = (genes: Covered): Covered =>
    genes === undefined || genes === 'all' ? genes : new Set([...genes].map(today))
  const { profile } = received
  const { unattributed } = profile
  return {
    ...received,
    profile: {
      ...profile,
      variants: profile.variants.map((one) => ({ ...one, gene: maybe(one.gene) })),
      copyNumbers: profile.copyNumbers.map((one) => ({ ...one, gene: today(one.gene) })),
      fusions: profile.fusions.map((one) => ({ ...one, five: maybe(one.five), three: maybe(one.three) })),
      ...(profile.rejected === undefined
        ? {}
        : {
            rejected: profile.rejected.map((one) => ({
              ...one,
              variant: { ...one.variant, gene: maybe(one.variant.gene) },
            })),
          }),
      ...(unattributed === undefined
        ? {}
        : {
            unattributed: {
              variants: unattributed.variants.map((one) => ({ ...one, gene: maybe(one.gene) })),
              copyNumbers: unattributed.copyNumbers.map((one) => ({ ...one, gene: today(one.gene) })),
            },
          }),
      covered: {
        variants: covered(profile.covered.variants),
        copyNumbers: covered(profile.covered.copyNumbers),
        fusions: covered(profile.covered.fusions),
        ...(profile.covered.germline === undefined ? {} : { germline: covered(profile.covered.germline) }),
      },
    },
  }
}
