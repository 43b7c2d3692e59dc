import type { Fault } from '../../../terms/fault.ts'

/** The tumour type of a case as OncoTree names it, or that nobody told one. */
export interface DiagnosisAnswer {
  /** As it was sent. */
  readonly given: string | undefined
  readonly code: string | undefined
  readonly name: string | undefined
  readonly tissue: string | undefined
  /** The type itself and every broader one, the narrowest first. */
  readonly lineage: readonly string[]
  /** How the type was found: "OncoTree code", "former name or code", "ICD-O-3 C50.9 8500/3". */
  readonly by: string | undefined
  /** Why what the files say is no tumour type; the case is then answered without a diagnosis. */
  readonly fault?: Fault
  /** Where it was given as a disease of the Disease Ontology: its id, and the types that it is. */
  readonly disease?: { readonly id: string; readonly types: readonly string[] }
}
