import type { PatientId } from '../terms/ids.ts'

/** A FHIR R4 resource as JSON. Its own fields are looked at by fhir/ and by what reads a particular type. */
export interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly meta?: ResourceMeta
  readonly [element: string]: unknown
}

export interface ResourceMeta {
  readonly versionId?: string
  readonly lastUpdated?: string
  readonly profile?: readonly string[]
  readonly security?: readonly Coding[]
  readonly tag?: readonly Coding[]
  readonly [element: string]: unknown
}

export interface Coding {
  readonly system?: string
  readonly code?: string
  readonly display?: string
}

/** Names one resource within a tenant. */
export interface ResourceRef {
  readonly type: string
  readonly id: string
}

/**
 * Whose record a resource is part of. Resources about nobody in particular (Practitioner, Organization, ResearchStudy,
 * Subscription …) are in the tenant's own compartment.
 */
export type Compartment = PatientId | typeof TENANT_COMPARTMENT

/** Kept as the empty patient id: no person can have it. */
export const TENANT_COMPARTMENT = '' as const

/** A token as it is indexed and asked for: system and code joined by "|"; an absent system leaves "|code". */
export function tokenOf(system: string | undefined, code: string | undefined): string {
  return `${system ?? ''}|${code ?? ''}`
}
