import type { FamilyVariant } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { InheritanceFit } from '../../finding/germline.ts'
import type { FamilyView } from './inheritance.ts'
import { type Phase, phaseOf } from './phase.ts'
import { carried, passes } from './reliability.ts'
import { ploidyOf } from './sex-chromosome.ts'

/** More heterozygous variants of one gene than this are not paired: a gene with so many is a fault of the mapping. */
const MOST_IN_A_GENE = 40

/** Two heterozygous variants of one gene in one person. */
interface CompoundPair {
  readonly a: FamilyVariant
  readonly b: FamilyVariant
  /** Undefined: the two do not make a compound heterozygote, for `because`. */
  readonly certainty: InheritanceFit['certainty'] | undefined
  readonly because: string
  readonly phase: Phase['phase']
}

/** Pairs of heterozygous variants of one gene in `proband`, and whether they may lie on the two copies of it. */
export function compoundPairs(
  view: FamilyView,
  proband: PedigreeMember,
  variants: readonly FamilyVariant[],
): readonly CompoundPair[] {
  const place = view.place(proband.id)
  if (place === undefined) return []
  const single = variants.filter((variant) => {
    const call = variant.calls[place]
    const ploidy = ploidyOf(variant.assembly, variant.chromosome, variant.position)
    return (
      call?.copies === 1 &&
      call.called === 2 &&
      (ploidy === 'autosomal' || (ploidy === 'x-linked' && proband.sex === 'female'))
    )
  })
  if (single.length > MOST_IN_A_GENE) return []
  return single.flatMap((a, i) =>
    single.slice(i + 1).map((b): CompoundPair => {
      const { phase, because } = phaseOf(view, proband, a, b)
      if (phase === 'in-cis')
        return {
          ...{ a, b, phase, certainty: undefined },
          because: `${because}: the other copy has neither`,
        }
      const sibling = healthyWithBoth(view, proband, a, b)
      if (sibling !== undefined)
        return {
          ...{ a, b, phase, certainty: undefined },
          because: `${sibling}, who is healthy, carries both`,
        }
      const sure =
        phase === 'in-trans' &&
        [a, b].every((one) => passes(one.filter) && carried(one.calls[place], view.rules) === 'yes')
      return { a, b, phase, certainty: sure ? 'sure' : 'possible', because }
    }),
  )
}

/** A healthy brother or sister with both speaks against the pair; a parent with both has them on one copy. */
function healthyWithBoth(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
): string | undefined {
  return view.members.find((member) => {
    const place = view.place(member.id)
    return (
      member.family === proband.family &&
      member.affected === false &&
      member.id !== proband.father &&
      member.id !== proband.mother &&
      place !== undefined &&
      [a, b].every((one) => carried(one.calls[place], view.rules) === 'yes')
    )
  })?.id
}
