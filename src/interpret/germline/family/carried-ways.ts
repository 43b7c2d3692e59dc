import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { ImprintedGenes } from '../../../knowledge/acmg/imprinted.ts'
import type { FamilyVariant } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { GermlineFinding, InheritanceFit } from '../../finding/germline.ts'
import { compoundPairs } from './compound.ts'
import { type ImprintReading, imprintReading } from './imprint.ts'
import { type FamilyView, fitsOf } from './inheritance.ts'
import { knownClass } from './known-class.ts'
import { mayMatter } from './may-matter.ts'
import { evidenceOf } from './notes-evidence.ts'
import { placeText } from './place-text.ts'
import { ploidyOf, zygosityOf } from './sex-chromosome.ts'

type NotCompound = NonNullable<GermlineFinding['notCompound']>[number]

/** How one variant of a person may have come, and with which others of its gene it goes. */
export interface Ways {
  readonly fits: InheritanceFit[]
  /** Variants of the gene that are known not to lie on the other copy, or of which nothing tells. */
  readonly notCompound: NotCompound[]
  /** Of a heterozygous change of an imprinted gene. */
  imprint: ImprintReading | undefined
}

/**
 * The ways of inheritance of each variant that a person carries: by itself, in pairs within its gene, and of an imprinted gene by the parent
 * it comes from. `place`: the column of the person.
 */
export function carriedWays(
  view: FamilyView,
  proband: PedigreeMember,
  place: number,
  variants: readonly FamilyVariant[],
  { criteria, imprinted }: { readonly criteria: AcmgCriteria; readonly imprinted: ImprintedGenes },
): ReadonlyMap<FamilyVariant, Ways> {
  const ways = new Map(
    variants.map((variant): [FamilyVariant, Ways] => [
      variant,
      { fits: [...fitsOf(view, proband, variant)], notCompound: [], imprint: undefined },
    ]),
  )
  const genes = Map.groupBy(variants, (variant) => evidenceOf(variant, undefined).variant.gene)
  for (const [gene, ofGene] of genes) {
    if (gene === undefined) continue
    const parentOf = imprinted.of(gene)
    if (parentOf === undefined) addPairs(view, proband, ofGene, ways, criteria)
    else
      for (const variant of ofGene) {
        const ploidy = ploidyOf(variant.assembly, variant.chromosome, variant.position)
        if (zygosityOf(variant.calls[place]!, ploidy, proband.sex) !== 'heterozygous') continue
        const its = ways.get(variant)!
        const imprint = imprintReading(view, proband, variant, parentOf, its.fits)
        ways.set(variant, { ...its, fits: [...imprint.fits], imprint })
      }
  }
  return ways
}

function addPairs(
  view: FamilyView,
  proband: PedigreeMember,
  ofGene: readonly FamilyVariant[],
  ways: ReadonlyMap<FamilyVariant, Ways>,
  criteria: AcmgCriteria,
): void {
  const rare = ofGene.filter(
    (variant) => mayMatter(evidenceOf(variant, undefined), criteria) || isCalledPathogenic(variant),
  )
  for (const { a, b, certainty, because, phase } of compoundPairs(view, proband, rare))
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const partner = placeText(other)
      const { fits, notCompound } = ways.get(one)!
      if (certainty === undefined) notCompound.push({ partner, phase, because })
      else fits.push({ mode: 'compound-heterozygous', certainty, because, partner })
    }
}

function isCalledPathogenic(variant: FamilyVariant): boolean {
  return knownClass(variant.notes.clinvar)?.class?.endsWith('pathogenic') === true
}
