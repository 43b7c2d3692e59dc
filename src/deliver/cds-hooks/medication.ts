import { ATC, RXNORM } from '../fhir/code.ts'
import type { AnyBundle, AnyResource } from './hook-request.ts'

/** A medication as an EHR names it. */
export interface NamedMedication {
  /** "MedicationRequest/request-123"; undefined when the resource has no id. */
  readonly reference: string | undefined
  readonly rxcuis: readonly string[]
  readonly atc: readonly string[]
  /** Free text first, then what the codes are displayed as; without repeats. */
  readonly texts: readonly string[]
}

/**
 * The medications of the MedicationRequests of a bundle, in its order. Medication resources are found inside the
 * request or in the same bundle. An order that names no medication yet (a prescriber has just opened it) is left out.
 */
export function medicationsIn(bundle: AnyBundle, only?: readonly string[]): NamedMedication[] {
  const resources = (bundle.entry ?? []).flatMap((entry) => entry.resource ?? [])
  const found: NamedMedication[] = []
  for (const request of resources) {
    if (request.resourceType !== 'MedicationRequest') continue
    const id = request['id']
    const reference = typeof id === 'string' && id !== '' ? `MedicationRequest/${id}` : undefined
    if (only !== undefined && (reference === undefined || !only.includes(reference))) continue
    const concept = request['medicationCodeableConcept'] ?? conceptBehind(request, resources)
    const named = namesOf(concept)
    if (named.rxcuis.length + named.atc.length + named.texts.length > 0) found.push({ reference, ...named })
  }
  return found
}

function conceptBehind(request: AnyResource, resources: readonly AnyResource[]): unknown {
  const target = object(request['medicationReference'])?.['reference']
  if (typeof target !== 'string') return undefined
  const medication = target.startsWith('#')
    ? objects(request['contained']).find((one) => `#${String(one['id'])}` === target)
    : resources.find(
        (one) => one.resourceType === 'Medication' && `Medication/${String(one['id'])}` === target,
      )
  return medication === undefined ? undefined : object(medication)?.['code']
}

function namesOf(concept: unknown): Omit<NamedMedication, 'reference'> {
  const value = object(concept)
  const coding = objects(value?.['coding'])
  const codes = (system: string) =>
    coding.filter((one) => one['system'] === system).flatMap((one) => text(one['code']) ?? [])
  const texts = [value?.['text'], ...coding.map((one) => one['display'])].flatMap((one) => text(one) ?? [])
  return { rxcuis: codes(RXNORM), atc: codes(ATC), texts: [...new Set(texts)] }
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(object).filter((one) => one !== undefined) : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
