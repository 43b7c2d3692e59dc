import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { type UsualNumbering, usualNumbering } from './residue-numbering.ts'

/** Residues (or bases of the coding sequence) [from, to], 1-based. */
export interface Residues {
  readonly from: number
  readonly to: number
}

/** Pack with the places of exons and kinase domains on proteins. */
const PROTEIN_PLACES_PACK = 'protein-places'

/** Where exons and kinase domains lie on the protein of the usual transcript; undefined: not listed, so not known. */
export interface ProteinPlaces {
  /** "exon 19", "kinase domain", "SH2 domain", "internal duplication", without regard to case. */
  region(gene: string, name: string): Residues | undefined
  /** First and last base of an exon in the numbering of coding sequences, once for each transcript that reports use. */
  codingExon(gene: string, exon: number): readonly Residues[]
  readonly usual: UsualNumbering
  /** What a fusion keeps of a gene only where it is the 3' partner ("kinase"); undefined: not listed. */
  threeEnd(gene: string): string | undefined
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
    const exons = Map.groupBy(
      readTable(
        pack.text('coding-exons.tsv'),
        ['gene', 'exon', 'from', 'to'],
        `${pack.folder}/coding-exons.tsv`,
      ),
      ({ gene, exon }) => `${gene} ${exon}`,
    )
    const ends = new Map(
      readTable(pack.text('fusion-ends.tsv'), ['gene', 'what'], `${pack.folder}/fusion-ends.tsv`).map(
        (row) => [row.gene, row.what],
      ),
    )
    return {
      region: (gene, name) => places.get(`${gene} ${name.toLowerCase()}`),
      codingExon: (gene, exon) =>
        (exons.get(`${gene} ${exon}`) ?? []).map(({ from, to }) => ({ from: Number(from), to: Number(to) })),
      usual: usualNumbering(facts),
      threeEnd: (gene) => ends.get(gene),
    }
  })
}

/** Every place that is listed of a gene, from its first residue on. */
export function placesOf(facts: Facts, gene: string): readonly (Residues & { readonly name: string })[] {
  const pack = facts.pack(PROTEIN_PLACES_PACK)
  const rows = facts.derived('places of genes', () =>
    Map.groupBy(
      readTable(pack.text('places.tsv'), ['gene', 'place', 'from', 'to'], `${pack.folder}/places.tsv`),
      (row) => row.gene,
    ),
  )
  return (rows.get(gene) ?? [])
    .map(({ place, from, to }) => ({ name: place, from: Number(from), to: Number(to) }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
}
