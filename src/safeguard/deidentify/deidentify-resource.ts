import type { Resource } from '../../record/resource.ts'
import { spelledAs } from '../../record/resource-text.ts'
import { OLDEST_TOLD, tellableBirthYear, threeDigitZip } from './safe-harbor.ts'

export interface Deidentification {
  /** New id of something, of a key made for this release alone and destroyed after it: an HMAC (45 CFR 164.514(c)). */
  readonly rekey: (typeAndId: string) => string
  /** ISO 8601 instant of the release. */
  readonly at: string
  /** The person the resource is about may be over 89: years close to the birth are then left out. */
  readonly birthDate: string | undefined
  /** Genetic data identify. governed: a committee approved their release to this recipient. */
  readonly genetic: 'withhold' | 'governed'
}

/** Types that are released at all. Every other is text, image, contact, device or account. */
const RELEASED = new Set([
  'Patient',
  'Observation',
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'MedicationAdministration',
  'Medication',
  'DiagnosticReport',
  'Procedure',
  'AllergyIntolerance',
  'Immunization',
  'Specimen',
  'FamilyMemberHistory',
  'Encounter',
  'ServiceRequest',
  'ResearchSubject',
])

/** Elements of type code, uri of a code system, or unit. Text anywhere else is left out. */
const CODED = new Set([
  'resourceType',
  'system',
  'code',
  'version',
  'status',
  'intent',
  'priority',
  'gender',
  'comparator',
  'criticality',
  'severity',
  'valueCode',
  'deceasedBoolean',
  'unit',
  'periodUnit',
  'durationUnit',
  'use',
  'kind',
])

/** Elements that identify whatever they hold, or cannot be looked into. */
const DROPPED = new Set([
  'identifier',
  'name',
  'telecom',
  'photo',
  'contact',
  'text',
  'note',
  'extension',
  'modifierExtension',
  'device',
  'udiCarrier',
  'attachment',
  'valueAttachment',
  'valueSampledData',
  'presentedForm',
  'media',
  'link',
  'implicitRules',
  'fullUrl',
  'accessionIdentifier',
  'groupIdentifier',
  'requisition',
  'lotNumber',
  'versionId',
  'lastUpdated',
  'source',
])

const GENETIC = 'http://terminology.hl7.org/CodeSystem/v3-ActCode|GDIS'
const DATE = /^(\d{4})(-\d\d(-\d\d(T.*)?)?)?$/
const CODE = /^[^\s@]{1,120}$/

/**
 * A resource without the eighteen identifiers of Safe Harbor (45 CFR 164.514(b)(2)), or undefined when its kind is not
 * released. Only what is known to be safe stays: codes, numbers, years, keyed references. `labels` are its security
 * labels, as `labelsOf` gives them.
 */
export function deidentifyResource(
  resource: Resource,
  labels: readonly string[],
  by: Deidentification,
): Resource | undefined {
  if (!RELEASED.has(resource.resourceType)) return undefined
  if (labels.includes(GENETIC) && by.genetic === 'withhold') return undefined
  return cleanResource(resource, by)
}

function cleanResource(resource: Resource, by: Deidentification): Resource {
  const { resourceType, id } = resource
  const kept = cleanObject(resource, by) as Record<string, unknown>
  if (resourceType === 'Patient') {
    const places = cleanAddresses(resource['address'])
    if (places.length > 0) kept['address'] = places
    delete kept['birthDate']
    const year = by.birthDate === undefined ? undefined : tellableBirthYear(by.birthDate, by.at)
    if (year !== undefined) kept['birthDate'] = year
    // Years of birth and death together tell an age.
    else delete kept['deceasedDateTime']
  }
  return {
    ...kept,
    resourceType,
    ...(id === undefined ? {} : { id: by.rekey(`${resourceType}/${id}`) }),
    meta: { security: [DEIDENTIFIED] },
  }
}

const DEIDENTIFIED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'ANONYED' }

function cleanObject(object: object, by: Deidentification): object {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(object)) {
    if (DROPPED.has(name) || name.startsWith('_') || name === 'meta' || name === 'id' || name === 'address')
      continue
    const clean = cleanValue(name, value, by)
    if (clean !== undefined) kept[name] = clean
  }
  const written = spelledAs(object, kept)
  return isAge(object) ? toldAge(written) : written
}

function cleanValue(name: string, value: unknown, by: Deidentification): unknown {
  if (Array.isArray(value)) {
    const kept = value.map((one) => cleanValue(name, one, by)).filter((one) => one !== undefined)
    return kept.length === 0 ? undefined : kept
  }
  if (typeof value === 'string') return cleanText(name, value, by)
  if (typeof value !== 'object' || value === null) return value ?? undefined
  if (name === 'contained') {
    const inner = value as Resource
    return RELEASED.has(inner.resourceType) ? cleanResource(inner, by) : undefined
  }
  const { reference } = value as { reference?: unknown }
  if (typeof reference === 'string') {
    const target = rekeyed(reference, by)
    return target === undefined ? undefined : { reference: target }
  }
  const kept = cleanObject(value, by)
  return Object.keys(kept).length === 0 ? undefined : kept
}

function cleanText(name: string, text: string, by: Deidentification): string | undefined {
  if (CODED.has(name)) return CODE.test(text) ? text : undefined
  const year = DATE.exec(text)?.[1]
  if (year === undefined) return undefined
  // Of somebody over 89 a year soon after the birth would tell the age.
  const born = by.birthDate?.slice(0, 4)
  const old = by.birthDate !== undefined && tellableBirthYear(by.birthDate, by.at) === undefined
  return old && born !== undefined && Number(year) < Number(by.at.slice(0, 4)) - OLDEST_TOLD
    ? undefined
    : year
}

/** The type and id at the end of a reference, anew; undefined for any other, such as "#1" and "urn:uuid:…". */
function rekeyed(reference: string, by: Deidentification): string | undefined {
  const [, type, id] =
    /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(reference) ?? []
  return type === undefined || id === undefined ? undefined : `${type}/${by.rekey(`${type}/${id}`)}`
}

function cleanAddresses(addresses: unknown): readonly object[] {
  const list = Array.isArray(addresses) ? (addresses as Readonly<Record<string, unknown>>[]) : []
  return list.flatMap(({ country, state, postalCode }) => {
    const zip = threeDigitZip(postalCode)
    const place = {
      ...(typeof state === 'string' && /^[A-Za-z .]{2,30}$/.test(state) ? { state } : {}),
      ...(typeof country === 'string' && /^[A-Za-z .]{2,30}$/.test(country) ? { country } : {}),
      ...(zip === undefined ? {} : { postalCode: zip }),
    }
    return Object.keys(place).length === 0 ? [] : [place]
  })
}

/** An Age: years in UCUM, whatever element it stands in. */
function isAge(object: object): boolean {
  const { code, system, value } = object as Record<string, unknown>
  return typeof value === 'number' && code === 'a' && system === 'http://unitsofmeasure.org'
}

function toldAge(age: Record<string, unknown>): object {
  return Number(age['value']) > OLDEST_TOLD ? { ...age, value: OLDEST_TOLD + 1, comparator: '>=' } : age
}
