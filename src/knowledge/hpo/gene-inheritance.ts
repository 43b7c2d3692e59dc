import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { diseaseAnnotations, rowsOf } from './annotations.ts'
import { type InheritanceWay, WAYS } from './inheritance-way.ts'

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
