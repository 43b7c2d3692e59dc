import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import { variantName } from './amp/alterations.ts'

/** Variants in fewer reads than the assay is said to find reliably: neither there nor absent. Empty where nobody says what it finds. */
export function faintVariants({ variants, assay }: TumorProfile): readonly SomaticVariant[] {
  const limit = assay?.detectionLimit
  return limit === undefined
    ? []
    : variants.filter(({ tumor }) => tumor?.fraction !== undefined && tumor.fraction < limit)
}

/** The profile as if they were not there; undefined: there are none. */
export function withoutFaint(profile: TumorProfile): TumorProfile | undefined {
  const faint = new Set(faintVariants(profile))
  return faint.size === 0
    ? undefined
    : { ...profile, variants: profile.variants.filter((one) => !faint.has(one)) }
}

/** "KRAS G12D is in 0.3 % of reads, below what the assay finds reliably (2 %)", of those that `named` names. */
export function faintText(profile: TumorProfile, named: readonly string[]): readonly string[] {
  const limit = profile.assay?.detectionLimit
  return faintVariants(profile).flatMap((variant) => {
    const name = variantName(variant)
    return named.includes(name)
      ? [
          `${name} is in ${percent(variant.tumor!.fraction!)} of reads, below what the assay finds reliably (${percent(limit!)})`,
        ]
      : []
  })
}

export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`
}
