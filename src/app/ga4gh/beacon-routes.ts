import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type BeaconIdentity,
  configurationOf,
  entryTypesOf,
  filteringTermsOf,
  infoOf,
  mapOf,
  serviceInfoOf,
} from '../../deliver/beacon/description.ts'
import {
  answerOf,
  collectionsOf,
  type EntryType,
  errorOf,
  type Found,
  GRANULARITIES,
  NOTHING_RECEIVED,
} from '../../deliver/beacon/envelope.ts'
import { genomeOf } from '../../fhir/genomics/genome.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { QUESTIONS_PER_WINDOW, WINDOW_DAYS } from '../../safeguard/disclosure/disclosed-count.ts'
import { Fault } from '../../terms/fault.ts'
import { canonicalJson } from '../../terms/vrs/digest.ts'
import { accessOf } from '../access/access-of.ts'
import { faultReply } from '../http/fault-reply.ts'
import type { BeaconSettings, Services } from '../http/services.ts'
import { callerOf } from '../login/caller-of.ts'
import { VERSION } from '../version.ts'
import {
  type BeaconData,
  type BeaconHits,
  biosampleHits,
  individualHits,
  variantHits,
} from './beacon-data.ts'
import { BeaconDisclosure } from './beacon-disclosure.ts'
import { beaconLevel } from './beacon-level.ts'
import { type BeaconRequest, beaconRequest, malformed } from './beacon-request.ts'

const STATUS: Readonly<Record<string, number>> = {
  BEACON_BUDGET: 429,
  BEACON_TOO_COSTLY: 400,
  BEACON_MALFORMED: 400,
}

interface Endpoint {
  readonly type: EntryType
  readonly path: string
  readonly hits: (data: BeaconData, request: BeaconRequest) => Promise<BeaconHits>
  /** Whether an entry of a single person is hidden: a variant is many people's, an individual is one. */
  readonly byEntry: boolean
}

const ENDPOINTS: readonly Endpoint[] = [
  {
    type: 'genomicVariant',
    path: 'g_variants',
    byEntry: true,
    hits: (data, { parameters, filters }) => variantHits(data, parameters, filters),
  },
  {
    type: 'individual',
    path: 'individuals',
    byEntry: false,
    hits: (data, { filters }) => individualHits(data, filters),
  },
  {
    type: 'biosample',
    path: 'biosamples',
    byEntry: false,
    hits: (data, { filters }) => biosampleHits(data, filters),
  },
]

/** GA4GH Beacon v2 under /beacon. Questions are open to everybody; what is told depends on who asks. */
export async function beaconRoutes(
  server: FastifyInstance,
  services: Services,
  settings: BeaconSettings,
): Promise<void> {
  const key = randomBytes(32)
  const disclosure = new BeaconDisclosure(key, settings.questions ?? QUESTIONS_PER_WINDOW, WINDOW_DAYS)
  const open = { config: { open: true } }
  const identity = (): BeaconIdentity => ({
    id: settings.id,
    name: settings.name,
    url: `${services.publicUrl()}/beacon`,
    version: VERSION,
  })
  for (const [path, describe] of [
    ['/beacon', infoOf],
    ['/beacon/', infoOf],
    ['/beacon/info', infoOf],
    ['/beacon/service-info', serviceInfoOf],
    ['/beacon/configuration', configurationOf],
    ['/beacon/entry_types', entryTypesOf],
    ['/beacon/map', mapOf],
    ['/beacon/filtering_terms', filteringTermsOf],
  ] as const)
    server.get(path, open, async () => describe(identity()))
  for (const endpoint of ENDPOINTS) {
    const handler = (request: FastifyRequest, reply: FastifyReply) => question(request, reply, endpoint)
    server.route({ method: ['GET', 'POST'], url: `/beacon/${endpoint.path}`, ...open, handler, errorHandler })
    server.route({
      method: ['GET', 'POST'],
      url: `/beacon/${endpoint.path}/:id`,
      ...open,
      handler,
      errorHandler,
    })
  }
  for (const type of ['dataset', 'cohort'] as const) {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        const { received } = beaconRequest(request.query as Record<string, unknown>, request.body)
        return collectionsOf(settings.id, type, received, [collection(type, settings.name)])
      } catch (error) {
        return sendFault(error, reply, type)
      }
    }
    server.route({ method: ['GET', 'POST'], url: `/beacon/${type}s`, ...open, handler, errorHandler })
  }
  server.all('/beacon/*', open, async (_request, reply) =>
    reply
      .code(404)
      .send(
        errorOf(settings.id, 'genomicVariant', NOTHING_RECEIVED, 404, 'there is nothing at this address'),
      ),
  )

  async function question(
    request: FastifyRequest,
    reply: FastifyReply,
    endpoint: Endpoint,
  ): Promise<unknown> {
    const at = services.now()
    let caller: Caller | undefined
    let code: string | undefined
    let given: number | undefined
    try {
      caller = await whoAsks(services, request)
      const asked = beaconRequest(request.query as Record<string, unknown>, request.body)
      const access = accessOf(services.facts, services.site)
      const level = beaconLevel(
        access,
        services.tenant,
        caller,
        request.ip,
        settings.controlled,
        at.toISOString(),
      )
      disclosure.spend(level.account, at.getTime())
      const { received } = asked
      const wanted = GRANULARITIES.indexOf(received.requestedGranularity)
      const granularity = GRANULARITIES[Math.min(wanted, GRANULARITIES.indexOf(level.granularity))]!
      const data = {
        store: services.store,
        tenant: services.tenant,
        genome: genomeOf(assemblies(services.facts), services.names),
        within: level.within,
        key,
      }
      const { id } = request.params as { id?: string }
      if (id !== undefined && level.level !== 'CONTROLLED') {
        throw new Fault(
          'ACCESS_DENIED',
          'access',
          'single records are told to callers of controlled access alone',
          'Ask this site for access.',
        )
      }
      if (
        id === undefined &&
        endpoint.type !== 'genomicVariant' &&
        asked.filters.length === 0 &&
        level.level !== 'CONTROLLED'
      )
        throw malformed('filters', 'a question without a filter is about everybody')
      const hits = received.testMode ? { entries: new Map() } : await hitsOf(data, asked, endpoint, id)
      const about = canonicalJson([endpoint.path, asked.parameters, [...asked.filters].sort()])
      const found = disclosure.told(level.account, about, hits, granularity, endpoint.byEntry)
      given = found.results?.length
      return answerOf(settings.id, endpoint.type, received, paged(found, received.pagination))
    } catch (error) {
      code = error instanceof Fault ? error.code : 'INTERNAL'
      return sendFault(error, reply, endpoint.type)
    } finally {
      await services.audit.record(services.tenant, {
        at: at.toISOString(),
        action: 'E',
        kind: 'search',
        interaction: 'beacon',
        outcome: code === undefined ? 'success' : code === 'INTERNAL' ? 'failed' : 'refused',
        ...(code === undefined ? {} : { code }),
        who: { id: caller?.id ?? 'anonymous', roles: caller?.roles ?? [], address: request.ip },
        purpose: 'HRESCH',
        patients: [],
        what: [`Beacon ${endpoint.path}`],
        ...(given === undefined ? {} : { count: given }),
      })
    }
  }

  function errorHandler(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
    return sendFault(error, reply, 'genomicVariant')
  }

  function sendFault(error: unknown, reply: FastifyReply, type: EntryType) {
    const { status, body } = faultReply(error, services.log)
    const code = (error instanceof Fault ? STATUS[error.code] : undefined) ?? status
    const words = `${body.where}: ${body.what}. ${body.mend}`
    return reply.code(code).send(errorOf(settings.id, type, NOTHING_RECEIVED, code, words))
  }
}

/** One record by its id, or all that the question is about. Throws ROUTE_UNKNOWN. */
async function hitsOf(
  data: BeaconData,
  asked: BeaconRequest,
  endpoint: Endpoint,
  id: string | undefined,
): Promise<BeaconHits> {
  if (id === undefined) return endpoint.hits(data, asked)
  const named = /^(NC_\d+\.\d+):(\d+):/.exec(id)
  const start = Number(named?.[2])
  const parameters =
    named === null ? asked.parameters : { referenceName: named[1]!, start: [start], end: [start + 1] }
  const { entries } = await endpoint.hits(data, { ...asked, parameters })
  const one = entries.get(id)
  if (one !== undefined) return { entries: new Map([[id, one]]) }
  throw new Fault(
    'ROUTE_UNKNOWN',
    'id',
    'there is no record of this id',
    'Take ids from an answer with records.',
  )
}

function paged(found: Found, { skip, limit }: { readonly skip: number; readonly limit: number }): Found {
  if (found.results === undefined) return found
  const size = limit === 0 ? 100 : limit
  return { ...found, results: found.results.slice(skip * size, (skip + 1) * size) }
}

function collection(type: 'dataset' | 'cohort', name: string): object {
  const words = `${name}: people who agreed to research`
  return type === 'dataset'
    ? { id: 'garrod', name: words }
    : { id: 'garrod', name: words, cohortType: 'beacon-defined' }
}

/** Nobody in particular when no proof is brought; a proof that is wrong is refused. Throws LOGIN_REQUIRED. */
async function whoAsks(services: Services, request: FastifyRequest): Promise<Caller | undefined> {
  try {
    return await callerOf(services, request)
  } catch (error) {
    const anonymous = request.headers.authorization === undefined
    if (anonymous && error instanceof Fault && error.code === 'LOGIN_REQUIRED') return undefined
    throw error
  }
}
