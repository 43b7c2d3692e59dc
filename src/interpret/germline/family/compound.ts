import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { InheritanceFit } from '../../finding/germline.ts'
import type { FamilyView } from './inheritance.ts'
import { carried, passes } from './reliability.ts'
import { ploidyOf } from './sex-chromosome.ts'

/** How two heterozygous variants of one person lie to each other. */
type Phase =
  | { readonly phase: 'in-trans' | 'in-cis'; readonly because: string }
  | { readonly phase: 'unknown'; readonly because: string }

/** More heterozygous variants of one gene than this are not paired: a gene with so many is a fault of the mapping. */
const MOST_IN_A_GENE = 40

/** By the strands of the file first, by the parents then. */
export function phaseOf(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
): Phase {
  const callOf = (id: string | undefined, variant: FamilyVariant): MemberCall | undefined => {
    const place = id === undefined ? undefined : view.place(id)
    return place === undefined ? undefined : variant.calls[place]
  }
  const [one, two] = [callOf(proband.id, a), callOf(proband.id, b)]
  if (
    one?.strand !== undefined &&
    two?.strand !== undefined &&
    one.phaseSet === two.phaseSet &&
    a.chromosome === b.chromosome
  )
    return one.strand === two.strand
      ? { phase: 'in-cis', because: 'the file has both on one strand' }
      : { phase: 'in-trans', because: 'the file has them on the two strands' }
  const strangers = view.contradicted?.(proband) ?? []
  if (strangers.length > 0)
    return {
      phase: 'unknown',
      because: `by the genotypes ${strangers.join(' and ')} cannot tell as a parent`,
    }
  const carries = (id: string | undefined, variant: FamilyVariant) => carried(callOf(id, variant), view.rules)
  const father = [carries(proband.father, a), carries(proband.father, b)] as const
  const mother = [carries(proband.mother, a), carries(proband.mother, b)] as const
  for (const [from, other, name, otherName] of [
    [father, mother, proband.father, proband.mother],
    [mother, father, proband.mother, proband.father],
  ] as const) {
    if (from[0] === 'yes' && from[1] === 'no' && other[0] === 'no' && other[1] === 'yes')
      return { phase: 'in-trans', because: `one from ${name}, the other from ${otherName}` }
    if (from[0] === 'yes' && from[1] === 'yes' && other[0] === 'no' && other[1] === 'no')
      return { phase: 'in-cis', because: `both from ${name}` }
  }
  return { phase: 'unknown', because: 'neither the strands of the file nor the parents tell' }
}

/** Pairs of heterozygous variants of one gene that may lie on the two copies of it in `proband`. */
export function compoundPairs(
  view: FamilyView,
  proband: PedigreeMember,
  variants: readonly FamilyVariant[],
): {
  readonly a: FamilyVariant
  readonly b: FamilyVariant
  readonly fit: Pick<InheritanceFit, 'certainty' | 'because'>
}[] {
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
  const pairs = []
  for (const [i, a] of single.entries())
    for (const b of single.slice(i + 1)) {
      const { phase, because } = phaseOf(view, proband, a, b)
      if (phase === 'in-cis' || healthyHasBoth(view, proband, a, b)) continue
      const sure =
        phase === 'in-trans' &&
        [a, b].every((one) => passes(one.filter) && carried(one.calls[place], view.rules) === 'yes')
      pairs.push({ a, b, fit: { certainty: sure ? ('sure' as const) : ('possible' as const), because } })
    }
  return pairs
}

/** A healthy brother or sister with both speaks against the pair; a parent with both has them on one copy. */
function healthyHasBoth(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
): boolean {
  return view.members.some((member) => {
    const place = view.place(member.id)
    return (
      member.family === proband.family &&
      member.affected === false &&
      member.id !== proband.father &&
      member.id !== proband.mother &&
      place !== undefined &&
      [a, b].every((one) => carried(one.calls[place], view.rules) === 'yes')
    )
  })
}
