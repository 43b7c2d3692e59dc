/**
 * The part of FHIR R4 (4.0.1) that Garrod writes, as the standard spells it. Only what is emitted is typed:
 * a field that is missing here cannot be sent by mistake.
 */
export interface Coding {
  readonly system?: string
  readonly version?: string
  readonly code: string
  readonly display?: string
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}

export interface Reference {
  /** "Patient/example-1" or the fullUrl of another entry of the bundle. */
  readonly reference: string
  readonly display?: string
}

export interface Identifier {
  readonly system?: string
  readonly value: string
}

export interface Quantity {
  readonly value: number
  readonly unit?: string
  readonly system?: string
  readonly code?: string
}

export interface Annotation {
  /** Markdown. */
  readonly text: string
}

export interface Meta {
  readonly profile?: readonly string[]
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

export interface RelatedArtifact {
  readonly type: 'citation' | 'documentation'
  readonly display?: string
  readonly citation?: string
  readonly url?: string
}

/** An order. Drafts of it are suggested to a prescriber; none is ever signed here. */
export interface MedicationRequest {
  readonly resourceType: 'MedicationRequest'
  readonly id?: string
  readonly status: 'draft'
  readonly intent: 'order' | 'proposal'
  readonly medicationCodeableConcept: CodeableConcept
  readonly subject: Reference
  readonly encounter?: Reference
  readonly note?: readonly Annotation[]
}
