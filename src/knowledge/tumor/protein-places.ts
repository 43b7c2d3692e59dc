import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Residues [from, to], 1-based. */
export interface Residues {
  readonly from: number
  readonly to: number
}

/** Pack with the places of exons and kinase domains on proteins. */
export const PROTEIN_PLACES_PACK = 'protein-places'

/** Where exons and kinase domains lie on the protein of the usual transcript; undefined: not listed, so not known. */
export interface ProteinPlaces {
  /** "exon 19", "kinase domain", "SH2 domain", "internal duplication", without regard to case. */
  region(gene: string, name: string): Residues | undefined
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function proteinPlaces(facts: Facts): ProteinPlaces {
  return facts.derived(PROTEIN_PLACES_PACK, () => {
    const pack = facts.pack(PROTEIN_PLACES_PACK)
    const places = new Map(
      readTable(pack.text('places.tsv'), ['gene', 'place', 'from', 'to'], `${pack.folder}/places.tsv`).map(
        (row) => [`${row.gene} ${row.place.toLowerCase()}`, { from: Number(row.from), to: Number(row.to) }],
      ),
    )
    return { region: (gene, name) => places.get(`${gene} ${name.toLowerCase()}`) }
  })
}
