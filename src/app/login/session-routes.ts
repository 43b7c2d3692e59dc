import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { hashPassword, isPassword } from '../../safeguard/login/password-hash.ts'
import { base32, matchingStep, otpauthUri } from '../../safeguard/login/totp.ts'
import type { Credentials } from '../../store/login/login-store.ts'
import { Fault } from '../../terms/fault.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { cookieText, readCookie, sessionCookie } from './cookie.ts'
import { csrfOf } from './csrf.ts'
import type { LoginEntry } from './entry.ts'
import { loginAudited } from './login-audit.ts'
import { whyWeak } from './new-password.ts'
import { ownSessionRoutes } from './own-sessions.ts'
import { RateLimit } from './rate-limit.ts'
import type { SecondFactorReply, SessionReply } from './session-api.ts'
import { BACK_OFF } from './sign-in.ts'

const NewPassword = z.strictObject({ password: z.string().max(1000), newPassword: z.string().max(1000) })
const Confirmed = z.strictObject({ password: z.string().max(1000) })
const Code = z.strictObject({ code: z.string().max(20) })

/** Who is signed in, as the page shows it; signing out; the password and second factor of one's own account. */
export function sessionRoutes(server: FastifyInstance, services: Services): void {
  const { entry } = services
  server.get('/api/session', { config: { audit: false } }, async (request): Promise<SessionReply> => {
    const { caller } = request
    const token = entry.kind === 'login' ? readCookie(request, sessionCookie(services)) : undefined
    return {
      kind: caller.kind,
      id: caller.id,
      name: await nameOf(services, caller.id),
      roles: caller.roles,
      secondFactor: caller.secondFactor,
      csrf: caller.scopes === undefined && token !== undefined ? csrfOf(token) : undefined,
      idleSeconds: entry.kind === 'login' ? entry.session.idleSeconds : undefined,
    }
  })
  if (entry.kind === 'login') accountRoutes(server, services, entry)
}

async function nameOf({ store, tenant }: Services, callerId: string): Promise<string | undefined> {
  const [kind, id] = callerId.split('/')
  return kind === 'user' && id !== undefined ? (await store.login.users.get(tenant, id))?.name : undefined
}

function accountRoutes(server: FastifyInstance, services: Services, entry: LoginEntry): void {
  const { store, tenant } = services
  const users = store.login.users
  const limit = new RateLimit(10, 60_000)

  /** One's own account, by a session of the page; an app's token changes no password. */
  const own = (request: { caller: { id: string; scopes: unknown } }): string => {
    const { id, scopes } = request.caller
    if (scopes !== undefined || !id.startsWith('user/')) throw notHere()
    return id.slice('user/'.length)
  }
  const proved = async (id: string, password: string): Promise<Credentials> => {
    limit.take(id, services.now())
    const found = await users.attempt(tenant, id, services.now().toISOString(), BACK_OFF)
    if (found === undefined || !(await isPassword(password, found.password))) throw wrongPassword()
    await users.succeeded(tenant, id)
    return found
  }

  ownSessionRoutes(server, services, entry.session.idleSeconds, { own, proved })

  server.delete('/api/session', async (request, reply) => {
    const id = own(request)
    const name = sessionCookie(services)
    const token = readCookie(request, name)
    if (token !== undefined) await store.login.sessions.end(tenant, token)
    await loginAudited(services, 'sign-out', true, `user/${id}`, request.ip)
    return reply
      .header('set-cookie', cookieText(services, name, '', false))
      .header('clear-site-data', '"cache", "storage"')
      .code(204)
      .send()
  })

  server.post('/api/session/password', async (request, reply) => {
    const id = own(request)
    const { password, newPassword } = parsed(NewPassword, request.body, 'body')
    const found = await proved(id, password)
    const weakness = (await isPassword(newPassword, found.password))
      ? 'it is the one you have'
      : await whyWeak(newPassword, id, services.leaked)
    if (weakness !== undefined) throw weak(weakness)
    await users.setPassword(tenant, id, await hashPassword(newPassword), false)
    await loginAudited(services, 'password-changed', true, `user/${id}`, request.ip)
    // Every session ended with the old password, this one too.
    return reply
      .header('set-cookie', cookieText(services, sessionCookie(services), '', false))
      .code(204)
      .send()
  })

  server.post('/api/session/second-factor', async (request): Promise<SecondFactorReply> => {
    const id = own(request)
    await proved(id, parsed(Confirmed, request.body, 'body').password)
    const secret = randomBytes(20)
    await users.setSecondFactor(tenant, id, secret)
    return { secret: base32(secret), uri: otpauthUri(id, secret) }
  })

  server.put('/api/session/second-factor', async (request, reply) => {
    const id = own(request)
    const { code } = parsed(Code, request.body, 'body')
    limit.take(id, services.now())
    const found = await users.credentials(tenant, id)
    const step =
      found?.totp === undefined ? undefined : matchingStep(found.totp, code, services.now(), found.totpStep)
    if (step === undefined || !(await users.takeStep(tenant, id, step))) throw wrongCode()
    await loginAudited(services, 'second-factor-on', true, `user/${id}`, request.ip)
    return reply.code(204).send()
  })

  server.delete('/api/session/second-factor', async (request, reply) => {
    const id = own(request)
    if (entry.secondFactorForAll === true) throw neededByAll()
    await proved(id, parsed(Confirmed, request.body, 'body').password)
    await users.setSecondFactor(tenant, id, undefined)
    await loginAudited(services, 'second-factor-off', true, `user/${id}`, request.ip)
    return reply.code(204).send()
  })
}

function notHere(): Fault {
  return new Fault(
    'ACCOUNT_PAGE_ONLY',
    'session',
    'an account is changed by who is signed in on the page',
    'Sign in on the page and open your account there.',
  )
}

function neededByAll(): Fault {
  return new Fault(
    'SECOND_FACTOR_NEEDED',
    'second factor',
    'everybody signs in with a second factor here',
    'For a new telephone, set another up; if the old one is lost, ask whoever looks after users.',
  )
}

function wrongPassword(): Fault {
  return new Fault(
    'PASSWORD_WRONG',
    'password',
    'the password is not right, or there were too many attempts',
    'Type the password that you signed in with, or wait a little.',
  )
}

function weak(why: string): Fault {
  return new Fault(
    'PASSWORD_WEAK',
    'newPassword',
    `the new password was not taken: ${why}`,
    'Choose another.',
  )
}

function wrongCode(): Fault {
  return new Fault(
    'CODE_WRONG',
    'code',
    'this is not the code of this half minute',
    'Check the clock of your telephone, and type the code that it shows now.',
  )
}
