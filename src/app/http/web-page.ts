import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../terms/fault.ts'
import type { Services } from './services.ts'

/** What the page may load, and who may show it in a frame: EHRs that were named. */
const policyOf = (frames: readonly string[]) =>
  `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors ${["'self'", ...frames].join(' ')}`

/** Whether a route is a file of the page: code and styles, nothing about people. */
export function isPageFile({ method, routeOptions: { url } }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return url !== undefined && /^\/(index\.html|assets\/[^/]+)?$/.test(url)
}

/** The built web page. An address it does not know is the page's own to route, unless it is the API's. */
export async function webPage(server: FastifyInstance, { page, entry }: Services): Promise<void> {
  const policy = policyOf(entry.kind === 'login' ? entry.frames : [])
  if (page !== undefined) {
    await server.register(fastifyStatic, {
      root: page,
      wildcard: false,
      setHeaders: (reply, path) => {
        reply.header('content-security-policy', policy)
        // Built files carry their content in their name; the page that names them does not.
        reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  }
  server.setNotFoundHandler(async (request, reply) => {
    const own = /^\/(api|cds-services|fhir)(\/|\?|$)/.test(request.url)
    if (own || request.method !== 'GET' || /\.[a-z0-9]+$/i.test(request.url.split('?')[0]!)) {
      throw new Fault('ROUTE_UNKNOWN', 'path', 'there is nothing at this address', 'See docs/http.md.')
    }
    if (page !== undefined) return reply.sendFile('index.html')
    return reply
      .code(404)
      .type('text/plain; charset=utf-8')
      .send('The web page is not built. Run "npm start" once, or "npm run build".\n')
  })
}
