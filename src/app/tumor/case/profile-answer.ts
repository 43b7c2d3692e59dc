import type { Contradiction, LeftOut } from '../../../record/tumor-part.ts'
import type {
  CopyNumberCall,
  Fusion,
  SomaticVariant,
  TumorAssay,
  TumorMarker,
} from '../../../record/tumor-profile.ts'

/** What was understood of the files of one tumour. */
export interface ProfileAnswer {
  readonly assembly: string | undefined
  readonly files: readonly {
    readonly file: string
    readonly format: string
    readonly content: readonly string[]
    readonly records: number
    readonly leftOut: readonly LeftOut[]
    readonly notes: readonly string[]
  }[]
  readonly counts: {
    readonly variants: number
    readonly proteinChanging: number
    readonly effectUnknown: number
    readonly byEffect: Readonly<Record<string, number>>
    readonly genesWithCopyNumber: number
    readonly segments: number
    readonly ratios: number
    readonly fusions: number
    readonly expression: number
  }
  /** Variants that change the protein, in the order of the files. */
  readonly proteinChanging: readonly SomaticVariant[]
  /** Calls other than neutral. */
  readonly copyNumbers: readonly CopyNumberCall[]
  readonly fusions: readonly Fusion[]
  readonly markers: readonly TumorMarker[]
  readonly assay: TumorAssay | undefined
  readonly purity: number | undefined
  readonly ploidy: number | undefined
  /** Genes that were tested, by what was looked for; "unknown": nobody said, so nothing is known of a gene without a result. */
  readonly tested: Readonly<
    Record<'variants' | 'copyNumbers' | 'fusions', readonly string[] | 'all' | 'unknown'>
  >
  readonly contradictions: readonly Contradiction[]
  readonly notes: readonly string[]
}
