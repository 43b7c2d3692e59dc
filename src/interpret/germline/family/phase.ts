import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { FamilyView } from './inheritance.ts'
import { type Carried, carried } from './reliability.ts'

/** How two heterozygous variants of one person lie to each other. */
export interface Phase {
  readonly phase: 'in-trans' | 'in-cis' | 'unknown'
  /** Of an unknown phase with what would tell. */
  readonly because: string
}

/** Two places further apart than this are on one short read pair seldom, bases. */
const SHORT_READS = 300

/**
 * By two alleles of one place, by the strands of the file, by the parents; unknown where two of these contradict. Two variants in
 * cis leave the other copy of the gene without either.
 */
export function phaseOf(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
): Phase {
  if (a.chromosome === b.chromosome && a.position === b.position && a.ref === b.ref && a.alt === b.alt)
    return { phase: 'in-cis', because: 'the same variant, which the file gives twice' }
  const [one, two] = [callOf(view, proband.id, a), callOf(view, proband.id, b)]
  if (isOnePlace(a, b, one, two))
    return { phase: 'in-trans', because: 'two alleles of one place, one on each copy' }
  const strands = byStrands(a, b, one, two)
  const strangers = view.contradicted?.(proband) ?? []
  const parents = strangers.length > 0 ? undefined : byParents(view, proband, a, b)
  if (strands !== undefined && parents !== undefined && strands.phase !== parents.phase)
    return {
      phase: 'unknown',
      because: `${strands.because}, but by the parents ${parents.because}: look at the reads`,
    }
  const known = strands ?? parents
  if (known !== undefined) return known
  const why =
    strangers.length > 0
      ? `by the genotypes ${strangers.join(' and ')} cannot tell as a parent`
      : unknownBecause(view, proband, a, b, one, two)
  return { phase: 'unknown', because: `${why}; ${whatWouldTell(view, proband, a, b, strangers)}` }
}

function callOf(view: FamilyView, id: string | undefined, variant: FamilyVariant): MemberCall | undefined {
  const place = id === undefined ? undefined : view.place(id)
  return place === undefined ? undefined : variant.calls[place]
}

/** Two ALT of one record, as in "1/2": neither copy is left. */
function isOnePlace(
  a: FamilyVariant,
  b: FamilyVariant,
  one: MemberCall | undefined,
  two: MemberCall | undefined,
): boolean {
  return (
    a.chromosome === b.chromosome &&
    a.position === b.position &&
    a.ref === b.ref &&
    one?.called === 2 &&
    one.genotype === two?.genotype &&
    !one.genotype.split(/[/|]/).includes('0')
  )
}

function byStrands(
  a: FamilyVariant,
  b: FamilyVariant,
  one: MemberCall | undefined,
  two: MemberCall | undefined,
): Phase | undefined {
  if (one?.strand === undefined || two?.strand === undefined) return undefined
  if (one.phaseSet !== two.phaseSet || a.chromosome !== b.chromosome) return undefined
  return one.strand === two.strand
    ? { phase: 'in-cis', because: 'the file has both on one strand' }
    : { phase: 'in-trans', because: 'the file has them on the two strands' }
}

function byParents(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
): Phase | undefined {
  const carries = (id: string | undefined) => [a, b].map((one) => carried(callOf(view, id, one), view.rules))
  const [father, mother] = [carries(proband.father), carries(proband.mother)]
  const is = (found: readonly Carried[], first: Carried, second: Carried) =>
    found[0] === first && found[1] === second
  for (const [from, other, name, otherName] of [
    [father, mother, proband.father, proband.mother],
    [mother, father, proband.mother, proband.father],
  ] as const) {
    if (is(from, 'yes', 'no') && is(other, 'no', 'yes'))
      return { phase: 'in-trans', because: `one from ${name}, the other from ${otherName}` }
    if (is(from, 'yes', 'yes') && is(other, 'no', 'no'))
      return { phase: 'in-cis', because: `both from ${name}` }
  }
  return undefined
}

/** Why nothing tells, with what one parent alone lets guess. */
function unknownBecause(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
  one: MemberCall | undefined,
  two: MemberCall | undefined,
): string {
  const phasedApart = one?.strand !== undefined && two?.strand !== undefined
  const strands = phasedApart
    ? 'the file phases each, in sets that do not meet'
    : 'neither the strands of the file nor the parents tell'
  for (const id of [proband.father, proband.mother]) {
    const found = [a, b].map((variant) => carried(callOf(view, id, variant), view.rules))
    const others = [proband.father, proband.mother].filter((other) => other !== id)
    const alone = others.every((other) =>
      [a, b].some((variant) => carried(callOf(view, other, variant), view.rules) === 'not-called'),
    )
    if (alone && found.includes('yes') && found.includes('no'))
      return `${strands}; ${id} carries one of the two only, so that they lie on two copies unless one is new`
  }
  return strands
}

function whatWouldTell(
  view: FamilyView,
  proband: PedigreeMember,
  a: FamilyVariant,
  b: FamilyVariant,
  strangers: readonly string[],
): string {
  const parents = [
    [proband.father, 'father'],
    [proband.mother, 'mother'],
  ] as const
  const unseen = parents.flatMap(([id, name]) => {
    if (id !== undefined && strangers.includes(id)) return []
    const calls = [a, b].map((variant) => carried(callOf(view, id, variant), view.rules))
    return calls.some((one) => one === 'not-called' || one === 'unsure') ? [id ?? `the ${name}`] : []
  })
  const apart = Math.abs(a.position - b.position)
  const reads = `${apart > SHORT_READS ? 'long reads' : 'reads'} that span both (${apart} bases apart)`
  return unseen.length === 0
    ? `${reads} would tell`
    : `sure genotypes of ${unseen.join(' and ')} at both places, or ${reads}, would tell`
}
