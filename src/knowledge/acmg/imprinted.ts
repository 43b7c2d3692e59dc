import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

const IMPRINTED_PACK = 'imprinted-genes'

/** A gene of which the copy of one parent alone is active. */
export interface ImprintedGene {
  readonly gene: string
  /** Whose copy is active. */
  readonly active: 'mother' | 'father'
  readonly disease: string
  readonly source: string
}

export interface ImprintedGenes {
  readonly pack: PackRef
  of(gene: string): ImprintedGene | undefined
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING; a row that cannot be read is a defect of the pack and throws plainly. */
export function imprintedGenes(facts: Facts): ImprintedGenes {
  return facts.derived(IMPRINTED_PACK, () => {
    const pack = facts.pack(IMPRINTED_PACK)
    const rows = readTable(
      pack.text('genes.tsv'),
      ['gene', 'active copy', 'disease', 'source'],
      `${pack.folder}/genes.tsv`,
    )
    const genes = new Map(
      rows.map(({ gene, disease, source, 'active copy': active }) => [
        gene,
        { gene, active: z.enum(['mother', 'father']).parse(active), disease, source },
      ]),
    )
    return { pack: pack.ref, of: (gene) => genes.get(gene) }
  })
}
