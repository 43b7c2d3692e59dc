import type { ImprintedGene } from '../../../knowledge/acmg/imprinted.ts'
import type { FamilyVariant } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { InheritanceFit } from '../../finding/germline.ts'
import type { FamilyView } from './inheritance.ts'
import { type Carried, carried, passes } from './reliability.ts'

/** How a heterozygous change of an imprinted gene is read, in place of the ways of `fitsOf`. */
export interface ImprintReading {
  readonly fits: readonly InheritanceFit[]
  /** What a reader must know beside them. */
  readonly why: readonly string[]
  /** Whether it lies on the copy that is not active. */
  readonly silent: boolean
}

/**
 * Of an imprinted gene one parent's copy alone is active: a change is a cause where it comes from that parent, who may well be healthy,
 * and none where it comes from the other. `fits`: the ways without regard to the parent.
 */
export function imprintReading(
  view: FamilyView,
  proband: PedigreeMember,
  variant: FamilyVariant,
  { gene, active, disease, source }: ImprintedGene,
  fits: readonly InheritanceFit[],
): ImprintReading {
  const rule = `of ${gene} the ${active}'s copy alone is active (${disease}; ${source})`
  const origin = originOf(view, proband, variant)
  const others = fits.filter(({ mode }) => mode !== 'dominant')
  const healthy = siblings(view, proband, variant, false).filter(({ carries }) => carries === 'yes')
  const against = siblings(view, proband, variant, true).some(({ carries }) => carries === 'no')
  if (origin === 'new')
    return {
      fits: others,
      why: [`On which copy the new change is decides, and is not known: ${rule}.`],
      silent: false,
    }
  if (origin !== active && origin !== 'unknown')
    return {
      fits: others,
      why: [
        `From the ${origin}, ${proband[origin]}: ${rule}, so that it is not expected to make ${proband.id} ill. Children of a ${active === 'mother' ? 'woman' : 'man'} who carries it can be.`,
      ],
      silent: true,
    }
  if (against) return { fits: others, why: [], silent: false }
  const place = view.place(proband.id)
  const own = place === undefined ? 'not-called' : carried(variant.calls[place], view.rules)
  const sibs =
    healthy.length === 0 ? '' : `; but ${healthy.map(({ id }) => id).join(', ')}, healthy, has it too`
  const because =
    origin === 'unknown'
      ? `${rule}: it counts if it is from the ${active}, which is not known; sure genotypes of both parents would tell`
      : `from the ${active}, ${proband[active]}, and ${rule}: a healthy ${active} fits, whose own change may lie on a silent copy`
  const sure = origin === active && own === 'yes' && passes(variant.filter) && healthy.length === 0
  return {
    fits: [
      ...others,
      { mode: 'imprinted', certainty: sure ? 'sure' : 'possible', because: `${because}${sibs}` },
    ],
    why: [],
    silent: false,
  }
}

/** Which parent a change on one copy is from; new: neither carries it. */
function originOf(
  view: FamilyView,
  proband: PedigreeMember,
  variant: FamilyVariant,
): 'mother' | 'father' | 'new' | 'unknown' {
  if ((view.contradicted?.(proband) ?? []).length > 0) return 'unknown'
  const carries = (id: string | undefined): Carried => {
    const place = id === undefined ? undefined : view.place(id)
    return carried(place === undefined ? undefined : variant.calls[place], view.rules)
  }
  const [father, mother] = [carries(proband.father), carries(proband.mother)]
  if (father === 'yes' && mother === 'no') return 'father'
  if (mother === 'yes' && father === 'no') return 'mother'
  return father === 'no' && mother === 'no' ? 'new' : 'unknown'
}

function siblings(
  view: FamilyView,
  proband: PedigreeMember,
  variant: FamilyVariant,
  affected: boolean,
): readonly { readonly id: string; readonly carries: Carried }[] {
  return view.members
    .filter(
      (one) =>
        one.id !== proband.id &&
        one.family === proband.family &&
        one.affected === affected &&
        one.father !== undefined &&
        one.father === proband.father &&
        one.mother === proband.mother,
    )
    .map(({ id }) => {
      const place = view.place(id)
      return { id, carries: carried(place === undefined ? undefined : variant.calls[place], view.rules) }
    })
}
