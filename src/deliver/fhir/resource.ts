/**
 * The part of FHIR R4 (4.0.1) that Garrod writes, as the standard spells it. Only what is emitted is typed:
 * a field that is missing here cannot be sent by mistake.
 */
export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}

export interface Identifier {
  readonly system?: string
  readonly value: string
}

export interface Reference {
  /** fullUrl of another entry of the bundle, or "Patient/example-1" in an order. */
  readonly reference?: string
  /** For what is not a resource here: a fact pack, a file. */
  readonly identifier?: Identifier
  readonly display?: string
}

export interface Annotation {
  readonly extension?: readonly Extension[]
  /** Markdown. */
  readonly text: string
}

export interface RelatedArtifact {
  readonly type: 'citation'
  readonly display?: string
  /** Markdown. */
  readonly citation?: string
  readonly url?: string
}

export interface Extension {
  readonly url: string
  readonly extension?: readonly Extension[]
  readonly valueString?: string
  readonly valueReference?: Reference
  readonly valueCodeableConcept?: CodeableConcept
  readonly valueAnnotation?: Annotation
  readonly valueRelatedArtifact?: RelatedArtifact
}

interface Base {
  readonly id?: string
  readonly meta?: { readonly profile: readonly string[] }
  readonly identifier?: readonly Identifier[]
  readonly extension?: readonly Extension[]
}

export interface Patient extends Base {
  readonly resourceType: 'Patient'
  readonly name?: readonly (
    | { readonly text: string }
    | { readonly extension: readonly { readonly url: string; readonly valueCode: string }[] }
  )[]
  readonly gender?: 'male' | 'female' | 'other' | 'unknown'
  readonly birthDate?: string
}

/** final: verified by an authorised person. A program cannot say that of itself; preliminary is the default. */
export type ReportStatus = 'preliminary' | 'final'

/** Unit by UCUM. */
export interface Quantity {
  readonly value: number
  readonly system: 'http://unitsofmeasure.org'
  readonly code: string
}

export interface Component {
  readonly code: CodeableConcept
  readonly valueCodeableConcept?: CodeableConcept
  readonly valueString?: string
  readonly valueQuantity?: Quantity
  readonly valueRange?: {
    readonly low: { readonly value: number }
    readonly high: { readonly value: number }
  }
}

export interface Observation extends Base {
  readonly resourceType: 'Observation'
  readonly status: ReportStatus
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject: Reference
  /** Partial dates are allowed: YYYY-MM-DD. */
  readonly effectiveDateTime?: string
  readonly issued: string
  readonly valueCodeableConcept?: CodeableConcept
  readonly valueQuantity?: Quantity
  readonly dataAbsentReason?: CodeableConcept
  readonly note?: readonly Annotation[]
  readonly device?: Reference
  readonly derivedFrom?: readonly Reference[]
  readonly component?: readonly Component[]
}

export interface DiagnosticReport extends Base {
  readonly resourceType: 'DiagnosticReport'
  readonly status: ReportStatus
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject: Reference
  readonly issued: string
  readonly result?: readonly Reference[]
  readonly conclusion?: string
}

export interface Task extends Base {
  readonly resourceType: 'Task'
  readonly status: 'requested'
  readonly intent: 'proposal'
  readonly priority: 'routine' | 'urgent'
  readonly code?: CodeableConcept
  readonly description: string
  readonly focus?: Reference
  readonly for: Reference
  readonly authoredOn: string
  readonly requester?: Reference
  readonly reasonReference: Reference
}

export interface MedicationStatement extends Base {
  readonly resourceType: 'MedicationStatement'
  readonly status: 'active'
  readonly medicationCodeableConcept: CodeableConcept
  readonly subject: Reference
}

/** A diagnosis. */
export interface Condition extends Base {
  readonly resourceType: 'Condition'
  readonly clinicalStatus: CodeableConcept
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject: Reference
}

/** What a person may have, each outcome with how likely it is. */
export interface RiskAssessment extends Base {
  readonly resourceType: 'RiskAssessment'
  readonly status: ReportStatus
  readonly method: CodeableConcept
  readonly subject: Reference
  readonly occurrenceDateTime: string
  readonly performer: Reference
  readonly basis?: readonly Reference[]
  readonly prediction?: readonly {
    readonly outcome: CodeableConcept
    readonly probabilityDecimal: number
    readonly rationale?: string
  }[]
  readonly note?: readonly Annotation[]
}

export interface Procedure extends Base {
  readonly resourceType: 'Procedure'
  readonly status: 'completed'
  readonly category: CodeableConcept
  readonly code?: CodeableConcept
  readonly subject: Reference
  readonly note?: readonly Annotation[]
}

export interface Device extends Base {
  readonly resourceType: 'Device'
  readonly status: 'active'
  readonly deviceName: readonly { readonly name: string; readonly type: 'user-friendly-name' }[]
  readonly type: CodeableConcept
  readonly version: readonly { readonly value: string }[]
}

export interface Provenance extends Omit<Base, 'identifier'> {
  readonly resourceType: 'Provenance'
  readonly target: readonly Reference[]
  readonly recorded: string
  readonly agent: readonly { readonly type: CodeableConcept; readonly who: Reference }[]
  readonly entity?: readonly { readonly role: 'source'; readonly what: Reference }[]
}

export type Resource =
  | Patient
  | Observation
  | DiagnosticReport
  | Task
  | MedicationStatement
  | Condition
  | RiskAssessment
  | Procedure
  | Device
  | Provenance

export interface BundleEntry {
  readonly fullUrl: string
  readonly resource: Resource
  readonly request?: { readonly method: 'POST'; readonly url: string; readonly ifNoneExist?: string }
}

export interface Bundle {
  readonly resourceType: 'Bundle'
  readonly id: string
  readonly meta?: { readonly profile: readonly string[] }
  readonly type: 'collection' | 'transaction'
  readonly timestamp: string
  readonly entry: readonly BundleEntry[]
}

/** An order. Drafts of it are suggested to a prescriber; none is ever signed here. */
export interface MedicationRequest {
  readonly resourceType: 'MedicationRequest'
  readonly status: 'draft'
  readonly intent: 'order'
  readonly medicationCodeableConcept: CodeableConcept
  readonly subject: Reference
  readonly encounter?: Reference
}
