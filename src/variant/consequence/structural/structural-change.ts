/** The alteration of the genome, as the Sequence Ontology names it. */
export const ALTERATIONS = {
  deletion: 'SO:0000159',
  duplication: 'SO:1000035',
  tandem_duplication: 'SO:1000173',
  inversion: 'SO:1000036',
  copy_number_loss: 'SO:0001743',
  copy_number_gain: 'SO:0001742',
  /** A join of two places, whatever made it. */
  chromosome_breakpoint: 'SO:0001021',
} as const
export type Alteration = keyof typeof ALTERATIONS

/** One end of a join: the bases up to a position (left), or from it on (right), are kept. */
export interface BreakEnd {
  readonly contig: string
  /** 1-based; the last base that is kept. */
  readonly position: number
  readonly keeps: 'left' | 'right'
}

/** What a symbolic or breakend ALT does to the genome. */
export interface StructuralChange {
  readonly alteration: Alteration
  /** Bases that are lost, repeated or turned, 1-based [begin, end]; undefined for a join that takes nothing away by itself. */
  readonly stretch: { readonly begin: number; readonly end: number } | undefined
  /** Ends that lie beside each other in the changed genome; an end of which the file does not tell the other is alone. */
  readonly joins: readonly (readonly [BreakEnd] | readonly [BreakEnd, BreakEnd])[]
  /** Bases that a join has between its ends; undefined where the file does not tell them. */
  readonly inserted: number | undefined
  /** Bases by which the ends may lie elsewhere (CIPOS, CIEND); undefined: not exact, and by how much is not told. */
  readonly slack: number | undefined
  /** Copies that the file states; of both chromosomes, or where ALT is "<CNn>" of one. */
  readonly copies: number | undefined
}

/** What a record tells beside POS, REF and ALT. */
export interface StructuralFields {
  /** The text of an INFO entry. */
  readonly info: (key: string) => string | undefined
  /** FORMAT CN of every sample. */
  readonly copyNumbers: readonly (number | undefined)[]
}

export const NO_FIELDS: StructuralFields = { info: () => undefined, copyNumbers: [] }

/** Where an ALT stands: `allele` 1 is the first of `alleles`. */
export interface AltPlace {
  readonly contig: string
  /** 1-based; the base before the change. */
  readonly position: number
  readonly ref: string
  readonly alt: string
  readonly allele: number
  readonly alleles: number
}
