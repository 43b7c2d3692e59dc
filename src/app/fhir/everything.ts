import { dateInterval } from '../../fhir/search/date-interval.ts'
import { referenceTarget } from '../../fhir/search/reference-target.ts'
import { PAGE_DEFAULT, PAGE_LARGEST } from '../../fhir/search/search-request.ts'
import type { ResourceRef } from '../../record/resource.ts'
import { type Criterion, onlyPatient, type Restriction } from '../../record/resource-query.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { type FhirReply, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'
import { sealPage } from './page-token.ts'
import { present } from './reading.ts'
import { type Entry, entryOf, type Link, searchset } from './search-bundle.ts'

/** What the link to a further page of $everything carries. */
export interface EverythingPage {
  readonly kind: 'everything'
  readonly patient: string
  /** Types still to be given; the first may be under way. */
  readonly types: readonly string[]
  readonly after: string | undefined
  readonly since: string | undefined
  /** Care dates asked for, as they were written. */
  readonly start: string | undefined
  readonly end: string | undefined
  readonly count: number
  /** Files as they were received are named at the end. */
  readonly files: boolean
}

/**
 * When care took place, by search parameter. What may stand long after it began or was written down (conditions, drugs,
 * allergies, family history, consents, coverage) is given whatever dates are asked for, and so is what has no date.
 */
const CARE_DATE: Readonly<Record<string, string>> = {
  AdverseEvent: 'date',
  CarePlan: 'date',
  Claim: 'created',
  Communication: 'sent',
  DetectedIssue: 'identified',
  DiagnosticReport: 'date',
  DocumentReference: 'date',
  Encounter: 'date',
  ExplanationOfBenefit: 'created',
  ImagingStudy: 'started',
  Immunization: 'date',
  Media: 'created',
  MedicationAdministration: 'effective-time',
  MedicationDispense: 'whenhandedover',
  Observation: 'date',
  Procedure: 'date',
  QuestionnaireResponse: 'authored',
  RiskAssessment: 'date',
  ServiceRequest: 'authored',
  Specimen: 'collected',
  Task: 'authored-on',
}

/**
 * GET Patient/id/$everything: the Patient, every resource in its compartment, and what those refer to outside of it
 * (practitioners, organizations, medications), and at the end where the files are that were received. Takes start, end, _since, _type and _count. Throws EVERYTHING_MALFORMED.
 */
export async function everythingInteraction(work: Work, id: string): Promise<FhirReply> {
  const { service, context, request } = work
  const parameters = [...request.query, ...parametersOf(request.body)]
  let types: readonly string[] = service.index.types.filter(
    (type) => type !== 'Patient' && type !== 'AuditEvent',
  )
  let since: string | undefined
  const dates: { start?: string; end?: string } = {}
  let count = PAGE_DEFAULT
  let wantsPatient = true
  for (const [name, value] of parameters) {
    if (name === '_type') {
      const wanted = value.split(',')
      const unknown = wanted.find((type) => !service.index.serves(type))
      if (unknown !== undefined) throw malformed('_type', 'it names a type that is not kept here')
      types = types.filter((type) => wanted.includes(type))
      wantsPatient = wanted.includes('Patient')
    } else if (name === '_since') {
      const interval = dateInterval(value)
      if (interval === undefined) throw malformed('_since', 'it is not a date')
      since = new Date(interval.low).toISOString()
    } else if (name === 'start' || name === 'end') {
      if (dateInterval(value) === undefined) throw malformed(name, 'it is not a date')
      dates[name] = value
    } else if (name === '_count') {
      if (!/^[1-9]\d{0,8}$/.test(value)) throw malformed('_count', 'it is not a positive number')
      count = Math.min(Number(value), PAGE_LARGEST)
    } else if (name !== '_format' && name !== '_pretty') {
      throw malformed(name.slice(0, 64), 'this parameter is not offered')
    }
  }
  const files = types.includes('DocumentReference')
  const ref = { type: 'Patient', id }
  const patient = present(await service.store.read(context.tenant, ref, context.within), ref)
  const within = onlyPatient(patientId(id), context.within)
  const there = await service.store.typesThere(context.tenant, types, within)
  types = types.filter((type) => there.has(type))
  const isNew = since === undefined || patient.lastUpdated >= since
  return everythingPage(
    work,
    {
      kind: 'everything',
      patient: id,
      types,
      after: undefined,
      since,
      start: dates.start,
      end: dates.end,
      count,
      files,
    },
    wantsPatient && isNew ? [patient] : [],
  )
}

export async function everythingPage(
  work: Work,
  page: EverythingPage,
  first: readonly StoredResource[] = [],
): Promise<FhirReply> {
  const { service, context, trace } = work
  const within = onlyPatient(patientId(page.patient), context.within)
  const found: StoredResource[] = [...first]
  let types = page.types
  let after = page.after
  while (types.length > 0 && found.length < page.count) {
    const part = await service.store.search(context.tenant, {
      type: types[0]!,
      criteria: [...sinceCriteria(page.since), ...careCriteria(types[0]!, page)],
      sort: [],
      count: page.count - found.length,
      after,
      total: false,
      within,
    })
    found.push(...part.resources)
    after = part.next
    if (after === undefined) types = types.slice(1)
  }
  const received = types.length === 0 && page.files ? await receivedFiles(work, page, within) : []
  const outside = await referred(work, found)
  touch(trace, [...found, ...outside])
  trace.count = found.length
  const base = service.base()
  const self: Link = { relation: 'self', url: `${base}/Patient/${page.patient}/$everything` }
  const next: EverythingPage = { ...page, types, after }
  const links =
    types.length === 0
      ? [self]
      : [self, { relation: 'next', url: `${base}?_page=${sealPage(service.pageKey, context, next)}` }]
  const entries = [
    ...found.map((one) => entryOf(base, one, minimum(context, one.type, one.json!), 'match')),
    ...outside.map((one) => entryOf(base, one, minimum(context, one.type, one.json!), 'include')),
    ...received,
  ]
  return { status: 200, headers: {}, body: searchset(service, entries, undefined, links) }
}

/** Files as they were received, with where their bytes are. They lie beside the resources, and no search finds them. */
async function receivedFiles(
  { service, context, trace }: Work,
  { patient, since, start, end }: EverythingPage,
  within: Restriction,
): Promise<readonly Entry[]> {
  const files = (await service.files?.(context.tenant, patientId(patient), within)) ?? []
  const from = start === undefined ? undefined : dateInterval(start)
  const to = end === undefined ? undefined : dateInterval(end)
  const kept = files.filter(({ receivedAt }) => {
    const at = Date.parse(receivedAt)
    return (
      (since === undefined || at >= Date.parse(since)) &&
      (from === undefined || at >= from.low) &&
      (to === undefined || at < to.high)
    )
  })
  trace.count = (trace.count ?? 0) + kept.length
  return kept.map(({ resource }) => ({
    fullUrl: `urn:uuid:${resource.id}`,
    json: minimum(context, 'DocumentReference', JSON.stringify(resource)),
    mode: 'match',
  }))
}

/** What the resources of a page refer to and that is in nobody's compartment. */
async function referred(
  { service, context }: Work,
  found: readonly StoredResource[],
): Promise<readonly StoredResource[]> {
  const { index, store } = service
  const base = service.base()
  const refs = new Map<string, ResourceRef>()
  for (const { json } of found) {
    for (const [, written] of json!.matchAll(/"reference":"([^"\\]+)"/g)) {
      const target = referenceTarget(written!, base)
      if (target.kind !== 'local' || index.facts.patientCompartment.has(target.type)) continue
      refs.set(`${target.type}/${target.id}`, { type: target.type, id: target.id })
    }
  }
  if (refs.size === 0) return []
  const all = await store.readMany(context.tenant, [...refs.values()], context.within)
  return all.filter((one) => !one.deleted && one.compartment === '')
}

function sinceCriteria(since: string | undefined): readonly Criterion[] {
  if (since === undefined) return []
  const low = Date.parse(since)
  return [{ kind: 'last-updated', values: [{ op: 'ge', low, high: low }] }]
}

/** Care that overlaps the dates, both included as far as they were written. */
function careCriteria(type: string, { start, end }: EverythingPage): readonly Criterion[] {
  const param = CARE_DATE[type]
  const from = start === undefined ? undefined : dateInterval(start)
  const to = end === undefined ? undefined : dateInterval(end)
  if (param === undefined) return []
  const dated = [
    ...(from === undefined ? [] : [{ op: 'ge' as const, ...from }]),
    ...(to === undefined ? [] : [{ op: 'le' as const, ...to }]),
  ].map((one): Criterion => ({ kind: 'date', param, values: [one] }))
  if (dated.length === 0) return []
  return [{ kind: 'any', of: [dated, [{ kind: 'missing', param, missing: true }]] }]
}

/** Parameters of an operation that is posted. */
function parametersOf(body: unknown): readonly (readonly [string, string])[] {
  const { parameter } = (body ?? {}) as { parameter?: unknown }
  if (!Array.isArray(parameter)) return []
  return (parameter as readonly Record<string, unknown>[]).map((one) => {
    const value = Object.entries(one).find(([key]) => key.startsWith('value'))?.[1]
    return [String(one['name']), String(value ?? '')]
  })
}

function malformed(where: string, what: string): Fault {
  return new Fault('EVERYTHING_MALFORMED', where, what, 'Use start, end, _since, _type and _count.')
}
