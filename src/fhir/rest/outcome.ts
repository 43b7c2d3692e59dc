import { Fault } from '../../terms/fault.ts'

/** One issue of an OperationOutcome, in the words of FHIR R4. */
export interface OutcomeIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information'
  readonly code: string
  readonly diagnostics: string
  readonly expression?: readonly string[]
  /** Fault code, which programs may rely on, and what to do. */
  readonly details?: {
    readonly coding?: readonly { readonly system: string; readonly code: string }[]
    readonly text: string
  }
}

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome'
  readonly issue: readonly OutcomeIssue[]
}

/** A resource that breaks the rules of FHIR or of a profile it claims; refused with all that is wrong. */
export class InvalidResource extends Fault {
  readonly issues: readonly OutcomeIssue[]

  constructor(where: string, issues: readonly OutcomeIssue[]) {
    const errors = issues.filter((one) => one.severity === 'error' || one.severity === 'fatal').length
    super(
      'RESOURCE_INVALID',
      where,
      `the resource breaks ${errors} rule${errors === 1 ? '' : 's'}`,
      'Correct what the outcome names, or ask $validate first.',
    )
    this.issues = issues
  }
}

/** Code system of the fault codes inside `details`. */
export const FAULT_SYSTEM = 'urn:garrod:fault'

/** HTTP status and issue type (FHIR R4, value set issue-type) of each fault that the FHIR server makes. */
const ANSWERS: Readonly<Record<string, readonly [status: number, issue: string]>> = {
  RESOURCE_UNKNOWN: [404, 'not-found'],
  ROUTE_UNKNOWN: [404, 'not-found'],
  TYPE_UNKNOWN: [404, 'not-supported'],
  RESOURCE_GONE: [410, 'deleted'],
  INTERACTION_REFUSED: [405, 'not-supported'],
  FORMAT_REFUSED: [406, 'not-supported'],
  CONTENT_TYPE_REFUSED: [415, 'not-supported'],
  BODY_TOO_LARGE: [413, 'too-long'],
  BODY_TOO_DEEP: [400, 'too-costly'],
  QUERY_TOO_COSTLY: [400, 'too-costly'],
  RECORD_CHANGED: [409, 'conflict'],
  PRECONDITION_FAILED: [412, 'conflict'],
  CONDITION_AMBIGUOUS: [412, 'multiple-matches'],
  CONDITION_UNMET: [412, 'not-found'],
  RESOURCE_EXISTS: [409, 'duplicate'],
  RESOURCE_TWICE: [400, 'duplicate'],
  TOO_MANY_REQUESTS: [429, 'throttled'],
  PATIENT_EXISTS: [409, 'duplicate'],
  PATIENT_POSSIBLY_KNOWN: [409, 'duplicate'],
  PATIENT_IDENTIFIER_TAKEN: [409, 'duplicate'],
  PATIENT_MERGED: [409, 'business-rule'],
  PATIENT_HAS_RECORD: [409, 'business-rule'],
  PATIENT_UNKNOWN: [422, 'not-found'],
  RESOURCE_OF_ANOTHER_PATIENT: [422, 'business-rule'],
  TWO_PATIENTS: [422, 'business-rule'],
  PATIENT_ELSEWHERE: [422, 'business-rule'],
  RESOURCE_INVALID: [422, 'invalid'],
  PATCH_REFUSED: [422, 'processing'],
  ACCESS_DENIED: [403, 'forbidden'],
  LOGIN_REQUIRED: [401, 'login'],
  // What stops every request, whatever it asks for: the status is that of the rest of the server.
  INTERNAL: [500, 'exception'],
  AUDIT_UNAVAILABLE: [503, 'transient'],
  AUDIT_LOG_BROKEN: [503, 'exception'],
  SCANNER_UNAVAILABLE: [503, 'transient'],
  ARCHIVE_DISK: [507, 'no-store'],
  AUDIT_ANCHOR_DISK: [507, 'no-store'],
  RESEARCH_BUDGET: [429, 'throttled'],
  UPLOAD_TOO_LARGE: [413, 'too-long'],
  HOST_UNKNOWN: [421, 'security'],
  CROSS_SITE: [403, 'security'],
  CSRF: [403, 'security'],
  PURPOSE_UNKNOWN: [400, 'value'],
  VAULT_SHREDDED: [410, 'deleted'],
  PARAMETER_MISSING: [400, 'required'],
  PARAMETER_UNKNOWN: [400, 'not-supported'],
  SEQUENCE_UNKNOWN: [400, 'value'],
  EXPORT_UNKNOWN: [404, 'not-found'],
  EXPORT_ASYNC: [400, 'not-supported'],
  EXPORT_FORMAT: [400, 'not-supported'],
  EXPORT_PARAMETER: [400, 'not-supported'],
  EXPORT_NARROWED: [400, 'not-supported'],
  EXPORT_IDENTIFIABLE: [403, 'suppressed'],
  EXPORT_FAILED: [500, 'exception'],
  SEARCH_VALUE_MALFORMED: [400, 'value'],
  SEARCH_MODIFIER_REFUSED: [400, 'not-supported'],
  SEARCH_PARAMETER_REFUSED: [400, 'not-supported'],
  SEARCH_PARAMETER_UNKNOWN: [400, 'not-supported'],
  SEARCH_CHAIN_REFUSED: [400, 'not-supported'],
  SEARCH_CONTAINS_REFUSED: [400, 'not-supported'],
}

/** HTTP status of a fault over FHIR: 400 for a request that cannot be read, 503 for the database, else 422. */
export function fhirStatusOf(code: string): number {
  const known = ANSWERS[code]
  if (known !== undefined) return known[0]
  if (code.endsWith('_MALFORMED')) return 400
  return code.startsWith('DATABASE_') ? 503 : 422
}

function issueTypeOf(code: string): string {
  const known = ANSWERS[code]
  if (known !== undefined) return known[1]
  if (code.endsWith('_MALFORMED')) return 'invalid'
  return code.startsWith('DATABASE_') ? 'transient' : 'processing'
}

/** A fault as FHIR tells it. `within` names the place in a request of many, "Bundle.entry[3]". */
export function outcomeOf(fault: Fault, within?: string): OperationOutcome {
  if (fault instanceof InvalidResource) {
    const inside = (one: string) => (within === undefined ? one : `${within}.resource (${one})`)
    const issue = fault.issues.map((one) => ({
      ...one,
      ...(one.expression === undefined ? {} : { expression: one.expression.map(inside) }),
    }))
    return { resourceType: 'OperationOutcome', issue }
  }
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: issueTypeOf(fault.code),
        details: { coding: [{ system: FAULT_SYSTEM, code: fault.code }], text: fault.mend },
        diagnostics: `${fault.what} (${fault.where})`,
        ...(within === undefined ? {} : { expression: [within] }),
      },
    ],
  }
}

/** That something was done, for clients that asked for an outcome instead of the resource. */
export function doneOutcome(text: string): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'informational', diagnostics: text }],
  }
}
