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

/** An OperationOutcome resource; with nothing to say it says so, since at least one issue is required. */
export function operationOutcome(issues: readonly Issue[]): Record<string, unknown> {
  const list = issues.map((one) => ({
    severity: one.severity,
    code: one.code,
    diagnostics: one.words,
    ...(one.expression === '' ? {} : { expression: [one.expression] }),
  }))
  const good = { severity: 'information', code: 'informational', diagnostics: 'The resource is valid.' }
  return { resourceType: 'OperationOutcome', issue: list.length > 0 ? list : [good] }
}

/** Whether a resource with these issues may be stored. */
export function isValid(issues: readonly Issue[]): boolean {
  return issues.every((one) => one.severity !== 'error')
}
