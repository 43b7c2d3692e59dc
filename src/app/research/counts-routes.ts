import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { SearchIndex } from '../../fhir/search/search-index.ts'
import { searchRequest } from '../../fhir/search/search-request.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'
import { accessOf } from '../access/access-of.ts'
import { oneAtATime } from '../fhir/one-at-a-time.ts'
import { FHIR_ROOT } from '../fhir/routes.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { CountDisclosure, type CountReply } from './count-disclosure.ts'

const Asked = z.strictObject({
  /** FHIR type whose people are counted. */
  type: z.string().max(64),
  /** FHIR search, as in an address: "code=http://loinc.org|69548-6". */
  query: z.string().max(4000).default(''),
})

/** Resources read at a time. */
const BATCH = 2000

/**
 * How many people a question is true of, for research: those alone who consented to it, in steps of twenty, never fewer
 * than twenty, and not beside an earlier question about nearly the same people.
 */
export function researchRoutes(server: FastifyInstance, services: Services): void {
  const index = new SearchIndex(searchFacts(services.facts))
  const disclosure = new CountDisclosure(services)

  server.post(
    '/api/research/counts',
    { config: { access: false, audit: { kind: 'rest', interaction: 'count', action: 'E' } } },
    async (request): Promise<CountReply> => {
      const { type, query } = parsed(Asked, request.body, 'body')
      if (!index.serves(type)) throw unknownType()
      const at = services.now()
      const within = withinOf(services, request.caller, type, at.toISOString())
      const base = `${services.publicUrl()}${FHIR_ROOT}`
      const named = [...new URLSearchParams(query)]
      const read = searchRequest(type, named, { index, base, now: at.getTime() })
      const { criteria } = read
      if (read.ignored.length > 0 || read.includes.length > 0 || read.sort.length > 0) throw noCriterion()
      if (asksWho(criteria)) throw whoIsAsked()
      request.audit.about(`${type}?${[...new Set(named.map(([name]) => name))].join('&')}`)
      // Two questions at once would not know of one another.
      return oneAtATime(`research ${request.caller.id}`, async () => {
        const people = new Set<string>()
        const asked = { type, criteria, sort: [], count: 0, after: undefined, total: false, within }
        await disclosure.refuseOverBudget(request.caller.id, type, named)
        for await (const batch of services.store.resources.scan(services.tenant, asked, BATCH)) {
          for (const { compartment } of batch) if (compartment !== TENANT_COMPARTMENT) people.add(compartment)
        }
        return disclosure.told(request.caller.id, type, named, people)
      })
    },
  )
}

/**
 * What is counted over: what the caller may see without identifiers, and people themselves, of whom nothing is shown but
 * how many. Throws ACCESS_DENIED.
 */
function withinOf(services: Services, caller: Caller, type: string, at: string): Restriction {
  const access = accessOf(services.facts, services.site)
  const count = access.authorize(caller, { action: 'count', kind: 'Cohort' }, at)
  const look = access.authorize(
    caller,
    { action: 'read', kind: type === 'Patient' ? 'Condition' : type, deidentified: true },
    at,
  )
  for (const { allow, because } of [count, look])
    if (!allow) throw new Fault('ACCESS_DENIED', type, because, 'Ask whoever administers access here.')
  const { types } = look.restriction
  return { ...look.restriction, types: types && [...types, 'Patient'] }
}

/** A question about named people is not one about a cohort. */
function asksWho(criteria: unknown): boolean {
  if (typeof criteria !== 'object' || criteria === null) return false
  const { kind, identity, param } = criteria as { kind?: string; identity?: boolean; param?: string }
  if (kind === 'id' || identity === true || (kind !== undefined && !JOINS.has(kind) && WHO.has(param ?? '')))
    return true
  return Object.values(criteria).some(asksWho)
}

/** From here to there: whom that names is said by their own criteria. */
const JOINS = new Set(['chain', 'has'])

/** Search parameters that name one person. */
const WHO = new Set(['identifier', 'patient', 'subject', 'name', 'family', 'given', 'phonetic', 'telecom'])

function unknownType(): Fault {
  return new Fault('TYPE_UNKNOWN', 'type', 'this is not a resource type that is kept here', 'See /metadata.')
}

function noCriterion(): Fault {
  return new Fault(
    'SEARCH_PARAMETER_UNKNOWN',
    'query',
    'a parameter of the question is not known, has no value, or does not narrow it',
    'See /fhir/R4/metadata for the search parameters of this type.',
  )
}

function whoIsAsked(): Fault {
  return new Fault(
    'RESEARCH_IDENTITY',
    'query',
    'the question names people by id, name, number or record',
    'Ask by what is true of people: codes, values, dates.',
  )
}
