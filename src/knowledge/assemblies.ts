import type { Facts } from './facts.ts'
import { readTable } from './table.ts'

export const ASSEMBLIES_PACK = 'assemblies'
export type AssemblyName = 'GRCh37' | 'GRCh38'

/** One chromosome of one assembly. */
export interface ReferenceSequence {
  readonly assembly: AssemblyName
  /** "1" … "22", "X", "Y", "MT". */
  readonly chromosome: string
  /** RefSeq accession with version, "NC_000010.11". */
  readonly refseq: string
  /** Bases. */
  readonly length: number
  /** GA4GH refget digest, "SQ.…". */
  readonly refget: string
}

/** Where a position lies in another assembly: between the two bounds, both included; equal when it is known exactly. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

interface Block {
  readonly start37: number
  readonly end37: number
  readonly start38: number
}

/** Reference sequences by accession, and positions carried from one assembly to the other. Positions are 1-based. */
export class Assemblies {
  readonly #sequences: ReadonlyMap<string, ReferenceSequence>
  readonly #blocks: ReadonlyMap<string, readonly Block[]>

  constructor(
    sequences: ReadonlyMap<string, ReferenceSequence>,
    blocks: ReadonlyMap<string, readonly Block[]>,
  ) {
    this.#sequences = sequences
    this.#blocks = blocks
  }

  sequence(refseq: string): ReferenceSequence | undefined {
    return this.#sequences.get(refseq)
  }

  /** Every chromosome of every assembly. */
  get sequences(): readonly ReferenceSequence[] {
    return [...this.#sequences.values()]
  }

  of(assembly: AssemblyName, chromosome: string): ReferenceSequence | undefined {
    for (const one of this.#sequences.values())
      if (one.assembly === assembly && one.chromosome === chromosome) return one
    return undefined
  }

  /**
   * Exact inside a block. Outside it lies between the nearest blocks before and after, because the order of positions
   * along a chromosome is taken to be the same in both assemblies.
   */
  lift(chromosome: string, from: AssemblyName, position: number): Bounds {
    const shiftFrom = (block: Block) => (from === 'GRCh37' ? block.start37 : block.start38)
    const shiftTo = (block: Block) => (from === 'GRCh37' ? block.start38 : block.start37)
    let low = 1
    let high = this.of(from === 'GRCh37' ? 'GRCh38' : 'GRCh37', chromosome)?.length ?? Number.MAX_SAFE_INTEGER
    for (const block of this.#blocks.get(chromosome) ?? []) {
      const length = block.end37 - block.start37
      const start = shiftFrom(block)
      const lifted = shiftTo(block) + (position - start)
      if (position >= start && position <= start + length) return { low: lifted, high: lifted }
      if (start + length < position) low = Math.max(low, shiftTo(block) + length)
      else high = Math.min(high, shiftTo(block))
    }
    return { low, high }
  }
}

export function assemblies(facts: Facts): Assemblies {
  return facts.derived(ASSEMBLIES_PACK, () => {
    const pack = facts.pack(ASSEMBLIES_PACK)
    const where = (file: string) => `${pack.folder}/${file}`
    const sequences = new Map<string, ReferenceSequence>()
    const columns = ['assembly', 'chromosome', 'refseq', 'length', 'refget'] as const
    for (const row of readTable(pack.text('sequences.tsv'), columns, where('sequences.tsv'))) {
      const { chromosome, refseq, refget } = row
      sequences.set(refseq, {
        assembly: row.assembly as AssemblyName,
        chromosome,
        refseq,
        length: Number(row.length),
        refget,
      })
    }
    const blocks = new Map<string, Block[]>()
    const spans = ['chromosome', 'grch37_start', 'grch37_end', 'grch38_start'] as const
    for (const row of readTable(pack.text('blocks.tsv'), spans, where('blocks.tsv'))) {
      const list = blocks.get(row.chromosome) ?? []
      blocks.set(row.chromosome, list)
      list.push({
        start37: Number(row.grch37_start),
        end37: Number(row.grch37_end),
        start38: Number(row.grch38_start),
      })
    }
    return new Assemblies(sequences, blocks)
  })
}
