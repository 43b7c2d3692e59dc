import type { FastifyInstance } from 'fastify'
import { isSecure } from '../login/cookie.ts'
import type { Services } from './services.ts'

/** An answer that is not a page runs nothing, loads nothing and is shown in no frame. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A year, and every name below this one (ASVS 5.0, 3.4.1). */
const ONLY_TLS = 'max-age=31536000; includeSubDomains'

/** Headers that keep a browser from guessing, framing, caching and telling; pages bring a policy of their own. */
export function answerHeaders(server: FastifyInstance, services: Services): void {
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'no-referrer')
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', NOTHING)
    if (isSecure(services)) reply.header('strict-transport-security', ONLY_TLS)
    if (/^\/(api|cds-services|fhir|beacon)/.test(request.url)) reply.header('cache-control', 'no-store')
  })
}
