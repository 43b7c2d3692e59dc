import { dateInterval } from '../../fhir/search/date-interval.ts'
import { PAGE_DEFAULT, PAGE_LARGEST } from '../../fhir/search/search-request.ts'
import type { HistoryQuery, StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type FhirReply, touch, type Work } from './fhir-service.ts'
import { sealPage } from './page-token.ts'
import { type Shape, shapedText, shapeOf, unknownResource } from './reading.ts'
import { type Link, queryString } from './search-bundle.ts'

/** What the link to a further page of a history carries. */
export interface HistoryPage {
  readonly kind: 'history'
  readonly query: HistoryQuery
  readonly shape: Shape
}

/** GET _history, Type/_history, Type/id/_history, with _since, _at, _count, _summary, _elements. Throws HISTORY_MALFORMED, RESOURCE_UNKNOWN. */
export async function historyInteraction(
  work: Work,
  type: string | undefined,
  id: string | undefined,
): Promise<FhirReply> {
  const query = { type, id, after: undefined, ...periodOf(work) }
  return historyPage(work, query, shapeOf(work.request.query))
}

export async function historyPage(work: Work, query: HistoryQuery, shape: Shape): Promise<FhirReply> {
  const { service, context, request, trace } = work
  const { type, id } = query
  if (type !== undefined && id !== undefined && query.after === undefined) {
    const current = await service.store.read(context.tenant, { type, id }, context.within)
    if (current === undefined) throw unknownResource(`${type}/${id}`)
  }
  const page = await service.store.history(context.tenant, query, context.within)
  touch(trace, page.resources)
  trace.count = page.resources.length
  const base = service.base()
  const place = [type, id, '_history'].filter((one) => one !== undefined).join('/')
  const asked = queryString(request.query.filter(([name]) => name !== '_page'))
  const links: Link[] = [{ relation: 'self', url: `${base}/${place}${asked === '' ? '' : `?${asked}`}` }]
  if (page.next !== undefined) {
    const next: HistoryPage = { kind: 'history', query: { ...query, after: page.next }, shape }
    links.push({ relation: 'next', url: `${base}?_page=${sealPage(service.pageKey, context, next)}` })
  }
  const head = {
    resourceType: 'Bundle',
    id: service.newId(),
    meta: { lastUpdated: service.now().toISOString() },
    type: 'history',
    ...(page.total === undefined ? {} : { total: page.total }),
    link: links,
  }
  const entries = page.resources.map((one) =>
    entryText(base, one, one.deleted ? '' : shapedText(work, one, shape)),
  )
  const body =
    entries.length === 0
      ? JSON.stringify(head)
      : `${JSON.stringify(head).slice(0, -1)},"entry":[${entries.join(',')}]}`
  return { status: 200, headers: {}, body }
}

function entryText(
  base: string,
  { type, id, version, lastUpdated, deleted }: StoredResource,
  json: string,
): string {
  const place = `${type}/${id}`
  // Whether version 1 was posted or put is not kept: a put to that place makes it either way.
  const rest = JSON.stringify({
    request: deleted ? { method: 'DELETE', url: place } : { method: 'PUT', url: place },
    response: {
      status: deleted ? '204' : version === 1 ? '201' : '200',
      etag: `W/"${version}"`,
      lastModified: lastUpdated,
    },
  })
  const head = `{"fullUrl":${JSON.stringify(`${base}/${place}`)},`
  return deleted ? `${head}${rest.slice(1)}` : `${head}"resource":${json},${rest.slice(1)}`
}

/** What goes with any interaction. */
const GENERAL: ReadonlySet<string> = new Set(['_format', '_pretty', '_summary', '_elements'])

function periodOf({ request }: Work): Pick<HistoryQuery, 'since' | 'at' | 'count'> {
  let since: string | undefined
  let at: HistoryQuery['at']
  let count = PAGE_DEFAULT
  for (const [name, value] of request.query) {
    if (name === '_count') {
      if (!/^[1-9]\d{0,8}$/.test(value))
        throw malformed(name, 'the value is not a positive number', 'Write digits only.')
      count = Math.min(Number(value), PAGE_LARGEST)
    } else if (name === '_since' || name === '_at') {
      const interval = dateInterval(value)
      if (interval === undefined)
        throw malformed(name, 'the value is not a date', 'Write 2026-11-22T09:30:00Z.')
      const from = new Date(interval.low).toISOString()
      if (name === '_since') since = from
      else at = { from, until: new Date(interval.high).toISOString() }
    } else if (name === '_summary' && value === 'count') {
      throw malformed(name, 'versions are not counted', 'Use true, text, data or false.')
    } else if (!GENERAL.has(name)) {
      throw malformed(
        name.slice(0, 64),
        'a history does not take this parameter',
        'Use _since, _at, _count, _summary and _elements.',
      )
    }
  }
  return { since, at, count }
}

function malformed(where: string, what: string, mend: string): Fault {
  return new Fault('HISTORY_MALFORMED', where, what, mend)
}
