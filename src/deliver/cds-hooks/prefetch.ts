import type { Identifier } from '../fhir/resource.ts'
import { AnyBundle, type HookRequest } from './hook-request.ts'
import { medicationsTaken, type NamedMedication } from './medication.ts'

/**
 * Identifiers of the prefetched Patient, or undefined when the client sent none: the key is missing, null, or an
 * OperationOutcome. Values without a system are left out: two hospitals may both have a number 17.
 */
export function prefetchedIdentifiers(request: HookRequest): readonly Required<Identifier>[] | undefined {
  const patient = request.prefetch['patient']
  if (!isResource(patient, 'Patient')) return undefined
  const identifiers = Array.isArray(patient['identifier']) ? patient['identifier'] : []
  return identifiers.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return []
    const { system, value } = one as Record<string, unknown>
    return typeof system === 'string' && typeof value === 'string' ? [{ system, value }] : []
  })
}

/** FHIR id of the prefetched Patient, or undefined when none was sent. */
export function prefetchedPatientId(request: HookRequest): string | undefined {
  const patient = request.prefetch['patient']
  const id = isResource(patient, 'Patient') ? patient['id'] : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** Birth date of the prefetched Patient, YYYY-MM-DD or a part of it, or undefined when none was sent. */
export function prefetchedBirthDate(request: HookRequest): string | undefined {
  const patient = request.prefetch['patient']
  const date = isResource(patient, 'Patient') ? patient['birthDate'] : undefined
  return typeof date === 'string' && date !== '' ? date : undefined
}

/** What the client says the person takes now. */
interface SentMedications {
  readonly medications: readonly NamedMedication[]
  /** False when the client sent only the first page. */
  readonly complete: boolean
}

/** The prefetched medication list, or undefined when it sent no list or an OperationOutcome. */
export function prefetchedMedications(request: HookRequest): SentMedications | undefined {
  // Null means that the client has no data for the template: the list is empty, not left out.
  if (request.prefetch['medications'] === null) return { medications: [], complete: true }
  const parsed = AnyBundle.safeParse(request.prefetch['medications'])
  if (!parsed.success) return undefined
  const complete = !(parsed.data.link ?? []).some((one) => one.relation === 'next')
  return { medications: medicationsTaken(parsed.data), complete }
}

function isResource(value: unknown, type: string): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && (value as { resourceType?: unknown }).resourceType === type
  )
}
