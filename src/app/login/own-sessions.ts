import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { loginAudited } from './login-audit.ts'
import type { SessionsReply } from './session-api.ts'
import { shown } from './session-caller.ts'

/** Who asks, and whether the password is theirs. */
interface OwnAccount {
  readonly own: (request: FastifyRequest) => string
  /** Throws PASSWORD_WRONG. */
  readonly proved: (id: string, password: string) => Promise<unknown>
}

const Ended = z.strictObject({ password: z.string().max(1000), session: z.string().max(64).optional() })

/** Where one is signed in, and ending that: whoever finds a page open must not be able to lock its owner out. */
export function ownSessionRoutes(
  server: FastifyInstance,
  services: Services,
  idleSeconds: number,
  { own, proved }: OwnAccount,
): void {
  const { store, tenant } = services
  const sessionsOf = (id: string) =>
    store.login.sessions.ofUser(tenant, id, services.now().toISOString(), idleSeconds)

  server.get('/api/sessions', { config: { audit: false } }, async (request): Promise<SessionsReply> => {
    const sessions = await sessionsOf(own(request))
    return {
      sessions: sessions.map(({ digest, secondFactor, startedAt, seenAt, expiresAt }) => ({
        ...{ id: shown(digest), secondFactor, startedAt, seenAt, expiresAt },
        current: shown(digest) === request.caller.session,
      })),
    }
  })

  server.post('/api/sessions/end', async (request, reply) => {
    const id = own(request)
    const { password, session } = parsed(Ended, request.body, 'body')
    await proved(id, password)
    const others = (await sessionsOf(id)).filter(({ digest }) => shown(digest) !== request.caller.session)
    const ended = session === undefined ? others : others.filter(({ digest }) => shown(digest) === session)
    if (session !== undefined && ended.length === 0) throw unknownSession()
    for (const { digest } of ended) await store.login.sessions.endOf(tenant, id, digest)
    await loginAudited(services, 'sessions-ended', true, `user/${id}`, request.ip)
    return reply.code(204).send()
  })
}

function unknownSession(): Fault {
  return new Fault(
    'SESSION_UNKNOWN',
    'session',
    'this is not another session of yours, or it has ended',
    'Load the list again; the session you are in ends by signing out.',
  )
}
