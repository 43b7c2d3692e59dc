import type { PersonConditions } from './person-condition.ts'
import type { TumorProfile } from './tumor-profile.ts'

/** What was not taken into a profile, and why. */
export interface LeftOut {
  /** In words a reader of the report understands: "filter weak_evidence". */
  readonly reason: string
  readonly count: number
  /** The first few, by name or place. */
  readonly examples: readonly string[]
}

/** What a file speaks of. */
export type TumorContent =
  | 'small variants'
  | 'copy number segments'
  | 'copy number of genes'
  | 'fusions'
  | 'expression'
  | 'markers'
  | 'assay'

/** What one file says of one sample. */
export interface TumorPart {
  /** The file as it was called. */
  readonly file: string
  readonly format: string
  readonly content: readonly TumorContent[]
  /** undefined: the file does not name its sample. */
  readonly sample: string | undefined
  readonly said: Partial<Omit<TumorProfile, 'sample'>>
  /** Records that were looked at. */
  readonly records: number
  readonly leftOut: readonly LeftOut[]
  /** What a reader must know: "no matched normal is named". */
  readonly notes: readonly string[]
  /** What a record in the file says of other conditions of the person; left out: it holds no record of a person. */
  readonly conditions?: PersonConditions
}

/** Two files, or two statements of one, that cannot both be right; both are shown, none is chosen. */
export interface Contradiction {
  readonly about: string
  readonly statements: readonly { readonly says: string; readonly file: string }[]
}

/** Everything received of one tumour. */
export interface ReceivedTumor {
  readonly profile: TumorProfile
  readonly parts: readonly TumorPart[]
  readonly contradictions: readonly Contradiction[]
  readonly notes: readonly string[]
}
