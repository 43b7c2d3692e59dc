/** What is wrong with a resource, as OperationOutcome.issue says it (hl7.org/fhir/R4/operationoutcome.html). */
export interface Issue {
  readonly severity: 'error' | 'warning' | 'information'
  readonly code: IssueCode
  /** FHIRPath of the place, in the simple form that OperationOutcome asks for: "Observation.component[2].value". */
  readonly expression: string
  /** One sentence. Names elements, types and codes; never repeats free text, names or dates of the resource. */
  readonly words: string
  /** Canonical URL of the profile that asks for it; undefined for FHIR itself. */
  readonly profile?: string
  /** Key of the invariant that failed, "obs-7". */
  readonly constraint?: string
}

export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'code-invalid'
  | 'extension'
  | 'not-found'
  | 'not-supported'
  | 'informational'
