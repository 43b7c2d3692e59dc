import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { InheritanceFit } from '../../finding/germline.ts'
import { type CallRules, type Carried, carried, passes } from './reliability.ts'
import { heteroplasmyOf, ploidyOf, zygosityOf } from './sex-chromosome.ts'

/** A family as its genotypes are looked at: members by name, and where each stands among the samples. */
export interface FamilyView {
  readonly members: readonly PedigreeMember[]
  /** Place among the samples of the file; undefined: no sample. */
  place(id: string): number | undefined
  readonly rules: CallRules
}

/** One relative at one variant. */
interface Relative {
  readonly member: PedigreeMember
  readonly call: MemberCall | undefined
  readonly carries: Carried
  /** All called alleles are the variant. */
  readonly both: boolean
}

function relativeOf(view: FamilyView, member: PedigreeMember, variant: FamilyVariant): Relative {
  const place = view.place(member.id)
  const call = place === undefined ? undefined : variant.calls[place]
  return {
    member,
    call,
    carries: carried(call, view.rules),
    both: call?.complete === true && call.copies > 0 && call.copies === call.called,
  }
}

/** The ways in which one variant alone may have been inherited by `proband`; compound heterozygotes are told elsewhere. */
export function fitsOf(view: FamilyView, proband: PedigreeMember, variant: FamilyVariant): InheritanceFit[] {
  const own = relativeOf(view, proband, variant)
  if (own.carries !== 'yes' && own.carries !== 'unsure') return []
  if (own.call?.copies === 0) return []
  const ploidy = ploidyOf(variant.assembly, variant.chromosome, variant.position)
  const relatives = view.members
    .filter((member) => member.family === proband.family && member.id !== proband.id)
    .map((member) => relativeOf(view, member, variant))
  const father = relatives.find(({ member }) => member.id === proband.father)
  const mother = relatives.find(({ member }) => member.id === proband.mother)
  const sure = (fit: Omit<InheritanceFit, 'certainty'>, certain: boolean): InheritanceFit => ({
    ...fit,
    certainty: certain && own.carries === 'yes' && passes(variant.filter) ? 'sure' : 'possible',
  })
  if (ploidy === 'mitochondrial') return [sure(mitochondrial(own, mother), mother?.carries === 'yes')]
  const male = proband.sex === 'male'
  const hemizygous = ploidy === 'x-linked' && (male || own.call?.called === 1)
  const fits: InheritanceFit[] = []

  const parents = hemizygous ? [mother] : ploidy === 'y-linked' ? [father] : [father, mother]
  if (
    parents.every(
      (parent) => parent !== undefined && (parent.carries === 'no' || parent.carries === 'unsure'),
    ) &&
    parents.every((parent) => parent?.call?.copies === 0)
  )
    fits.push(
      sure(
        {
          mode: 'de-novo',
          because: `${parents.map((parent) => parent?.member.id).join(' and ')} ${parents.length > 1 ? 'do' : 'does'} not carry it`,
        },
        parents.every((parent) => parent?.carries === 'no'),
      ),
    )
  if (ploidy === 'y-linked') return fits

  const zygosity = own.call && zygosityOf(own.call, ploidy, proband.sex)
  const others = relatives.filter(({ call }) => call !== undefined && call.called > 0)
  const affected = others.filter(({ member }) => member.affected === true)
  const healthy = others.filter(({ member }) => member.affected === false)

  if (hemizygous) {
    const agrees =
      affected.every(({ carries }) => carries !== 'no') &&
      healthy.every(({ member, both, call }) => member.sex !== 'male' || !(both && (call?.copies ?? 0) > 0))
    const fromMother = mother === undefined || mother.carries !== 'no'
    if (agrees && fromMother)
      fits.push(
        sure(
          {
            mode: 'x-linked',
            because:
              mother?.carries === 'yes'
                ? `on his only X, from ${mother.member.id}, who carries it`
                : 'on his only X; the mother was not seen to carry it',
          },
          mother?.carries === 'yes',
        ),
      )
    return fits
  }
  if (zygosity === 'homozygous') {
    const agrees =
      affected.every(({ both, carries }) => both || carries !== 'yes') && healthy.every(({ both }) => !both)
    const parentsCarry = [father, mother].every((parent) => parent?.carries === 'yes' && !parent.both)
    const contradicted = [father, mother].some((parent) => parent?.carries === 'no')
    if (agrees && affected.every(({ carries }) => carries !== 'no'))
      fits.push(
        sure(
          {
            mode: 'recessive-homozygous',
            because: contradicted
              ? 'on both copies, but a parent does not carry it: a deletion, both copies of one parent, or a wrong call'
              : parentsCarry
                ? 'on both copies, and each parent carries one'
                : 'on both copies; not both parents were seen',
          },
          parentsCarry,
        ),
      )
    return fits
  }
  if (zygosity === 'heterozygous' && !fits.some(({ mode }) => mode === 'de-novo')) {
    const agrees =
      affected.every(({ carries }) => carries !== 'no') &&
      healthy.every(({ carries, call }) => carries !== 'yes' && call?.copies === 0)
    if (agrees)
      fits.push(
        sure(
          {
            mode: ploidy === 'x-linked' ? 'x-linked' : 'dominant',
            because:
              affected.length > 0
                ? `on one copy, as in every affected relative seen (${affected.map(({ member }) => member.id).join(', ')})`
                : 'on one copy; no affected relative was seen',
          },
          affected.length > 0 && affected.every(({ carries }) => carries === 'yes'),
        ),
      )
  }
  return fits
}

function mitochondrial(own: Relative, mother: Relative | undefined): Omit<InheritanceFit, 'certainty'> {
  const share = own.call && heteroplasmyOf(own.call)
  const motherShare = mother?.call && heteroplasmyOf(mother.call)
  const percent = (value: number | undefined) =>
    value === undefined ? 'reads not given' : `${Math.round(value * 100)} % of the reads`
  return {
    mode: 'mitochondrial',
    because:
      mother?.carries === 'yes'
        ? `${percent(share)}; ${percent(motherShare)} in ${mother.member.id}, the mother`
        : `${percent(share)}; the mother was ${mother?.carries === 'no' ? 'not seen to carry it, or it is new' : 'not seen'}`,
  }
}
