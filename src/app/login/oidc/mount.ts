import type { FastifyInstance } from 'fastify'
import type Provider from 'oidc-provider'
import type { Services } from '../../http/services.ts'
import { RateLimit } from '../rate-limit.ts'
import { OIDC_BASE, oidcProvider } from './provider.ts'
import { signingKeys } from './signing-keys.ts'

/** How long keys are used without a look at whether new ones are due, ms. */
const KEYS_LIFE = 3_600_000

/** The authorization server that is in force: made when first asked for, and again when a key was made. */
export class AuthorizationServer {
  readonly #services: Services
  #made: { readonly provider: Promise<Provider>; readonly until: number; readonly url: string } | undefined
  #last: { readonly version: string; readonly provider: Provider } | undefined

  constructor(services: Services) {
    this.#services = services
  }

  provider(): Promise<Provider> {
    const { now, publicUrl } = this.#services
    const at = now().getTime()
    if (this.#made === undefined || at >= this.#made.until || this.#made.url !== publicUrl()) {
      const made = { provider: this.#make(publicUrl()), until: at + KEYS_LIFE, url: publicUrl() }
      made.provider.catch(() => {
        if (this.#made === made) this.#made = undefined
      })
      this.#made = made
    }
    return this.#made.provider
  }

  async #make(publicUrl: string): Promise<Provider> {
    const { store, tenant, now } = this.#services
    const keys = await signingKeys(store.login, tenant, now())
    const version = `${publicUrl} ${keys.version}`
    if (this.#last?.version !== version)
      this.#last = { version, provider: oidcProvider(this.#services, keys, publicUrl) }
    return this.#last.provider
  }
}

/** Requests to tokens and introspection from one address in a minute. */
const MOST_A_MINUTE = 300
const OWN_SESSION = /^_session(\.sig)?$/

/** Hands everything below /oidc to the authorization server, as it came. */
export function mountOidc(
  server: FastifyInstance,
  services: Services,
  authorization: AuthorizationServer,
): void {
  const limit = new RateLimit(MOST_A_MINUTE, 60_000)
  server.register(async (scope) => {
    // It reads the body itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.route({
      method: ['GET', 'HEAD', 'POST', 'OPTIONS'],
      url: `${OIDC_BASE}/*`,
      config: { open: true },
      handler: async (request, reply) => {
        if (request.method === 'POST') limit.take(request.ip, services.now())
        const provider = await authorization.provider()
        const { host, protocol, pathname } = new URL(services.publicUrl())
        const raw = request.raw as typeof request.raw & { originalUrl?: string }
        // The address that people see, whatever proxies made of it or a caller claims.
        raw.headers['x-forwarded-host'] = host
        raw.headers['x-forwarded-proto'] = protocol.slice(0, -1)
        let path = raw.url!.slice(OIDC_BASE.length)
        if (/^\/auth(\?|$)/.test(path)) {
          // An authorization starts from who is signed in on our page now, never from an earlier one.
          raw.headers.cookie = without(raw.headers.cookie, OWN_SESSION)
          path = askingForOffline(path)
        }
        raw.originalUrl = `${pathname.replace(/\/$/, '')}${OIDC_BASE}${path}`
        raw.url = path
        reply.raw.setHeader('x-content-type-options', 'nosniff').setHeader('referrer-policy', 'no-referrer')
        reply.hijack()
        await provider.callback()(raw, reply.raw)
      },
    })
  })
}

/**
 * OpenID Connect (Core, section 11) gives offline access only to who also sends `prompt=consent`. SMART apps do not send
 * it, and everybody is asked here in any case.
 */
function askingForOffline(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://own')
  const wants = (searchParams.get('scope') ?? '').split(' ').includes('offline_access')
  if (!wants || searchParams.has('prompt')) return path
  return `${pathname}?${searchParams}&prompt=consent`
}

function without(cookies: string | undefined, name: RegExp): string {
  const parts = (cookies ?? '').split(';').map((part) => part.trim())
  return parts.filter((part) => !name.test(part.split('=')[0]!)).join('; ')
}
