import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { base32, otpauthUri } from '../../safeguard/login/totp.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { cookieText, readCookie, sessionCookie } from './cookie.ts'
import type { LoginEntry } from './entry.ts'
import { pagePolicy } from './pages/page-style.ts'
import { type SignInView, signInPage } from './pages/sign-in-page.ts'
import { RateLimit } from './rate-limit.ts'
import { type SignedIn, signIn, userName } from './sign-in.ts'

/** Sign-ins from one address in a minute. */
const MOST_A_MINUTE = 20

const text = (most: number) => z.string().max(most).default('')
const Form = z.object({
  user: text(200),
  password: text(1000),
  code: z.string().max(20).optional(),
  newPassword: z.string().max(1000).optional(),
  to: text(2000),
})
const Asked = z.object({ to: text(2000) })

/** An address below this server, or its first page: a link to the sign-in page must not lead elsewhere afterwards. */
function ownAddress(to: string): string {
  const own = /^\/(?![/\\])[^\\\s]*$/.test(to) && new URL(to, 'http://own').origin === 'http://own'
  return own ? to : '/'
}

/** The sign-in page: a form without script, for the page of this server and for apps alike. */
export function signInRoutes(server: FastifyInstance, services: Services, entry: LoginEntry): void {
  const limit = new RateLimit(MOST_A_MINUTE, 60_000)
  server.register(async (scope) => {
    await scope.register(formbody)
    const open = { config: { open: true } }

    scope.get('/sign-in', open, async (request, reply) => {
      const { to } = parsed(Asked, request.query, 'query')
      return page(reply, entry, view({ to: ownAddress(to) }))
    })

    scope.post('/sign-in', open, async (request, reply) => {
      limit.take(request.ip, services.now())
      const form = parsed(Form, request.body, 'form')
      const to = ownAddress(form.to)
      const result = await signIn(services, entry, form, request.ip)
      if (result.kind === 'in') {
        await endEarlier(services, request)
        return reply
          .header(
            'set-cookie',
            cookieText(services, sessionCookie(services), result.token, entry.frames.length > 0),
          )
          .redirect(to, 303)
      }
      reply.code(result.kind === 'refused' || result.kind === 'given-ended' ? 401 : 200)
      return page(reply, entry, asking(result, form, to))
    })
  })
}

/** The session that the browser held before: a new sign-in never goes on with it. */
async function endEarlier(services: Services, request: FastifyRequest): Promise<void> {
  const earlier = readCookie(request, sessionCookie(services))
  if (earlier !== undefined) await services.store.login.sessions.end(services.tenant, earlier)
}

function view(what: Partial<SignInView>): SignInView {
  return {
    to: '/',
    user: '',
    fault: undefined,
    setUp: undefined,
    asks: { code: false, newPassword: false },
    ...what,
  }
}

function asking(result: SignedIn, form: z.output<typeof Form>, to: string): SignInView {
  const user = userName(form.user)
  const code = form.code !== undefined
  const newPassword = form.newPassword !== undefined
  if (result.kind === 'code-needed') return view({ to, user, asks: { code: true, newPassword } })
  if (result.kind === 'second-factor-needed') {
    const fault = result.wrong
      ? 'This is not the code of this half minute. Check the clock of your telephone.'
      : 'Everybody signs in with a second factor here. Set yours up now.'
    const setUp = { secret: base32(result.secret), uri: otpauthUri(user, result.secret) }
    return view({ to, user, fault, setUp, asks: { code: true, newPassword: result.newPassword } })
  }
  if (result.kind === 'new-password-needed') {
    const fault =
      result.because === undefined
        ? 'The password that you were given opens once. Choose your own.'
        : `The new password was not taken: ${result.because}.`
    return view({ to, user, fault, asks: { code, newPassword: true } })
  }
  if (result.kind === 'given-ended') {
    const fault = 'The password that you were given has ended. Ask whoever looks after users for another.'
    return view({ to, user, fault })
  }
  return view({
    to,
    user,
    fault:
      'Name, password or code are not right, or there were too many attempts. Wait a little, then try again.',
    asks: { code, newPassword },
  })
}

function page(reply: FastifyReply, { frames }: LoginEntry, what: SignInView): FastifyReply {
  return (
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy(frames))
      // Browsers tell a form's origin to its server only when the page lets them; see guard.ts.
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .send(signInPage(what))
  )
}
