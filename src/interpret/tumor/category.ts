import type { SomaticVariant } from '../../record/tumor-profile.ts'
import type { Marker } from './marker.ts'

/** A set of alterations that knowledge speaks of, rather than one change. */
export type Category =
  | Marker
  /** One amino acid change, one letter: "V600E". "485_490del" names places without residues. */
  | { readonly kind: 'change'; readonly gene: string; readonly change: string }
  /** One change of the coding sequence by its HGVS name: "c.340+1G>A". */
  | { readonly kind: 'coding'; readonly gene: string; readonly change: string }
  /** Changes at a place of the genome, of either build that it is known on. */
  | { readonly kind: 'place'; readonly gene: string; readonly at: readonly GenomePlace[] }
  /** Any missense change of a residue, but not to the amino acids of `not`: "V600", "V600 not E". */
  | {
      readonly kind: 'residue'
      readonly gene: string
      readonly residue: string
      readonly not: readonly string[]
    }
  | { readonly kind: 'mutation'; readonly gene: string }
  | { readonly kind: 'truncating'; readonly gene: string }
  | { readonly kind: 'frameshift'; readonly gene: string }
  /** A change that takes the function away; of a missense change that is not known from its name. */
  | { readonly kind: 'loss-of-function'; readonly gene: string }
  | { readonly kind: 'activating'; readonly gene: string }
  /** A change that is called harmful, inherited, acquired, or `origin` undefined: either. */
  | {
      readonly kind: 'pathogenic'
      readonly gene: string
      readonly origin: 'germline' | 'somatic' | undefined
    }
  | { readonly kind: 'internal-duplication'; readonly gene: string }
  | { readonly kind: 'wild-type'; readonly gene: string }
  | { readonly kind: 'biallelic-loss'; readonly gene: string }
  /** Exons [from, to], both within. `loss`: they are missing whole; `skipping`: the transcript leaves them out. */
  | {
      readonly kind: 'exon'
      readonly gene: string
      readonly from: number
      readonly to: number
      readonly what: 'mutation' | 'deletion' | 'insertion' | 'frameshift' | 'skipping' | 'loss'
    }
  /** A stretch of the protein by name: "kinase domain", "SH2 domain", "N-terminal". */
  | {
      readonly kind: 'region'
      readonly gene: string
      readonly region: string
      readonly what: 'change' | 'frameshift'
    }
  | {
      readonly kind: 'copy-number'
      readonly gene: string
      readonly call: 'amplification' | 'loss' | 'deep-deletion'
    }
  /** `partner` undefined: any. `exons`: which are joined, as "E20;A20". */
  | {
      readonly kind: 'fusion'
      readonly gene: string
      readonly partner: string | undefined
      readonly exons?: string
    }
  /** What a protein stain tells; expression of RNA is not part of a profile. */
  | { readonly kind: 'expression'; readonly gene: string; readonly level: 'any' | 'high' | 'low' }
  | { readonly kind: 'and'; readonly of: readonly Category[] }
  | { readonly kind: 'or'; readonly of: readonly Category[] }
  | { readonly kind: 'not'; readonly of: Category }

/** [from, to], 1-based, without "chr"; alleles as HGVS trims them, "" where nothing is left; undefined: any change in it. */
export interface GenomePlace {
  readonly assembly: SomaticVariant['assembly']
  readonly chromosome: string
  readonly from: number
  readonly to: number
  readonly alleles: { readonly ref: string; readonly alt: string } | undefined
}

/** Whether a profile belongs to a category, in three values. */
export interface CategoryMatch {
  readonly state: 'met' | 'not-met' | 'unknown'
  /** What was found or looked for, in short sentences. */
  readonly because: readonly string[]
  /** What would have to be known; empty unless unknown. */
  readonly missing: readonly string[]
}

/** One pattern of one gene. */
export type CategoryLeaf = Exclude<Category, { kind: 'and' | 'or' | 'not' } | Marker>

/** Every single pattern of a gene in a category, also those under NOT; markers of the whole tumour are none. */
export function leavesOf(category: Category): readonly CategoryLeaf[] {
  switch (category.kind) {
    case 'and':
    case 'or':
      return category.of.flatMap(leavesOf)
    case 'not':
      return leavesOf(category.of)
    default:
      return 'gene' in category ? [category] : []
  }
}
