import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../terms/fault.ts'

/** Under which names the server is called, and from which other sites' pages. Who calls is another question: see login/. */
export interface Doors {
  /** Names, beside those of the loopback interface, under which the server is called. "*": any. */
  readonly hosts: readonly string[]
  /** Origins of EHRs in a browser that may call the CDS services, beside those on this machine. */
  readonly cdsOrigins: readonly string[]
  /** Addresses of proxies before this server, whose word on who calls is taken. */
  readonly proxies?: readonly string[]
  /** Certificate and private key, PEM. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** What FHIR clients read from answers, and send with requests. */
const EXPOSED =
  'ETag, Location, Content-Location, Last-Modified, Retry-After, X-Progress, Redisclosure-Notice'
const ALLOWED =
  'Content-Type, Authorization, Accept, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Prefer, Purpose-Of-Use'

/** Whether a registered app runs at an origin: its pages may call the FHIR server. */
type IsApp = (origin: string) => Promise<boolean>

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Refuses requests under a foreign host name (a page that has rebound its own name to this machine) and changes sent
 * by pages of other sites; lets browsers on this machine, and the named origins, call the CDS services.
 */
export function guard(server: FastifyInstance, doors: Doors, isApp: IsApp): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!doors.hosts.includes('*') && !isOwn(hostOf(request), doors)) {
      throw new Fault(
        'HOST_UNKNOWN',
        'host',
        'this server does not go by that name',
        'Call it by the address it printed at start, or start it with --host and that name.',
      )
    }
    const origin = request.headers.origin
    // The authorization server has rules of its own for pages of other sites.
    if (request.url.startsWith('/oidc/')) return
    if (/^\/(cds-services|fhir)(\/|\?|$)/.test(request.url)) {
      reply.header('vary', 'Origin')
      const may = origin !== undefined && (await mayCall(origin, request, doors, isApp))
      if (may) {
        reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED)
        if (request.method === 'OPTIONS') {
          reply.header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE, OPTIONS')
          reply.header('access-control-allow-headers', ALLOWED)
          reply.header('access-control-max-age', '600')
        }
      }
      if (request.method === 'OPTIONS') return reply.code(204).send()
      // Discovery tells nothing about people, and apps are found by it before they are known.
      if (request.url.includes('/.well-known/')) return
      if (origin !== undefined && !isSame(origin, request) && !may) throw crossSite()
      return
    }
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    if (changes && origin !== undefined && !isSame(origin, request)) throw crossSite()
  })
}

function hostOf(request: FastifyRequest): string {
  const host = request.headers.host ?? ''
  return host.replace(/:\d+$/, '').toLowerCase()
}

function isOwn(host: string, doors: Doors): boolean {
  return LOOPBACK.has(host) || doors.hosts.includes(host)
}

function isSame(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

/** Pages on this machine, EHRs that were named, and on the FHIR server the apps that were registered. */
async function mayCall(
  origin: string,
  request: FastifyRequest,
  doors: Doors,
  isApp: IsApp,
): Promise<boolean> {
  if (doors.cdsOrigins.includes(origin)) return true
  if (URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname)) return true
  return request.url.startsWith('/fhir') && isApp(origin)
}

function crossSite(): Fault {
  return new Fault(
    'CROSS_SITE',
    'origin',
    'the request comes from a page of another site',
    'Use the page of this server; an EHR in a browser is let in with "garrod serve --cds-origin".',
  )
}
