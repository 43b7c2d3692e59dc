import type { MemberCall } from '../../../record/family-variant.ts'
import type { Pedigree } from '../../../record/pedigree.ts'
import type { Assembly, Chromosome } from '../../../terms/genome.ts'
import { passes } from './reliability.ts'
import { ploidyOf } from './sex-chromosome.ts'

/** Sites with both genotypes that a statement about two people needs, and calls on X that one about a sex needs. */
const ENOUGH_SITES = 200
const ENOUGH_X = 50

/** How two people are related by their genotypes. */
export interface Kinship {
  readonly a: string
  readonly b: string
  /** KING-robust coefficient (Manichaikul 2010): 0.5 the same person, 0.25 parent, child or sibling, 0 unrelated; undefined: too few sites. */
  readonly coefficient: number | undefined
  readonly sites: number
  /** Share of the sites where they have no allele in common. */
  readonly noneShared: number | undefined
  readonly is: 'same' | 'first-degree' | 'second-degree' | 'third-degree' | 'unrelated' | 'unknown'
  /** What the pedigree says of them. */
  readonly stated: 'parent and child' | 'siblings' | 'not related as parent, child or siblings'
  readonly agrees: boolean | undefined
}

export interface SexCheck {
  readonly sample: string
  readonly stated: 'male' | 'female' | 'unknown'
  /** Share of heterozygous calls among those that show a variant on X outside the pseudoautosomal regions. */
  readonly heterozygousX: number | undefined
  readonly calls: number
  readonly is: 'male' | 'female' | 'unknown'
  readonly agrees: boolean | undefined
}

interface PairCounts {
  readonly a: number
  readonly b: number
  sites: number
  bothHeterozygous: number
  opposite: number
  heterozygousA: number
  heterozygousB: number
}

/** Of more members than this only parents and children are compared: all pairs of a cohort are too many. */
const ALL_PAIRS = 60

/**
 * Counts genotypes of a pedigree's members while a file is read, and says what they tell about it. Memory does not grow with the file.
 */
export class RelatednessCounter {
  readonly #samples: readonly string[]
  readonly #pedigree: Pedigree
  readonly #pairs: readonly PairCounts[]
  readonly #x: { variant: number; heterozygous: number }[]

  constructor(samples: readonly string[], pedigree: Pedigree) {
    this.#samples = samples
    this.#pedigree = pedigree
    this.#x = samples.map(() => ({ variant: 0, heterozygous: 0 }))
    this.#pairs = pairsOf(samples, pedigree).map(([a, b]) => ({
      a,
      b,
      sites: 0,
      bothHeterozygous: 0,
      opposite: 0,
      heterozygousA: 0,
      heterozygousB: 0,
    }))
  }

  /** Takes a record with one ALT; only substitutions that passed count, with at least 8 reads where reads are given. */
  see(
    assembly: Assembly,
    site: {
      readonly chromosome: Chromosome
      readonly position: number
      readonly ref: string
      readonly alt: string
      readonly filter: string
      readonly calls: readonly MemberCall[]
    },
  ): void {
    if (site.ref.length !== 1 || site.alt.length !== 1 || !passes(site.filter)) return
    const ploidy = ploidyOf(assembly, site.chromosome, site.position)
    if (ploidy === 'x-linked') {
      for (const [i, call] of site.calls.entries()) {
        if (!usable(call) || call.copies === 0) continue
        this.#x[i]!.variant++
        if (call.called === 2 && call.copies === 1) this.#x[i]!.heterozygous++
      }
      return
    }
    if (ploidy !== 'autosomal') return
    for (const counts of this.#pairs) {
      const [a, b] = [site.calls[counts.a]!, site.calls[counts.b]!]
      if (!usable(a) || !usable(b) || a.called !== 2 || b.called !== 2) continue
      counts.sites++
      if (a.copies === 1) counts.heterozygousA++
      if (b.copies === 1) counts.heterozygousB++
      if (a.copies === 1 && b.copies === 1) counts.bothHeterozygous++
      if (Math.abs(a.copies - b.copies) === 2) counts.opposite++
    }
  }

  kinships(): Kinship[] {
    return this.#pairs.map((counts) => {
      const [a, b] = [this.#samples[counts.a]!, this.#samples[counts.b]!]
      const coefficient = coefficientOf(counts)
      const is = degreeOf(coefficient)
      const stated = statedOf(this.#pedigree, a, b)
      return {
        a,
        b,
        coefficient: coefficient === undefined ? undefined : Number(coefficient.toFixed(3)),
        sites: counts.sites,
        noneShared: counts.sites === 0 ? undefined : Number((counts.opposite / counts.sites).toFixed(4)),
        is,
        stated,
        agrees: is === 'unknown' ? undefined : agreement(is, stated, counts),
      }
    })
  }

  sexes(): SexCheck[] {
    return this.#samples.flatMap((sample, i) => {
      const member = this.#pedigree.members.find(({ id }) => id === sample)
      if (member === undefined) return []
      const { variant, heterozygous } = this.#x[i]!
      const share = variant === 0 ? undefined : Number((heterozygous / variant).toFixed(3))
      const is =
        variant < ENOUGH_X || share === undefined
          ? 'unknown'
          : share > 0.3
            ? 'female'
            : share < 0.1
              ? 'male'
              : 'unknown'
      const stated = member.sex
      return {
        sample,
        stated,
        heterozygousX: share,
        calls: variant,
        is,
        agrees: is === 'unknown' || stated === 'unknown' ? undefined : is === stated,
      }
    })
  }
}

/** Places of the samples to compare, in the order of the file. */
function pairsOf(samples: readonly string[], { members }: Pedigree): (readonly [number, number])[] {
  const places = new Map(samples.map((sample, i) => [sample, i]))
  const seen = members.filter(({ id }) => places.has(id))
  const pairs = new Map<string, readonly [number, number]>()
  const add = (a: string, b: string | undefined) => {
    const [x, y] = [places.get(a), b === undefined ? undefined : places.get(b)]
    if (x === undefined || y === undefined || x === y) return
    const pair = [Math.min(x, y), Math.max(x, y)] as const
    pairs.set(pair.join(), pair)
  }
  if (seen.length > ALL_PAIRS)
    for (const { id, father, mother } of seen) for (const parent of [father, mother]) add(id, parent)
  else for (const [i, a] of seen.entries()) for (const b of seen.slice(i + 1)) add(a.id, b.id)
  return [...pairs.values()].sort(([a, b], [c, d]) => a - c || b - d)
}

const MIN_DEPTH = 8

function usable({ complete, depth, unsupported }: MemberCall): boolean {
  return complete && unsupported !== true && (depth === undefined || depth >= MIN_DEPTH)
}

/** KING-robust, between families: (N both heterozygous − 2 N opposite homozygotes) / (N heterozygous of a + of b). */
function coefficientOf(counts: PairCounts): number | undefined {
  const heterozygous = counts.heterozygousA + counts.heterozygousB
  if (counts.sites < ENOUGH_SITES || heterozygous === 0) return undefined
  return (counts.bothHeterozygous - 2 * counts.opposite) / heterozygous
}

/** The cut-offs of KING: halfway on the scale of powers of two. */
function degreeOf(coefficient: number | undefined): Kinship['is'] {
  if (coefficient === undefined) return 'unknown'
  if (coefficient > 0.354) return 'same'
  if (coefficient > 0.177) return 'first-degree'
  if (coefficient > 0.0884) return 'second-degree'
  return coefficient > 0.0442 ? 'third-degree' : 'unrelated'
}

function statedOf(pedigree: Pedigree, a: string, b: string): Kinship['stated'] {
  const [one, two] = [a, b].map((id) => pedigree.members.find((member) => member.id === id))
  if ([one?.father, one?.mother].includes(b) || [two?.father, two?.mother].includes(a))
    return 'parent and child'
  return one?.father !== undefined &&
    one.mother !== undefined &&
    one.father === two?.father &&
    one.mother === two.mother
    ? 'siblings'
    : 'not related as parent, child or siblings'
}

/** Parent and child share an allele almost everywhere, siblings do not; both are first degree. */
function agreement(is: Kinship['is'], stated: Kinship['stated'], counts: PairCounts): boolean {
  if (stated === 'not related as parent, child or siblings') return is !== 'same' && is !== 'first-degree'
  if (is !== 'first-degree') return false
  return stated === 'siblings' || counts.opposite / counts.sites < 0.01
}
