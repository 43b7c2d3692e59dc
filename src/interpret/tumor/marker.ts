/** What can be asked of the whole tumour, as its laboratory measured it; it belongs to no gene. */
export type Marker =
  | {
      readonly kind: 'protein'
      /** The protein by the field's name: "HER2", "PD-L1", "CLDN18.2". */
      readonly protein: string
      readonly status: 'positive' | 'low' | 'ultralow' | 'negative'
    }
  | {
      readonly kind: 'protein-score'
      readonly protein: string
      readonly scale: ProteinScale
      /** This value or more. */
      readonly least: number
    }
  | { readonly kind: 'microsatellites-high' }
  | { readonly kind: 'mismatch-repair'; readonly status: 'deficient' | 'proficient' }
  | { readonly kind: 'homologous-recombination-deficient' }
  /** Mutations per megabase, this many or more. */
  | { readonly kind: 'mutational-burden'; readonly least: number }
  /** Part of a chromosome is lost: "5q". */
  | { readonly kind: 'arm-deletion'; readonly arm: string }

/** How a stain is counted; scores of two scales are not one another. */
export type ProteinScale = 'TPS' | 'CPS' | 'IC' | 'TC' | 'TAP' | 'IHC'
