import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { SecondaryList } from '../../../knowledge/acmg/secondary.ts'
import type { GeneInheritance, InheritedDisease } from '../../../knowledge/hpo/gene-inheritance.ts'
import type { GeneWays } from '../../../knowledge/hpo/gene-ways.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import { type PackRef, packRefText } from '../../../terms/evidence.ts'
import type { InheritanceFit } from '../../finding/germline.ts'
import type { Ploidy } from './sex-chromosome.ts'

/** What the knowledge says of a gene whose diseases are all recessive. */
export interface RecessiveGene {
  readonly symbol: string
  readonly way: 'autosomal recessive' | 'X-linked recessive'
  /** Names of the diseases; empty where only the way is known. */
  readonly diseases: readonly string[]
  readonly source: PackRef
}

const NAMED = 3

/**
 * The gene, if every disease known of it is recessive. Undefined where one of them is inherited in another way, where the way of one is
 * not annotated, or where nothing is known: then one changed copy may be the cause.
 */
export function recessiveGene(
  symbol: string | undefined,
  ploidy: Ploidy,
  { inheritance, rules, list }: RecessiveSources,
): RecessiveGene | undefined {
  if (symbol === undefined || (ploidy !== 'autosomal' && ploidy !== 'x-linked')) return undefined
  const way = ploidy === 'autosomal' ? 'AR' : 'XR'
  const diseases = inheritance.of(symbol)
  const lists = [
    ...(rules.gene(symbol)?.inheritance ?? []),
    ...list.of(symbol).map(({ inheritance: one }) => one),
  ]
  // The lists of experts say X-linked without more.
  const agree = lists.every((one) => one === 'AR' || (ploidy === 'x-linked' && one === 'XL'))
  const annotated = diseases.every(({ ways }) => ways.length > 0 && ways.every((one) => one === way))
  const known = diseases.length > 0 || (ploidy === 'autosomal' && lists.length > 0)
  if (!agree || !annotated || !known) return undefined
  return {
    symbol,
    way: ploidy === 'autosomal' ? 'autosomal recessive' : 'X-linked recessive',
    diseases: diseases.map(({ name }) => name),
    source:
      diseases.length > 0 ? inheritance.ref : rules.gene(symbol)?.inheritance.length ? rules.pack : list.pack,
  }
}

/**
 * What one changed copy means for each disease of a gene that has dominant and recessive ones; undefined where the annotations do not
 * tell of both.
 */
export function mixedWays(
  symbol: string | undefined,
  ploidy: Ploidy,
  inheritance: GeneInheritance,
): string | undefined {
  if (symbol === undefined || ploidy !== 'autosomal') return undefined
  const diseases = inheritance.of(symbol)
  const dominant = diseases.filter(({ ways }) => ways.includes('AD') || ways.includes('SD'))
  const recessive = diseases.filter(({ ways }) => ways.length > 0 && ways.every((one) => one === 'AR'))
  if (dominant.length === 0 || recessive.length === 0) return undefined
  const names = (list: readonly InheritedDisease[]) => namesText(list.map(({ name }) => name))
  return `${symbol} has dominant diseases (${names(dominant)}) and recessive ones, for which one copy is a carrier state (${names(recessive)}), in ${packRefText(inheritance.ref)}`
}

/**
 * Whether one changed copy matters to the children of somebody who need not be ill of it: a recessive disease of the gene is known, or an
 * X-linked one. A woman who is ill and has a change of a gene of an X-linked dominant disease is no carrier, but ill of it.
 */
export function concernsChildren(
  symbol: string,
  ploidy: Ploidy,
  { sex, affected }: Pick<PedigreeMember, 'sex' | 'affected'>,
  { inheritance, rules, list, ways: newer }: RecessiveSources & { readonly ways: GeneWays },
): boolean {
  const ways = new Set<string>([
    ...(rules.gene(symbol)?.inheritance ?? []),
    ...list.of(symbol).map(({ inheritance: one }) => one),
    ...inheritance.of(symbol).flatMap((one) => one.ways),
    ...newer.of(symbol),
  ])
  if (ploidy === 'autosomal') return ways.has('AR')
  if (ploidy !== 'x-linked' || sex === 'male' || (affected === true && ways.has('XD'))) return false
  return ['XL', 'XR', 'XD'].some((way) => ways.has(way))
}

function namesText(names: readonly string[]): string {
  const more = names.length - NAMED
  return `${names.slice(0, NAMED).join('; ')}${more > 0 ? `; ${more} more` : ''}`
}

interface RecessiveSources {
  readonly inheritance: GeneInheritance
  readonly rules: AcmgCriteria
  readonly list: SecondaryList
}

/**
 * The ways of inheritance of one changed copy of a gene whose diseases are all recessive: none of them is dominant. What is left beside a
 * pair or a new variant is a carrier state. `sure`: the person's own call is relied upon.
 */
export function withCarrierState(
  fits: readonly InheritanceFit[],
  gene: RecessiveGene,
  sure: boolean,
): readonly InheritanceFit[] {
  const others = fits.filter(({ mode }) => mode !== 'dominant' && mode !== 'x-linked')
  const pairs = others.filter(({ mode }) => mode === 'compound-heterozygous')
  if (pairs.some(({ certainty }) => certainty === 'sure')) return others
  const diseases = gene.diseases.length === 0 ? '' : `${namesText(gene.diseases)}; `
  const second =
    pairs.length > 0
      ? ', unless the other variant lies on the other copy'
      : gene.way === 'X-linked recessive'
        ? '; signs in women depend on which X is silenced'
        : '; no second change was found, and a deletion, a repeat or a change that was not read would not show here'
  const because = `one changed copy of ${gene.symbol}, whose annotated diseases are all ${gene.way} (${diseases}${packRefText(gene.source)}): not a diagnosis by itself${second}`
  return [...others, { mode: 'carrier-state', certainty: sure ? 'sure' : 'possible', because }]
}
