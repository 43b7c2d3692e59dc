import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** A place of the genome with its alleles as VCF writes them; without "chr", 1-based. */
interface NamedPlace {
  readonly chromosome: string
  readonly position: number
  readonly ref: string
  readonly alt: string
}

/** What reports name otherwise than knowledge does. */
export interface UsualNumbering {
  readonly change: UsualChange
  /** Where a change outside the protein lies that reports name by the coding sequence alone: TERT "c.-124C>T". */
  place(gene: string, name: string, assembly: string): NamedPlace | undefined
}

/**
 * A change of a gene, in one letter, in the numbering that knowledge uses: MET "D1028N" of the longer transcript is "D1010N". A
 * residue is listed only where the other numbering has another amino acid at that number, so its letter tells which is meant.
 * What is not listed stays as it is written; so does a stretch of which only one end is listed.
 */
type UsualChange = (gene: string, change: string) => string

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function usualNumbering(facts: Facts): UsualNumbering {
  return facts.derived('numbering of residues', () => {
    const pack = facts.pack('protein-places')
    const rows = readTable(
      pack.text('numbering.tsv'),
      ['gene', 'written', 'usual'],
      `${pack.folder}/numbering.tsv`,
    )
    const genes = new Set(rows.map(({ gene }) => gene))
    const residues = new Map(rows.map(({ gene, written, usual }) => [`${gene} ${written}`, usual]))
    const named = new Map(
      readTable(
        pack.text('named-places.tsv'),
        ['gene', 'name', 'assembly', 'chromosome', 'position', 'ref', 'alt'],
        `${pack.folder}/named-places.tsv`,
      ).map(({ gene, name, assembly, position, ...row }) => [
        `${gene} ${name} ${assembly}`,
        { ...row, position: Number(position) },
      ]),
    )
    const change: UsualChange = (gene, change) => {
      if (!genes.has(gene)) return change
      const [all, from = '', to, edit = ''] = /^([A-Z]\d+)(?:_([A-Z]\d+))?(.*)$/.exec(change) ?? []
      if (all === undefined) return change
      const [start, end] = [residues.get(`${gene} ${from}`), to && residues.get(`${gene} ${to}`)]
      if (start === undefined || (to !== undefined && end === undefined)) return change
      return `${start}${to === undefined ? '' : `_${end}`}${edit}`
    }
    return { change, place: (gene, name, assembly) => named.get(`${gene} ${name} ${assembly}`) }
  })
}
