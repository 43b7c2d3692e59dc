import type { CodingEdit } from './coding-change.ts'

/** One allele of a haplotype, and the alleles before it. */
interface HaplotypeNode<T> {
  readonly edit: CodingEdit
  /** What the edit came from. */
  readonly from: T
  readonly parent: HaplotypeNode<T> | undefined
  readonly children: Map<string, HaplotypeNode<T>>
}

/**
 * Haplotypes of one transcript that begin alike, kept as one: a cohort has few haplotypes, and each is translated once.
 * Haplotypes are numbered; two for each sample.
 */
export class HaplotypeTree<T> {
  readonly #roots = new Map<string, HaplotypeNode<T>>()
  readonly #ends = new Map<number, HaplotypeNode<T>>()

  /** Adds an allele, named by `key`, to a haplotype. False when it overlaps the one before it. */
  extend(haplotype: number, key: string, edit: CodingEdit, from: T): boolean {
    const parent = this.#ends.get(haplotype)
    if (parent !== undefined && edit.at < parent.edit.at + parent.edit.length) return false
    const siblings = parent?.children ?? this.#roots
    let node = siblings.get(key)
    if (node === undefined) {
      node = { edit, from, parent, children: new Map() }
      siblings.set(key, node)
    }
    this.#ends.set(haplotype, node)
    return true
  }

  /** Every haplotype there is, its alleles in the order of the genome, with the numbers of those who carry it. */
  *haplotypes(): Generator<{
    readonly nodes: readonly HaplotypeNode<T>[]
    readonly carriers: readonly number[]
  }> {
    const carriers = new Map<HaplotypeNode<T>, number[]>()
    for (const [haplotype, end] of this.#ends) {
      const list = carriers.get(end)
      if (list === undefined) carriers.set(end, [haplotype])
      else list.push(haplotype)
    }
    for (const [end, list] of carriers) {
      const nodes: HaplotypeNode<T>[] = []
      for (let node: HaplotypeNode<T> | undefined = end; node !== undefined; node = node.parent)
        nodes.push(node)
      yield { nodes: nodes.reverse(), carriers: list }
    }
  }
}
