import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/**
 * A change of a gene, in one letter, in the numbering that knowledge uses: MET "D1028N" of the longer transcript is "D1010N". A
 * residue is listed only where the other numbering has another amino acid at that number, so its letter tells which is meant.
 * What is not listed stays as it is written; so does a stretch of which only one end is listed.
 */
export type UsualNumbering = (gene: string, change: string) => string

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
    return (gene, change) => {
      if (!genes.has(gene)) return change
      const [all, from = '', to, edit = ''] = /^([A-Z]\d+)(?:_([A-Z]\d+))?(.*)$/.exec(change) ?? []
      if (all === undefined) return change
      const [start, end] = [residues.get(`${gene} ${from}`), to && residues.get(`${gene} ${to}`)]
      if (start === undefined || (to !== undefined && end === undefined)) return change
      return `${start}${to === undefined ? '' : `_${end}`}${edit}`
    }
  })
}
