import type { Resource } from '../../record/resource.ts'

/** Where the operations read from. What the caller may not see is not there. */
export interface GenomicsData {
  /** Genomic Observations, studies, reports and specimens of one person; undefined when nobody has the id. */
  ofSubject(subject: string): Promise<readonly Resource[] | undefined>
  /** Observations of anybody with one of the codes and, when given, a component whose value is one of the codes. */
  withCode(codes: readonly string[], componentValues?: readonly string[]): Promise<readonly Resource[]>
  /** Observations of anybody that rest on one of these ("Observation/…"), with one of the codes. */
  restingOn(references: readonly string[], codes: readonly string[]): Promise<readonly Resource[]>
  /** How many people the caller may count. */
  people(): Promise<number>
}

/** FHIR Parameters, as answered. */
export interface Parameters {
  readonly resourceType: 'Parameters'
  readonly parameter?: readonly Parameter[]
}

export interface Parameter {
  readonly name: string
  readonly valueString?: string
  readonly valueBoolean?: boolean
  readonly valueQuantity?: { readonly value: number }
  readonly valueCodeableConcept?: unknown
  readonly resource?: Resource
  readonly part?: readonly Parameter[]
}

/** FHIR forbids an empty array. */
export function parameters(parameter: readonly Parameter[]): Parameters {
  return parameter.length === 0 ? { resourceType: 'Parameters' } : { resourceType: 'Parameters', parameter }
}
