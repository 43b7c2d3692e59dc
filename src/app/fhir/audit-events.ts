import { subsetOf } from '../../fhir/rest/subset.ts'
import type { Named } from '../../fhir/search/chained-criteria.ts'
import { type SearchRequest, searchRequest } from '../../fhir/search/search-request.ts'
import type { AuditQuery, AuditRows } from '../../record/audit-row.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { AUDIT_PARAMETERS, auditQueryOf } from '../../safeguard/audit/audit-search.ts'
import { auditEvent, auditEvents, type FoundEvent } from '../../safeguard/audit/find-events.ts'
import { Fault } from '../../terms/fault.ts'
import type { FhirContext, FhirReply, Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'
import { sealPage } from './page-token.ts'
import { unknownResource, versionHeaders } from './reading.ts'
import { queryString, searchset } from './search-bundle.ts'

/** What the link to a further page of the audit log carries. */
export interface AuditPage {
  readonly kind: 'audit'
  readonly parameters: readonly Named[]
  readonly patient: string | undefined
  readonly before: number
}

const TYPE = 'AuditEvent'

/** GET AuditEvent/id, from the audit log. Throws RESOURCE_UNKNOWN, also for what the caller may not see. */
export async function readAuditEvent(
  { context, trace }: Work,
  log: AuditRows,
  id: string,
): Promise<FhirReply> {
  const found = await auditEvent(log, context.tenant, id)
  const seen = found !== undefined && mayLook(context) && isOfThem(context, found) ? found : undefined
  if (seen === undefined) throw unknownResource(`${TYPE}/${id}`)
  trace.what.add(`${TYPE}/${id}`)
  const { lastUpdated } = seen.meta
  return { status: 200, headers: versionHeaders({ version: 1, lastUpdated }), body: json(context, seen) }
}

/**
 * GET AuditEvent?…, from the audit log, newest first. Who may read it at all is decided by the policies; whoever is
 * limited to a record sees entries about that record. Throws AUDIT_SEARCH on what the log cannot answer.
 */
export async function searchAuditEvents(
  work: Work,
  log: AuditRows,
  parameters: readonly Named[],
  patient: string | undefined,
  before?: number,
): Promise<FhirReply> {
  const { service, context, trace } = work
  const base = service.base()
  const read = searchRequest(TYPE, parameters, { index: service.index, base, now: service.now().getTime() })
  refuseWhatTheLogCannot(read)
  trace.what.add(`${TYPE}?${[...new Set(read.used.map(([name]) => name))].join('&')}`)
  const query = visible(context, asked(read, patient))
  const count = read.summary === 'count' ? 0 : read.count
  const page =
    query === undefined
      ? { events: [], total: 0, next: undefined }
      : await auditEvents(
          log,
          context.tenant,
          { ...query, ...(before === undefined ? {} : { before }) },
          { count, total: read.total !== 'none' || count === 0 },
        )
  trace.count = page.events.length
  const whole = read.elements.length === 0 && (read.summary === 'false' || read.summary === 'count')
  const elements = service.index.facts.elements
  const shape = (text: string) =>
    whole
      ? text
      : JSON.stringify(subsetOf(JSON.parse(text) as Resource, read.summary, read.elements, elements))
  const entries = page.events.map((one) => ({
    fullUrl: `${base}/${TYPE}/${one.id}`,
    json: shape(json(context, one)),
    mode: 'match' as const,
  }))
  const place = patient === undefined ? TYPE : `Patient/${patient}/${TYPE}`
  const text = queryString(read.used)
  const links = [{ relation: 'self', url: `${base}/${place}${text === '' ? '' : `?${text}`}` }]
  if (page.next !== undefined) {
    const next: AuditPage = { kind: 'audit', parameters: read.used, patient, before: page.next }
    links.push({ relation: 'next', url: `${base}?_page=${sealPage(service.pageKey, context, next)}` })
  }
  const only = before === undefined && page.next === undefined ? page.events.length : undefined
  return { status: 200, headers: {}, body: searchset(service, entries, page.total ?? only, links) }
}

/** The log is no part of the store: nothing joins with it. Throws AUDIT_SEARCH, rather than find nothing. */
export function refuseJoinWithLog(parameters: readonly Named[]): void {
  const joins = parameters.some(
    ([name, value]) =>
      name.includes(`:${TYPE}:`) || (/^_(rev)?include\b/.test(name) && value.startsWith(`${TYPE}:`)),
  )
  if (joins) throw unanswered('_has')
}

function refuseWhatTheLogCannot({ includes, ignored, sort }: SearchRequest): void {
  if (includes.length > 0) throw unanswered('_include')
  if (ignored.length > 0) throw unanswered(ignored[0]!)
  if (sort.some(({ param, descending }) => param !== 'date' || !descending)) throw unanswered('_sort')
}

/** Of two persons at once nothing is asked. */
function asked(read: SearchRequest, patient: string | undefined): AuditQuery | undefined {
  const query = auditQueryOf(read.criteria)
  return patient === undefined ? query : among(query, [patient])
}

function visible({ within, ...context }: FhirContext, query: AuditQuery | undefined): AuditQuery | undefined {
  if (query === undefined || !mayLook({ ...context, within })) return undefined
  if (within.compartments === undefined) return query
  return among(
    query,
    within.compartments.filter((one) => one !== TENANT_COMPARTMENT),
  )
}

function among(query: AuditQuery, people: readonly string[]): AuditQuery | undefined {
  const patients =
    query.patients === undefined ? people : query.patients.filter((one) => people.includes(one))
  return patients.length === 0 ? undefined : { ...query, patients }
}

function mayLook({ within: { types } }: Pick<FhirContext, 'within'>): boolean {
  return types === undefined || types.includes(TYPE)
}

function isOfThem({ within: { compartments } }: FhirContext, event: FoundEvent): boolean {
  if (compartments === undefined) return true
  const text = JSON.stringify(event.entity ?? [])
  return compartments.some((one) => one !== TENANT_COMPARTMENT && text.includes(`"Patient/${one}"`))
}

function json(context: FhirContext, event: FoundEvent): string {
  return minimum(context, TYPE, JSON.stringify(ownPart(context, event)))
}

/** Whoever is limited to a record does not learn who else was on a list, nor what was read of others. */
function ownPart({ within: { compartments } }: FhirContext, { entity = [], ...event }: FoundEvent): object {
  if (compartments === undefined) return { ...event, ...(entity.length === 0 ? {} : { entity }) }
  const personOf = (one: (typeof entity)[number]) => /^Patient\/(.+)$/.exec(one.what?.reference ?? '')?.[1]
  const isOwn = (id: string | undefined) => compartments.some((one) => one === id)
  const others = entity.some((one) => personOf(one) !== undefined && !isOwn(personOf(one)))
  return { ...event, entity: entity.filter((one) => isOwn(personOf(one)) || !others) }
}

function unanswered(name: string): Fault {
  return new Fault(
    'AUDIT_SEARCH',
    name,
    'the audit log cannot be searched in this way',
    `Search AuditEvents by ${AUDIT_PARAMETERS.join(', ')}; they come newest first.`,
  )
}
