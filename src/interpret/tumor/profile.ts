import type { SomaticVariant } from '../finding/tumor.ts'

/** Genes that an assay looked at; 'all' of a whole exome or genome. undefined: nobody said, so nothing is known of a gene without a result. */
export type Covered = ReadonlySet<string> | 'all' | undefined

/** A gene-level call of copy number. */
export interface CopyNumberCall {
  readonly gene: string
  readonly call: 'amplification' | 'gain' | 'neutral' | 'loss' | 'deep-deletion'
}

/** Two genes joined, 5' partner first; undefined: the partner is not known. */
export interface Fusion {
  readonly five: string | undefined
  readonly three: string | undefined
}

/** What was found in one tumour, and what was looked for. A gene that was not covered is "not tested", never "wild type". */
export interface TumorProfile {
  readonly sample: string | undefined
  readonly variants: readonly SomaticVariant[]
  readonly copyNumbers: readonly CopyNumberCall[]
  readonly fusions: readonly Fusion[]
  readonly covered: {
    readonly variants: Covered
    readonly copyNumbers: Covered
    readonly fusions: Covered
  }
}

/** Whether a gene was looked at in that way; undefined: not known. */
export function isCovered(covered: Covered, gene: string): boolean | undefined {
  return covered === undefined ? undefined : covered === 'all' || covered.has(gene)
}
