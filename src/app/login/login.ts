import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller } from '../../safeguard/caller.ts'
import type { Services } from '../http/services.ts'
import { isPageFile } from '../http/web-page.ts'
import { type CallerOf, loginRequired } from './caller-of.ts'
import { localCaller } from './local-caller.ts'

const CALLER = Symbol('caller')

/**
 * Closes every route but those that say they are open (`config: { open: true }`), the files of the page, and addresses
 * that nothing answers at. Register it before the routes; they find who calls in `request.caller`.
 */
export function login(server: FastifyInstance, services: Services): void {
  const callerOf: CallerOf = async () => localCaller(services.tenant)
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
  server.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.open === true || isPageFile(request)) return
    const caller = await callerOf(request)
    if (caller.tenant !== services.tenant) throw loginRequired()
    request.caller = caller
  })
}
