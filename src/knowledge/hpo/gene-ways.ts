import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Ways in which the diseases of a gene are inherited, all of them together. */
export interface GeneWays {
  readonly pack: PackRef
  /** "AR", "AD", "XL" …; empty: nothing is annotated of the gene. */
  of(symbol: string): readonly string[]
}

const GENE_WAYS_PACK = 'gene-ways'

/**
 * Newer than the annotations of diseases, and without the diseases: it knows genes that those link to none (HEXA). It says what may
 * concern children, and never ranks a disease. Throws FACTS_*, TABLE_COLUMN_MISSING.
 */
export function geneWays(facts: Facts): GeneWays {
  return facts.derived(GENE_WAYS_PACK, () => {
    const pack = facts.pack(GENE_WAYS_PACK)
    const rows = readTable(pack.text('ways.tsv'), ['gene', 'ways'], `${pack.folder}/ways.tsv`)
    const ways = new Map(rows.map((row) => [row.gene, row.ways.split(',')]))
    return { pack: pack.ref, of: (symbol) => ways.get(symbol) ?? [] }
  })
}
