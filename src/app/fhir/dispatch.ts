import { genomeOf } from '../../fhir/genomics/genome.ts'
import { bundleEntry, malformed, rawEntries } from '../../fhir/rest/bundle-entry.ts'
import { fhirStatusOf, type OperationOutcome, outcomeOf } from '../../fhir/rest/outcome.ts'
import type { AuditRows } from '../../record/audit-row.ts'
import type { Resource } from '../../record/resource.ts'
import { NOTICE_HEADER, PART_2_NOTICE } from '../../safeguard/access/part-2-notice.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { type AuditPage, readAuditEvent, searchAuditEvents } from './audit-events.ts'
import { audited } from './audited.ts'
import { type EntryReply, entryResponse, responseBundle } from './bundle-response.ts'
import { patchBody, requestOf } from './entry-request.ts'
import { type EverythingPage, everythingInteraction, everythingPage } from './everything.ts'
import {
  type FhirContext,
  type FhirReply,
  type FhirRequest,
  type FhirService,
  type Interaction,
  permitted,
  type Work,
} from './fhir-service.ts'
import { genomicsInteraction, genomicsOperation, genomicsUtility, utilityInteraction } from './genomics.ts'
import { type HistoryPage, historyInteraction, historyPage } from './history.ts'
import { interactionsOf } from './interactions.ts'
import { matchInteraction } from './matching.ts'
import { openPage } from './page-token.ts'
import { readInteraction, vreadInteraction } from './reading.ts'
import { parametersOf, type SearchPage, searchInteraction, searchPage } from './searching.ts'
import { transactionInteraction } from './transaction.ts'
import { trialMatchInteraction } from './trial-matching.ts'
import { validateInteraction } from './validating.ts'
import { EntryFault } from './write-plan.ts'
import {
  conditionalDelete,
  conditionalPatch,
  conditionalUpdate,
  createInteraction,
  deleteInteraction,
  patchInteraction,
  preferredReturn,
  updateInteraction,
} from './writing.ts'

/** What a request is, and how it is done. */
interface Route {
  readonly interaction: Interaction
  /** As the audit log names it: "search-type", "$everything". */
  readonly name: string
  readonly type: string | undefined
  /** The person in the address. */
  readonly patient: PatientId | undefined
  readonly run: (work: Work) => Promise<FhirReply>
}

/** Does one request, from HTTP or from a bundle, and waits until it is in the audit log. */
export async function dispatch(
  service: FhirService,
  context: FhirContext,
  request: FhirRequest,
): Promise<FhirReply> {
  const route = await foundRoute(service, context, request)
  const { interaction, name, type, patient, run } = route
  return audited(service, context, { interaction, name, type, request }, async (trace) => {
    const asked = { interaction, type, operation: name, ...(patient === undefined ? {} : { patient }) }
    const work = await permitted({ service, context, request, trace }, asked)
    return noticed(work, await run(work))
  })
}

/** What 42 CFR Part 2 asks to go with the answer. */
function noticed({ context }: Work, reply: FhirReply): FhirReply {
  if (context.obligations?.includes('part-2-notice') !== true) return reply
  return { ...reply, headers: { ...reply.headers, [NOTICE_HEADER]: PART_2_NOTICE } }
}

/** An address that leads nowhere is in the log, too; not what was typed there. */
async function foundRoute(service: FhirService, context: FhirContext, request: FhirRequest): Promise<Route> {
  try {
    return routeOf(service, context, request)
  } catch (error) {
    const act = { interaction: 'operation', name: 'unknown', type: undefined, request } as const
    await audited(service, context, act, async (trace) => {
      trace.what.add('(no such address)')
      throw error
    })
    throw error
  }
}

function routeOf(service: FhirService, context: FhirContext, request: FhirRequest): Route {
  const { path } = request
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const [first, second, third, fourth] = path
  if (first === undefined) return rootRoute(service, context, method, request)
  if (first === '_history' && path.length === 1) {
    return only(method, {
      GET: route('history-system', undefined, (work) => historyInteraction(work, undefined, undefined)),
    })
  }
  if (first === '$validate' && path.length === 1) {
    return only(method, {
      POST: operation('$validate', undefined, (work) => validateInteraction(work, undefined, undefined)),
    })
  }
  if (first === '$graphql' && path.length === 1) {
    // Most servers are never asked: the library is loaded by the first query.
    const graphql = operation('$graphql', undefined, async (work) =>
      (await import('./graphql.ts')).graphqlInteraction(work),
    )
    return only(method, { GET: graphql, POST: graphql })
  }
  const genomics = genomicsOperation(path)
  if (genomics !== undefined && service.assemblies !== undefined) {
    const genome = genomeOf(service.assemblies, service.names)
    const asked = operation(`$${genomics.name}`, 'Observation', (work) =>
      genomicsInteraction(work, genomics, genome),
    )
    return only(method, { GET: asked, POST: asked })
  }
  const utility = genomicsUtility(path)
  if (utility !== undefined && service.assemblies !== undefined) {
    const { assemblies } = service
    return only(method, {
      GET: operation(utility.name, undefined, async (work) => utilityInteraction(work, utility, assemblies)),
    })
  }
  if (!service.index.serves(first)) {
    throw new Fault(
      'TYPE_UNKNOWN',
      first.slice(0, 64),
      'this is not a resource type that is kept here',
      'See /metadata.',
    )
  }
  const type = first
  const { auditLog } = service
  if (type === 'AuditEvent' && auditLog !== undefined) return auditRoute(method, auditLog, path)
  if (second === undefined) return only(method, typeRoutes(type), type)
  if (path.length === 2 && second === '_search') {
    return only(method, { POST: route('search-type', type, (work) => searchInteraction(work, type)) }, type)
  }
  if (path.length === 2 && second === '_history') {
    return only(
      method,
      { GET: route('history-type', type, (work) => historyInteraction(work, type, undefined)) },
      type,
    )
  }
  if (path.length === 2 && second === '$validate') {
    return only(method, {
      POST: operation('$validate', type, (work) => validateInteraction(work, type, undefined)),
    })
  }
  const { people } = service
  if (type === 'Patient' && second === '$match' && path.length === 2 && people !== undefined) {
    return only(method, { POST: operation('$match', type, (work) => matchInteraction(work, people)) })
  }
  const { trials } = service
  if (type === 'ResearchStudy' && second === '$match' && path.length === 2 && trials !== undefined) {
    const match = operation('$match', type, (work) => trialMatchInteraction(work, trials))
    return only(method, { GET: match, POST: match })
  }
  if (second.startsWith('$')) throw unknownRoute()
  const ref = { type, id: second }
  const person = type === 'Patient' ? second : undefined
  if (third === undefined) {
    return only(
      method,
      {
        GET: route('read', type, (work) => readInteraction(work, ref), person),
        PUT: route('update', type, (work) => updateInteraction(work, ref), person),
        PATCH: route('patch', type, (work) => patchInteraction(work, ref), person),
        DELETE: route('delete', type, (work) => deleteInteraction(work, ref), person),
      },
      type,
    )
  }
  if (third === '_history' && path.length === 3) {
    return only(
      method,
      { GET: route('history-instance', type, (work) => historyInteraction(work, type, second), person) },
      type,
    )
  }
  if (third === '_history' && path.length === 4) {
    return only(
      method,
      { GET: route('vread', type, (work) => vreadInteraction(work, ref, fourth!), person) },
      type,
    )
  }
  if (third === '$validate' && path.length === 3) {
    const run = (work: Work) => validateInteraction(work, type, second)
    return only(method, {
      GET: operation('$validate', type, run, person),
      POST: operation('$validate', type, run, person),
    })
  }
  if (type === 'Patient' && third === '$everything' && path.length === 3) {
    const run = (work: Work) => everythingInteraction(work, second)
    return only(method, {
      GET: operation('$everything', type, run, person),
      POST: operation('$everything', type, run, person),
    })
  }
  const isCompartment =
    type === 'Patient' && service.index.facts.patientCompartment.has(third) && third !== 'Patient'
  if (isCompartment && (path.length === 3 || (path.length === 4 && fourth === '_search'))) {
    const log = third === 'AuditEvent' ? service.auditLog : undefined
    const search = route(
      'search-type',
      third,
      (work) =>
        log === undefined
          ? searchInteraction(work, third, second)
          : searchAuditEvents(work, log, parametersOf(work), second),
      person,
    )
    return only(method, path.length === 3 ? { GET: search } : { POST: search }, third)
  }
  throw unknownRoute()
}

/** Read and searched; what the log is not asked for is refused. */
function auditRoute(method: string, log: AuditRows, [, id, ...more]: readonly string[]): Route {
  const type = 'AuditEvent'
  if (id === '$validate' && more.length === 0) {
    return only(method, {
      POST: operation('$validate', type, (work) => validateInteraction(work, type, undefined)),
    })
  }
  const search = route('search-type', type, async (work) =>
    searchAuditEvents(work, log, parametersOf(work), undefined),
  )
  if (id === undefined) return only(method, { GET: search })
  if (id === '_search' && more.length === 0) return only(method, { POST: search })
  if (more.length > 0 || id.startsWith('_')) return only('', {})
  return only(method, { GET: route('read', type, (work) => readAuditEvent(work, log, id)) })
}

function rootRoute(service: FhirService, context: FhirContext, method: string, request: FhirRequest): Route {
  const page = request.query.find(([name]) => name === '_page')?.[1]
  if (method === 'GET' && page !== undefined) return pageRoute(service, context, page)
  if (method !== 'POST') throw unknownRoute()
  const bundle = (request.body ?? {}) as Resource
  if (bundle.resourceType !== 'Bundle') throw malformed('body', 'it is not a Bundle')
  if (bundle['type'] === 'transaction') {
    return route('transaction', undefined, (work) =>
      transactionInteraction(work, bundle, (entry) => dispatch(work.service, work.context, entry)),
    )
  }
  if (bundle['type'] === 'batch') return route('batch', undefined, (work) => batchInteraction(work, bundle))
  throw malformed('Bundle.type', 'it is neither transaction nor batch')
}

/** A link to a further page says itself what it is a page of. */
function pageRoute(service: FhirService, context: FhirContext, token: string): Route {
  const page = openPage<SearchPage | HistoryPage | EverythingPage | AuditPage>(
    service.pageKey,
    context,
    token,
  )
  switch (page.kind) {
    case 'search': {
      const { type, parameters, patient, after } = page
      return route('search-type', type, (work) => searchPage(work, type, parameters, patient, after), patient)
    }
    case 'history': {
      const { type, id } = page.query
      const name =
        type === undefined ? 'history-system' : id === undefined ? 'history-type' : 'history-instance'
      return route(name, type, (work) => historyPage(work, page.query, page.shape))
    }
    case 'audit': {
      const { parameters, patient, before } = page
      return route(
        'search-type',
        'AuditEvent',
        (work) => searchAuditEvents(work, service.auditLog!, parameters, patient, before),
        patient,
      )
    }
    case 'everything':
      return operation('$everything', 'Patient', (work) => everythingPage(work, page), page.patient)
  }
}

function typeRoutes(type: string): Readonly<Record<string, Route>> {
  return {
    GET: route('search-type', type, (work) => searchInteraction(work, type)),
    POST: route('create', type, (work) => createInteraction(work, type)),
    PUT: route('update', type, (work) => conditionalUpdate(work, type)),
    PATCH: route('patch', type, (work) => conditionalPatch(work, type)),
    DELETE: route('delete', type, (work) => conditionalDelete(work, type)),
  }
}

/** POST of a Bundle of type batch: every entry by itself, in order; one that fails does not touch the others. */
async function batchInteraction(work: Work, bundle: Resource): Promise<FhirReply> {
  const { service } = work
  const replies: EntryReply[] = []
  for (const [at, sent] of rawEntries(bundle).entries()) replies.push(await batchEntry(work, sent, at))
  return { status: 200, headers: {}, body: responseBundle(service, 'batch-response', replies) }
}

async function batchEntry(
  { service, context, request }: Work,
  sent: unknown,
  at: number,
): Promise<EntryReply> {
  try {
    const entry = bundleEntry(sent, at, service.base())
    const asked = requestOf(entry, request)
    if (entry.path.length === 0)
      throw malformed(`Bundle.entry[${at}].request.url`, 'a bundle holds no bundles')
    const body = entry.method === 'PATCH' ? patchBody(entry) : asked.body
    const reply = await dispatch(service, context, { ...asked, body })
    const preferred = preferredReturn(request)
    const wants = preferred === 'representation'
    const isRead =
      entry.method === 'GET' || entry.path.some((part) => part.startsWith('$') || part === '_search')
    const answer = entryResponse(isRead || wants ? reply : { ...reply, body: undefined })
    if (isRead || preferred !== 'OperationOutcome' || reply.body === undefined) return answer
    return { ...answer, outcome: JSON.parse(reply.body) as OperationOutcome }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const inner = error instanceof EntryFault ? error.inner : error
    return {
      status: String(fhirStatusOf(inner.code)),
      outcome: outcomeOf(inner, `Bundle.entry[${at}]`),
    }
  }
}

function route(
  interaction: Interaction,
  type: string | undefined,
  run: Route['run'],
  patient?: string,
): Route {
  return { interaction, name: interaction, type, patient: personOf(patient), run }
}

function operation(name: string, type: string | undefined, run: Route['run'], patient?: string): Route {
  return { interaction: 'operation', name, type, patient: personOf(patient), run }
}

/** An id that no person can have is nobody's. */
function personOf(id: string | undefined): PatientId | undefined {
  return id !== undefined && /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(id) ? patientId(id) : undefined
}

/** A method that an address does not take, with those that it does (RFC 9110, 15.5.6). */
export class MethodRefused extends Fault {
  readonly allowed: readonly string[]

  constructor(method: string, allowed: readonly string[]) {
    super(
      'INTERACTION_REFUSED',
      method.slice(0, 16),
      'this address does not take that method',
      'See /metadata for what can be done with each type.',
    )
    this.allowed = allowed
  }
}

/** Throws INTERACTION_REFUSED on a method that the address, or the type, does not take. */
function only(method: string, routes: Readonly<Record<string, Route>>, type?: string): Route {
  const offered = Object.entries(routes).filter(
    ([, { interaction }]) => type === undefined || interactionsOf(type).includes(interaction),
  )
  const found = offered.find(([name]) => name === method)
  if (found !== undefined) return found[1]
  throw new MethodRefused(
    method,
    offered.flatMap(([name]) => (name === 'GET' ? ['GET', 'HEAD'] : [name])),
  )
}

function unknownRoute(): Fault {
  return new Fault('ROUTE_UNKNOWN', 'address', 'there is nothing at this address', 'See /metadata.')
}
