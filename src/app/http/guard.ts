import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../terms/fault.ts'

/** Who may call. There is no login yet, so a loopback server must be closed to web pages of other sites. */
export interface Doors {
  /** Names, beside those of the loopback interface, under which the server is called. "*": any. */
  readonly hosts: readonly string[]
  /** Origins of EHRs in a browser that may call the CDS services, beside those on this machine. */
  readonly cdsOrigins: readonly string[]
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Refuses requests under a foreign host name (a page that has rebound its own name to this machine) and changes sent
 * by pages of other sites; lets browsers on this machine, and the named origins, call the CDS services.
 */
export function guard(server: FastifyInstance, doors: Doors): void {
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
    if (request.url.startsWith('/cds-services')) {
      reply.header('vary', 'Origin')
      if (origin !== undefined && mayCallCds(origin, doors)) {
        reply.header('access-control-allow-origin', origin)
        if (request.method === 'OPTIONS') {
          reply.header('access-control-allow-methods', 'GET, POST, OPTIONS')
          reply.header('access-control-allow-headers', 'Content-Type, Authorization')
          reply.header('access-control-max-age', '600')
        }
      }
      if (request.method === 'OPTIONS') return reply.code(204).send()
      if (origin !== undefined && !isSame(origin, request) && !mayCallCds(origin, doors)) throw crossSite()
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

function mayCallCds(origin: string, doors: Doors): boolean {
  if (doors.cdsOrigins.includes(origin)) return true
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname)
}

function crossSite(): Fault {
  return new Fault(
    'CROSS_SITE',
    'origin',
    'the request comes from a page of another site',
    'Use the page of this server; an EHR in a browser is let in with "garrod serve --cds-origin".',
  )
}
