import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { InheritanceFit } from '../../finding/germline.ts'
import { type CallRules, type Carried, carried, passes } from './reliability.ts'
import { heteroplasmyOf, type Ploidy, ploidyOf, zygosityOf } from './sex-chromosome.ts'

/** A family as its genotypes are looked at: members by name, and where each stands among the samples. */
export interface FamilyView {
  readonly members: readonly PedigreeMember[]
  /** Place among the samples of the file; undefined: no sample. */
  place(id: string): number | undefined
  readonly rules: CallRules
  /** Relatives whom the genotypes contradict as parents of this member; asked when the whole file was read. */
  readonly contradicted?: (member: PedigreeMember) => readonly string[]
}

/** Share of the reads from which on a mitochondrial variant is seldom new. */
const NEARLY_ALL = 0.95

/** One relative at one variant. */
interface Relative {
  readonly member: PedigreeMember
  readonly call: MemberCall | undefined
  readonly carries: Carried
  /** All called alleles are the variant. */
  readonly both: boolean
}

/** Any share of a mitochondrial variant is possible, and a small one in the mother is a large one in the child. */
const ANY_SHARE = [0, 1] as const

function relativeOf(
  view: FamilyView,
  member: PedigreeMember,
  variant: FamilyVariant,
  ploidy: Ploidy,
): Relative {
  const place = view.place(member.id)
  const call = place === undefined ? undefined : variant.calls[place]
  const rules = ploidy === 'mitochondrial' ? { ...view.rules, balance: ANY_SHARE } : view.rules
  return {
    member,
    call,
    carries: carried(call, rules),
    both: call?.complete === true && call.copies > 0 && call.copies === call.called,
  }
}

/** The ways in which one variant alone may have been inherited by `proband`; compound heterozygotes are told elsewhere. */
export function fitsOf(view: FamilyView, proband: PedigreeMember, variant: FamilyVariant): InheritanceFit[] {
  const ploidy = ploidyOf(variant.assembly, variant.chromosome, variant.position)
  const own = relativeOf(view, proband, variant, ploidy)
  if (own.carries !== 'yes' && own.carries !== 'unsure') return []
  if (own.call?.copies === 0) return []
  const relatives = view.members
    .filter((member) => member.family === proband.family && member.id !== proband.id)
    .map((member) => relativeOf(view, member, variant, ploidy))
  const father = relatives.find(({ member }) => member.id === proband.father)
  const mother = relatives.find(({ member }) => member.id === proband.mother)
  const strangers = view.contradicted?.(proband) ?? []
  const sure = (fit: Omit<InheritanceFit, 'certainty'>, certain: boolean): InheritanceFit => ({
    ...fit,
    because: strangers.length === 0 ? fit.because : `${fit.because}; ${strangersText(strangers, proband.id)}`,
    certainty:
      certain && own.carries === 'yes' && passes(variant.filter) && strangers.length === 0
        ? 'sure'
        : 'possible',
  })
  if (ploidy === 'mitochondrial') return [sure(mitochondrial(own, mother), mother?.carries === 'yes')]
  const male = proband.sex === 'male'
  const hemizygous = ploidy === 'x-linked' && (male || own.call?.called === 1)
  const fits: InheritanceFit[] = []

  // A son has no X of his father: a man who has the change too has it by a wrong call or a wrong sample, or it is harmless.
  const sameX = hemizygous && father !== undefined && (father.call?.copies ?? 0) > 0 ? [father] : []
  const parents = hemizygous ? [mother] : ploidy === 'y-linked' ? [father] : [father, mother]
  if (
    parents.every(
      (parent) => parent !== undefined && (parent.carries === 'no' || parent.carries === 'unsure'),
    ) &&
    parents.every((parent) => parent?.call?.copies === 0)
  ) {
    const doubts = newDoubts(own, relatives, hemizygous)
    fits.push(
      sure(
        {
          mode: 'de-novo',
          because: [
            ...withoutText(parents),
            ...parents.flatMap((parent) => (parent?.carries === 'unsure' ? [doubtText(parent)] : [])),
            ...sameX.map(
              ({ member }) =>
                `but ${member.id}, the father, who gave no X, has it${member.affected === false ? ' and is healthy' : ''}: a wrong call, a wrong sample or a harmless change`,
            ),
            ...doubts,
          ].join('; '),
        },
        parents.every((parent) => parent?.carries === 'no') && sameX.length === 0 && doubts.length === 0,
      ),
    )
  }
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
    const twoAlleles = zygosity === 'heterozygous'
    if (agrees && fromMother)
      fits.push(
        sure(
          {
            mode: 'x-linked',
            because: twoAlleles
              ? 'called on one of two copies, where a male has one X: a part of the cells, a second X, or a wrong call'
              : mother?.carries === 'yes'
                ? `on his only X, from ${mother.member.id}, who carries it`
                : `on his only X; ${motherUnknown(mother)}`,
          },
          mother?.carries === 'yes' && !twoAlleles,
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
    const missing = [father, mother].flatMap((parent) =>
      parent?.carries === 'not-called' ? [parent.member.id] : [],
    )
    const unknownOrigin =
      missing.length === 0
        ? ''
        : `; whether it is new is not known: ${missing.join(' and ')} ${missing.length > 1 ? 'have' : 'has'} no genotype there`
    if (agrees)
      fits.push(
        sure(
          {
            mode: ploidy === 'x-linked' ? 'x-linked' : 'dominant',
            because: `${
              affected.length > 0
                ? `on one copy, as in every affected relative seen (${affected.map(({ member }) => member.id).join(', ')})`
                : 'on one copy; no affected relative was seen'
            }${ploidy === 'x-linked' ? '; whether a woman with one copy is ill depends on the disease and on which X is silenced' : ''}${unknownOrigin}`,
          },
          affected.length > 0 && affected.every(({ carries }) => carries === 'yes'),
        ),
      )
  }
  return fits
}

/** Parents of whom it is sure that they do not carry it. */
function withoutText(parents: readonly (Relative | undefined)[]): readonly string[] {
  const sure = parents.flatMap((parent) => (parent?.carries === 'no' ? [parent.member.id] : []))
  return sure.length === 0 ? [] : [`${sure.join(' and ')} ${sure.length > 1 ? 'do' : 'does'} not carry it`]
}

/** What speaks against a change that neither parent shows having arisen in this child alone. */
function newDoubts(own: Relative, relatives: readonly Relative[], hemizygous: boolean): readonly string[] {
  const { father, mother } = own.member
  const siblings = relatives.filter(
    ({ member, carries }) =>
      carries === 'yes' && father !== undefined && member.father === father && member.mother === mother,
  )
  const names = siblings.map(({ member }) => `${member.id}${member.affected === false ? ' (healthy)' : ''}`)
  return [
    ...(names.length === 0
      ? []
      : [
          `but ${names.join(' and ')}, of the same parents, ${names.length > 1 ? 'have' : 'has'} it too: a parent has it in a part of the cells or in too few reads, or is no parent`,
        ]),
    ...(own.both && !hemizygous
      ? ['but on both copies, which is not new twice: a deletion, a wrong call or a wrong sample']
      : []),
  ]
}

function mitochondrial(own: Relative, mother: Relative | undefined): Omit<InheritanceFit, 'certainty'> {
  const share = own.call && heteroplasmyOf(own.call)
  const motherShare = mother?.call && heteroplasmyOf(mother.call)
  const percent = (value: number | undefined) =>
    value === undefined ? 'reads not given' : `${Math.round(value * 100)} % of the reads`
  return { mode: 'mitochondrial', because: `${percent(share)}; ${motherText()}` }

  function motherText(): string {
    if (mother?.call === undefined || mother.carries === 'not-called') return 'the mother was not seen'
    const name = `${mother.member.id}, the mother`
    if (mother.carries === 'yes') return `${percent(motherShare)} in ${name}`
    if ((mother.call.alternateReads ?? 0) > 0) return `${percent(motherShare)} in ${name}, too few for a call`
    if (mother.carries !== 'no') return `${doubtText(mother)}, the mother`
    return share !== undefined && share >= NEARLY_ALL
      ? `${name}, does not show it: nearly all copies seldom change anew, so look whether she is the mother and at her reads`
      : `${name}, does not show it: it is new, or hers in too few reads`
  }
}

/** Of a change on the only X whose mother is not seen to carry it, and is not known not to. */
function motherUnknown(mother: Relative | undefined): string {
  if (mother?.call !== undefined && mother.carries !== 'not-called') return `${doubtText(mother)}, the mother`
  const name =
    mother === undefined
      ? 'the mother is not in the family file'
      : `${mother.member.id}, the mother, has no genotype there`
  return `${name}: whether it is hers or new is not known`
}

function strangersText(ids: readonly string[], child: string): string {
  return `but by the genotypes ${ids.join(' and ')} ${ids.length > 1 ? 'are not parents' : 'is no parent'} of ${child}`
}

/** Why a genotype of a relative is not relied upon. */
function doubtText({ member, call }: Relative): string {
  const { depth, quality, alternateReads, unsupported } = call ?? {}
  const parts = [
    ...(unsupported
      ? ['a reference genotype without reads or quality, as where missing calls are filled in']
      : []),
    ...(depth === undefined ? [] : [`${depth} reads`]),
    ...(quality === undefined ? [] : [`quality ${quality}`]),
    ...((alternateReads ?? 0) > 0 ? [`${alternateReads} reads with it`] : []),
  ]
  return `not sure of ${member.id} (${parts.join(', ')})`
}
