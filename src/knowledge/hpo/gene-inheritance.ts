import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { diseaseAnnotations, rowsOf } from './annotations.ts'

/** How a disease is inherited; other: in no way of Mendel's (digenic, polygenic). */
export type InheritanceWay = 'AD' | 'AR' | 'XD' | 'XR' | 'XL' | 'YL' | 'SD' | 'MT' | 'other'

/** HPO terms (HP:0000005, "Mode of inheritance") by their digits. What is no way of its own (sporadic, penetrance) is left out. */
const WAYS: Readonly<Record<string, InheritanceWay>> = {
  '0000006': 'AD',
  '0012274': 'AD',
  '0012275': 'AD',
  '0000007': 'AR',
  '0001417': 'XL',
  '0001419': 'XR',
  '0001423': 'XD',
  '0001450': 'YL',
  '0032113': 'SD',
  '0001427': 'MT',
  '0001426': 'other',
  '0010982': 'other',
  '0010983': 'other',
  '0010984': 'other',
}

/** A disease of a gene. */
export interface InheritedDisease {
  /** "OMIM:219700". */
  readonly id: string
  readonly name: string
  /** Empty: the annotations do not say. */
  readonly ways: readonly InheritanceWay[]
}

export interface GeneInheritance {
  readonly ref: PackRef
  /** Diseases of OMIM that name the gene, in the order of the pack. */
  of(symbol: string): readonly InheritedDisease[]
}

/** How the diseases of each gene are inherited, by the annotations of HPO. */
export function geneInheritance(facts: Facts): GeneInheritance {
  return facts.derived('gene-inheritance', () => {
    const { ref, diseases } = diseaseAnnotations(facts)
    const genes = new Map<string, InheritedDisease[]>()
    for (const { id, name, genes: own, groups } of diseases) {
      if (!id.startsWith('OMIM:')) continue
      const ways = groups
        .filter(({ aspect }) => aspect === 'I')
        .flatMap((group) => rowsOf(group).flatMap(({ term, not }) => (not ? [] : (WAYS[term] ?? []))))
      for (const { symbol } of own) {
        const list = genes.get(symbol) ?? []
        genes.set(symbol, list)
        list.push({ id, name, ways: [...new Set(ways)] })
      }
    }
    return { ref, of: (symbol) => genes.get(symbol) ?? [] }
  })
}
