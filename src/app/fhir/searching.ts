import { FAULT_SYSTEM, type OperationOutcome } from '../../fhir/rest/outcome.ts'
import { subsetOf } from '../../fhir/rest/subset.ts'
import type { Named } from '../../fhir/search/chained-criteria.ts'
import { type SearchRequest, searchRequest } from '../../fhir/search/search-request.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import type { ResourceQuery } from '../../record/resource-query.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { refuseJoinWithLog } from './audit-events.ts'
import { type FhirReply, type FhirService, touch, type Work } from './fhir-service.ts'
import { included } from './included.ts'
import { minimum } from './minimum.ts'
import { sealPage } from './page-token.ts'
import { type Entry, entryOf, type Link, queryString, searchset } from './search-bundle.ts'

/** What the link to a further page of a search carries. */
export interface SearchPage {
  readonly kind: 'search'
  readonly type: string
  readonly parameters: readonly Named[]
  readonly patient: string | undefined
  readonly after: string
}

/** GET Type?…, POST Type/_search, GET Patient/id/Type?…: `patient` is whose compartment is searched. */
export async function searchInteraction(work: Work, type: string, patient?: string): Promise<FhirReply> {
  return searchPage(work, type, parametersOf(work), patient, undefined)
}

/** Of the address and of the form. Throws CONTENT_TYPE_REFUSED. */
export function parametersOf({ request }: Work): readonly Named[] {
  if (request.method === 'POST' && request.bodyType !== 'form' && request.bodyType !== 'none') {
    // Left unread, it would widen the search to everything.
    throw new Fault('CONTENT_TYPE_REFUSED', 'content-type', 'a search is not sent as JSON', 'Send a form.')
  }
  const form = request.bodyType === 'form' ? (request.body as readonly Named[]) : []
  return [...request.query, ...form]
}

/** One page of a search. */
export async function searchPage(
  work: Work,
  type: string,
  parameters: readonly Named[],
  patient: string | undefined,
  after: string | undefined,
): Promise<FhirReply> {
  const { service, context, trace } = work
  if (service.auditLog !== undefined) refuseJoinWithLog(parameters)
  const read = requestOf(service, type, parameters)
  refuseUnknown(work, read)
  trace.what.add(`${type}?${[...new Set(read.used.map(([name]) => name))].join('&')}`)
  const owner = patient === undefined ? read.patient : patientId(patient)
  const page = await service.store.search(context.tenant, {
    ...questionOf(read, work, owner),
    after,
  })
  const extra = await included(service, context, read, page.resources)
  touch(trace, [...page.resources, ...extra])
  trace.count = page.resources.length
  const elements = service.index.facts.elements
  const whole = read.elements.length === 0 && (read.summary === 'false' || read.summary === 'count')
  const shape = (json: string) =>
    whole
      ? json
      : resourceText(subsetOf(readResourceText(json) as Resource, read.summary, read.elements, elements))
  const base = service.base()
  const entries: Entry[] = [
    ...page.resources.map((one) => entryOf(base, one, shape(minimum(context, one.type, one.json!)), 'match')),
    ...extra.map((one) => entryOf(base, one, minimum(context, one.type, one.json!), 'include')),
    ...(read.ignored.length === 0 ? [] : [ignoredEntry(read.ignored)]),
  ]
  // The first page tells the total for nothing when it is the only one.
  const total =
    page.total ?? (after === undefined && page.next === undefined ? page.resources.length : undefined)
  const links = linksOf(work, read, patient, page.next)
  return { status: 200, headers: {}, body: searchset(service, entries, total, links) }
}

function linksOf(
  { service, context }: Work,
  read: SearchRequest,
  patient: string | undefined,
  next: string | undefined,
): Link[] {
  const base = service.base()
  const place = patient === undefined ? read.type : `Patient/${patient}/${read.type}`
  const query = queryString(read.used)
  const self = { relation: 'self', url: `${base}/${place}${query === '' ? '' : `?${query}`}` }
  if (next === undefined) return [self]
  const page: SearchPage = { kind: 'search', type: read.type, parameters: read.used, patient, after: next }
  return [self, { relation: 'next', url: `${base}?_page=${sealPage(service.pageKey, context, page)}` }]
}

function requestOf(service: FhirService, type: string, parameters: readonly Named[]): SearchRequest {
  return searchRequest(type, parameters, {
    index: service.index,
    base: service.base(),
    now: service.now().getTime(),
  })
}

function questionOf(
  read: SearchRequest,
  { context }: Work,
  owner: PatientId | undefined,
): Omit<ResourceQuery, 'after'> {
  const { type, criteria, sort, count, total } = read
  return {
    type,
    criteria,
    sort,
    count,
    total: total !== 'none',
    within: context.within,
    ...(owner === undefined ? {} : { patient: owner }),
  }
}

/** `Prefer: handling=strict` refuses what lenient handling leaves out. Throws SEARCH_PARAMETER_UNKNOWN. */
function refuseUnknown({ request }: Work, read: SearchRequest): void {
  const strict = /\bhandling\s*=\s*strict\b/.test(request.headers['prefer'] ?? '')
  if (strict && read.ignored.length > 0) throw unknownParameters(read)
}

function unknownParameters({ type, ignored }: SearchRequest): Fault {
  return new Fault(
    'SEARCH_PARAMETER_UNKNOWN',
    `${type}?${ignored.join('&').slice(0, 200)}`,
    'there is no such search parameter here, or it has no value',
    'See /metadata for the parameters of this type.',
  )
}

function ignoredEntry(ignored: readonly string[]): Entry {
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: ignored.map((name) => ({
      severity: 'warning',
      code: 'not-supported',
      details: {
        coding: [{ system: FAULT_SYSTEM, code: 'SEARCH_PARAMETER_UNKNOWN' }],
        text: 'This parameter was left out of the search.',
      },
      diagnostics: `${name.slice(0, 100)} is not a search parameter here, or has no value`,
    })),
  }
  return { fullUrl: undefined, json: JSON.stringify(outcome), mode: 'outcome' }
}

/**
 * Resources that a conditional interaction means, at most two: more than one is always refused. Unknown parameters and
 * an empty condition are refused, whatever the handling: they would mean every resource of the type.
 * Throws CONDITION_MALFORMED, SEARCH_PARAMETER_UNKNOWN.
 */
export async function matchesOf(
  work: Work,
  type: string,
  parameters: readonly Named[],
): Promise<readonly ResourceRef[]> {
  const { service, context } = work
  const read = requestOf(service, type, parameters)
  if (read.ignored.length > 0) throw unknownParameters(read)
  if (read.criteria.length === 0) {
    throw new Fault(
      'CONDITION_MALFORMED',
      type,
      'the condition says nothing about the resource',
      'Name at least one search parameter, as in identifier=system|value.',
    )
  }
  const question = questionOf(read, work, read.patient)
  const page = await service.store.search(context.tenant, {
    ...question,
    count: 2,
    total: false,
    sort: [],
    after: undefined,
  })
  return page.resources
}
