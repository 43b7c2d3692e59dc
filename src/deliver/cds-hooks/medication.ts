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

/** A resource of a bundle, with the address that it has there. */
interface Placed {
  readonly fullUrl: string | undefined
  readonly resource: AnyResource
}

/**
 * The medications of the MedicationRequests of a bundle, in its order. Medication resources are found inside the
 * request or in the same bundle; of one that was not sent, the words of the reference are taken. An order that names no
 * medication yet (a prescriber has just opened it) is left out, and so is one that says what must not be given.
 */
export function medicationsIn(bundle: AnyBundle, only?: readonly string[]): NamedMedication[] {
  const placed = (bundle.entry ?? []).flatMap(({ resource, fullUrl }): Placed[] =>
    resource === undefined ? [] : [{ resource, fullUrl: text(fullUrl) }],
  )
  const found: NamedMedication[] = []
  for (const { resource: request } of placed) {
    if (request.resourceType !== 'MedicationRequest' || request['doNotPerform'] === true) continue
    const id = request['id']
    const reference = typeof id === 'string' && id !== '' ? `MedicationRequest/${id}` : undefined
    if (only !== undefined && (reference === undefined || !only.includes(reference))) continue
    const named = namesOf(request['medicationCodeableConcept'] ?? conceptBehind(request, placed))
    if (named.rxcuis.length + named.atc.length + named.texts.length > 0) found.push({ reference, ...named })
  }
  return found
}

/** Statuses of what is not taken now, for an EHR that sends more than was asked for. */
const NOT_TAKEN: ReadonlySet<unknown> = new Set([
  'on-hold',
  'stopped',
  'cancelled',
  'completed',
  'entered-in-error',
])

/** The same of a list of what is taken now. */
export function medicationsTaken(bundle: AnyBundle): NamedMedication[] {
  const entry = (bundle.entry ?? []).filter(
    ({ resource }) => resource?.resourceType !== 'MedicationRequest' || !NOT_TAKEN.has(resource['status']),
  )
  return medicationsIn({ ...bundle, entry })
}

function conceptBehind(request: AnyResource, placed: readonly Placed[]): unknown {
  const reference = object(request['medicationReference'])
  const target = text(reference?.['reference'])
  const medication = target === undefined ? undefined : medicationAt(target, request, placed)
  const concept = object(object(medication)?.['code'])
  const { rxcuis, atc, texts } = namesOf(concept)
  return rxcuis.length + atc.length + texts.length > 0 ? concept : { text: reference?.['display'] }
}

/** By its address in the bundle, else by its id: absolute and relative references, of a version or not. */
function medicationAt(target: string, request: AnyResource, placed: readonly Placed[]): unknown {
  if (target.startsWith('#'))
    return objects(request['contained']).find((one) => `#${String(one['id'])}` === target)
  const address = target.replace(/\/_history\/[^/]*$/, '')
  const medications = placed.filter(({ resource }) => resource.resourceType === 'Medication')
  const there = medications.find(({ fullUrl }) => fullUrl === address)
  const id = /(?:^|\/)Medication\/([A-Za-z0-9.-]{1,64})$/.exec(address)?.[1]
  return (there ?? medications.find(({ resource }) => id !== undefined && resource['id'] === id))?.resource
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
