import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import type { TieredAlteration } from '../../finding/amp-tier.ts'
import { effectOf, shortChange } from '../evidence.ts'

/** One alteration with the profile in which it stands alone; what was covered stays as it was. */
export interface Alteration {
  readonly name: string
  readonly kind: TieredAlteration['kind']
  /** Genes that it concerns. */
  readonly genes: readonly string[]
  readonly alone: TumorProfile
  /** Nothing of the protein changes; only knowledge of the very change makes it worth a line. */
  readonly silent: boolean
  /** Why it is common or known to be harmless; undefined: nothing says so. */
  readonly harmless: string | undefined
}

/**
 * Every alteration of the profile that a gene is named for; copy numbers that are neutral are none. `common`: the frequency in a
 * population, 0..1, from which a variant is no rare one.
 */
export function alterationsOf(profile: TumorProfile, common: number): readonly Alteration[] {
  const none = { ...profile, variants: [], copyNumbers: [], fusions: [] }
  const seen = new Set<string>()
  const once = (one: Alteration) => !seen.has(one.name) && seen.add(one.name) !== undefined
  return [
    ...profile.variants.flatMap((variant): Alteration[] => {
      if (variant.gene === undefined) return []
      return [
        {
          name: variantName(variant),
          kind: 'small-variant',
          genes: [variant.gene],
          alone: { ...none, variants: [variant] },
          silent: /^(none|synonymous)$/.test(effectOf(variant).kind),
          harmless: harmlessBecause(variant, common),
        },
      ]
    }),
    ...profile.copyNumbers
      .filter(({ call }) => call !== 'neutral')
      .map(
        (one): Alteration => ({
          name: `${one.gene} ${one.call.replace('-', ' ')}`,
          kind: 'copy-number',
          genes: [one.gene],
          alone: { ...none, copyNumbers: [one] },
          silent: false,
          harmless: undefined,
        }),
      ),
    ...profile.fusions.map(
      (one): Alteration => ({
        name: `${one.five ?? '?'}::${one.three ?? '?'}`,
        kind: 'fusion',
        genes: [one.five, one.three].filter((gene) => gene !== undefined),
        alone: { ...none, fusions: [one] },
        silent: false,
        harmless: undefined,
      }),
    ),
  ].filter(once)
}

/** "BRAF V600E"; of a variant whose protein change nobody told, its place or its consequences. */
export function variantName(variant: SomaticVariant): string {
  const { gene, hgvsP, hgvsC, place, consequences } = variant
  const at = place && `${place.chromosome}:${place.position} ${place.ref}>${place.alt}`
  const name = shortChange(variant) ?? hgvsP?.replace(/^.*p\./, '') ?? hgvsC ?? at ?? consequences.join('&')
  return `${gene ?? '?'} ${name}`
}

function harmlessBecause(
  { annotation, called, meaning }: SomaticVariant,
  common: number,
): string | undefined {
  const { frequency, source } = annotation?.population ?? { frequency: 0, source: '' }
  if (frequency >= common)
    return `${Number((frequency * 100).toPrecision(3))} % of a population carry the allele (${source})`
  if (called === 'harmless') return 'the laboratory calls it benign'
  return meaning === 'harmless' ? 'it is known to be harmless' : undefined
}
