/** Why something about a position is not known. A missing position is not a reference genotype. */
export type Gap =
  /** The file has no record and no reference block covering the position. */
  | { readonly kind: 'not-in-file'; readonly locus: string }
  /** The file has a record, but the genotype is not called ("./."). */
  | { readonly kind: 'no-call'; readonly locus: string }
  /** Only one of two alleles was called ("0/."). */
  | { readonly kind: 'half-call'; readonly locus: string; readonly genotype: string }
  /** The caller marked the site as unreliable. */
  | { readonly kind: 'filtered'; readonly locus: string; readonly filter: string }
  | { readonly kind: 'low-depth'; readonly locus: string; readonly reads: number; readonly atLeast: number }
  | {
      readonly kind: 'low-quality'
      readonly locus: string
      readonly quality: number
      readonly atLeast: number
    }
  /** A heterozygous call where all reads show one allele. */
  | {
      readonly kind: 'reads-contradict'
      readonly locus: string
      readonly genotype: string
      readonly alleleDepths: readonly number[]
    }
  /** Several records of the file speak about the position and do not agree. */
  | { readonly kind: 'records-contradict'; readonly locus: string; readonly genotypes: readonly string[] }
  /** Two files of the same person call the position differently. */
  | { readonly kind: 'files-contradict'; readonly locus: string; readonly genotypes: readonly string[] }
  /** The file's REF is not the base the definition expects: another build, strand or a wrong record. */
  | {
      readonly kind: 'reference-mismatch'
      readonly locus: string
      readonly found: string
      readonly expected: string
    }
  /** The genotype uses an allele that cannot be read as bases here ("<DEL>", "*", "N"). */
  | { readonly kind: 'unreadable-allele'; readonly locus: string; readonly allele: string }
  /** The position has no known counterpart in the file's genome build. */
  | { readonly kind: 'not-in-build'; readonly locus: string; readonly assembly: string }

/** A value, or the reasons why there is none: about a position of a genome, or of another kind. */
export type Answer<T, Reason = Gap> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly because: readonly [Reason, ...Reason[]] }
