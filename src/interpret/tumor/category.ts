/** A set of alterations that knowledge speaks of, rather than one change. */
export type Category =
  /** One amino acid change, one letter: "V600E". */
  | { readonly kind: 'change'; readonly gene: string; readonly change: string }
  /** Any missense change of a residue, but not to the amino acids of `not`: "V600", "V600 not E". */
  | {
      readonly kind: 'residue'
      readonly gene: string
      readonly residue: string
      readonly not: readonly string[]
    }
  | { readonly kind: 'mutation'; readonly gene: string }
  | { readonly kind: 'truncating'; readonly gene: string }
  | { readonly kind: 'wild-type'; readonly gene: string }
  | { readonly kind: 'biallelic-loss'; readonly gene: string }
  | {
      readonly kind: 'exon'
      readonly gene: string
      readonly exon: number
      readonly what: 'mutation' | 'deletion' | 'insertion'
    }
  | { readonly kind: 'kinase-domain'; readonly gene: string }
  | {
      readonly kind: 'copy-number'
      readonly gene: string
      readonly call: 'amplification' | 'loss' | 'deep-deletion'
    }
  /** `partner` undefined: any. */
  | { readonly kind: 'fusion'; readonly gene: string; readonly partner: string | undefined }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Category[] }
  | { readonly kind: 'not'; readonly of: Category }
