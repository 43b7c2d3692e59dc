import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'
import type { Services } from '../http/services.ts'
import { cdsClientOf } from './cds-token.ts'
import type { LoginEntry } from './entry.ts'
import { localCaller } from './local-caller.ts'
import { purposeOf } from './purpose.ts'
import { sessionCaller } from './session-caller.ts'
import { tokenCaller } from './token-caller.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes this request. Reading it on a route that is open to everybody is a bug, and throws. */
    caller: Caller
  }
  interface FastifyContextConfig {
    /** The route tells nothing about people: it answers without a caller. */
    open?: boolean
  }
}

/**
 * Who makes a request: an access token of ours, a token that an EHR signed for this very address (CDS services alone), or
 * a session of our page. Throws LOGIN_REQUIRED (401), never telling which of the proofs was wrong.
 */
export async function callerOf(services: Services, request: FastifyRequest): Promise<Caller> {
  const { entry } = services
  if (entry.kind === 'local') return localCaller(services.tenant)
  const caller = isCds(request)
    ? await cdsCaller(services, entry, request)
    : await pageOrAppCaller(services, entry, request)
  if (caller === undefined) throw loginRequired()
  return caller
}

const isCds = (request: FastifyRequest) => /^\/cds-services(\/|\?|$)/.test(request.url)

/** A request that brings a token is judged by it alone: a stale token is no reason to look at a cookie. */
function pageOrAppCaller(
  services: Services,
  entry: LoginEntry,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  const token = bearerOf(request)
  if (token !== undefined) return tokenCaller(services, request, token)
  // A page of another origin never acts as who is signed in here.
  const { origin } = request.headers
  if (origin !== undefined && !isOwn(origin, request)) return Promise.resolve(undefined)
  return sessionCaller(services, entry, request)
}

async function cdsCaller(
  services: Services,
  entry: LoginEntry,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  const token = bearerOf(request)
  if (token === undefined && !entry.cdsOpen) return undefined
  let issuer = 'open'
  if (token !== undefined) {
    const client = await cdsClientOf(services, token, `${services.publicUrl()}${request.url.split('?')[0]}`)
    if (client === undefined) return undefined
    issuer = client.issuer
  }
  return {
    tenant: services.tenant,
    id: `client/cds ${issuer}`,
    kind: 'client',
    // The EHR asks for the clinician who has the record open, and has let them do so.
    roles: ['clinician'],
    purpose: purposeOf(request, ['clinician']),
    references: [],
    scopes: undefined,
    patient: undefined,
    breakGlass: undefined,
    session: undefined,
    secondFactor: false,
  }
}

function bearerOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers
  return authorization === undefined ? undefined : (/^Bearer +([^\s]+)$/i.exec(authorization)?.[1] ?? '')
}

function isOwn(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function loginRequired(): Fault {
  return new Fault(
    'LOGIN_REQUIRED',
    'authorization',
    'this address answers only to somebody who has signed in',
    'Sign in on the page, or send a valid access token.',
  )
}
