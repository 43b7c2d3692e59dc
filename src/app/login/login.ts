import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller } from '../../safeguard/caller.ts'
import type { Services } from '../http/services.ts'
import { isPageFile } from '../http/web-page.ts'
import { callerOf } from './caller-of.ts'
import { interactionRoutes } from './interaction-routes.ts'
import { launchRoutes } from './launch-routes.ts'
import { AuthorizationServer, mountOidc } from './oidc/mount.ts'
import { smartConfiguration } from './oidc/smart-configuration.ts'
import { requestRate } from './request-rate.ts'
import { sessionRoutes } from './session-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

const CALLER = Symbol('caller')

/** How often what has expired is deleted, ms. */
const PURGE_EVERY = 900_000

/**
 * Closes every route but those that say they are open (`config: { open: true }`), the files of the page, and addresses
 * that nothing answers at. Register it before the routes; they find who calls in `request.caller`.
 */
export function login(server: FastifyInstance, services: Services): void {
  server.decorateRequest('caller', {
    getter(this: FastifyRequest & { [CALLER]?: Caller }): Caller {
      const caller = this[CALLER]
      if (caller === undefined) throw new Error('the caller of an open route was read')
      return caller
    },
    setter(this: FastifyRequest & { [CALLER]?: Caller }, caller: Caller) {
      this[CALLER] = caller
    },
  })
  const rate = services.entry.kind === 'local' ? undefined : requestRate(services, services.entry)
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404 || request.routeOptions.config.open === true || isPageFile(request)) return
    reply.header('www-authenticate', 'Bearer')
    request.caller = await callerOf(services, request)
    reply.removeHeader('www-authenticate')
    rate?.(request, reply)
  })
  sessionRoutes(server, services)
  launchRoutes(server, services)
  if (services.entry.kind === 'local') return
  const authorization = new AuthorizationServer(services)
  signInRoutes(server, services, services.entry)
  interactionRoutes(server, services, services.entry, authorization)
  mountOidc(server, services, authorization)
  smartConfiguration(server, services, authorization)
  purgeAtTimes(server, services)
}

function purgeAtTimes(server: FastifyInstance, { store, tenant, now, log }: Services): void {
  const timer = setInterval(() => {
    store.login.purge(tenant, now().toISOString()).catch(() => log('expired sign-ins could not be deleted'))
  }, PURGE_EVERY)
  timer.unref()
  server.addHook('onClose', async () => clearInterval(timer))
}
