import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errors, type Interaction } from 'oidc-provider'
import * as z from 'zod'
import type { Session } from '../../store/login/login-store.ts'
import type { PatientPage } from '../../store/people/people-store.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { csrfFault, csrfOf, isCsrf } from './csrf.ts'
import type { LoginEntry } from './entry.ts'
import { accessAudited, choiceAudited } from './login-audit.ts'
import { type Asking, askingOf, grantOf, patientOf } from './oidc/asking.ts'
import type { AuthorizationServer } from './oidc/mount.ts'
import { consentPage } from './pages/consent-page.ts'
import { messagePage } from './pages/message-page.ts'
import { pagePolicy } from './pages/page-style.ts'
import { patientPage } from './pages/patient-page.ts'
import { sessionOf } from './session-caller.ts'
import { callerNow, findPatients } from './visible-patients.ts'

/** People shown at a time. */
const SHOWN = 20

const Form = z.object({
  csrf: z.string().max(100),
  search: z.string().max(200).default(''),
  patient: z.string().max(64).optional(),
  decision: z.enum(['allow', 'deny']).optional(),
  scope: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
})
type Form = z.output<typeof Form>

/** What a user is asked between an app's request and its access: who they are, whose record, and whether they agree. */
export function interactionRoutes(
  server: FastifyInstance,
  services: Services,
  entry: LoginEntry,
  authorization: AuthorizationServer,
): void {
  const step = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const provider = await authorization.provider()
    const details = await provider.interactionDetails(request.raw, reply.raw).catch(noInteraction)
    if (details === undefined) return tooLate(reply, entry)
    const finish = async (result: Parameters<typeof provider.interactionResult>[2]) =>
      reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303)

    const here = `${new URL(services.publicUrl()).pathname.replace(/\/$/, '')}/interaction/${details.uid}`
    const found = await sessionOf(services, entry, request)
    if (found === undefined || mustSignInAgain(details, found.session)) {
      return reply.redirect(`/sign-in?${new URLSearchParams({ to: here })}`, 303)
    }
    const { session, token } = found
    if (details.prompt.name === 'login') return finish({ login: loginOf(session) })
    if (details.session?.accountId !== session.user.id) {
      return finish({ error: 'access_denied', error_description: 'somebody else has signed in meanwhile' })
    }

    const form = request.method === 'POST' ? parsed(Form, request.body, 'form') : undefined
    if (form !== undefined && !isCsrf(token, form.csrf)) throw csrfFault()
    if (form?.decision === 'deny') {
      return finish({ error: 'access_denied', error_description: 'the user did not agree' })
    }
    const asking = await askingOf(services, details, session)
    if (asking === undefined) {
      return finish({ error: 'invalid_request', error_description: 'the launch belongs to another user' })
    }
    if (asking.scopes.length === 0) {
      return finish({
        error: 'invalid_scope',
        error_description: 'the app is registered for none of these scopes',
      })
    }
    const caller = await callerNow(services, request, session.user)
    const patient = await patientOf(services, asking, caller, form?.patient)
    const view = { action: here, csrf: csrfOf(token), reply, entry, details }
    if (asking.needsPatient && patient === undefined) {
      if (asking.onlyPatient !== undefined) {
        return finish({ error: 'access_denied', error_description: 'the record may not be opened' })
      }
      const found = await findPatients(services, caller, form?.search ?? '', SHOWN)
      await choiceAudited(services, session, asking.client.id, found.patients)
      return choose(asking, form?.search ?? '', found, view)
    }
    if (asking.client.asks && form?.decision !== 'allow') {
      const page = consentPage({
        action: here,
        csrf: csrfOf(token),
        client: { name: asking.client.name, goesTo: goesTo(details) },
        user: session.user.name,
        patient,
        scopes: asking.scopes,
      })
      return send(view, page)
    }
    const agreed = asking.client.asks ? agreedScopes(asking, form!) : asking.scopes
    await accessAudited(services, session, asking.client.id, patient === undefined ? [] : [patient])
    const grantId = await grantOf(services, provider, { asking, session, patient, agreed })
    if (grantId === undefined) return tooLate(reply, entry)
    return finish({ consent: { grantId } })
  }

  server.register(async (scope) => {
    await scope.register(formbody)
    scope.get('/interaction/:uid', { config: { open: true } }, step)
    scope.post('/interaction/:uid', { config: { open: true } }, step)
  })
}

/** Its cookie or its row is gone; a fault of the database is thrown on. */
function noInteraction(error: unknown): undefined {
  if (error instanceof errors.SessionNotFound) return undefined
  throw error
}

interface View {
  readonly action: string
  readonly csrf: string
  readonly reply: FastifyReply
  readonly entry: LoginEntry
  readonly details: Interaction
}

function choose({ client }: Asking, search: string, found: PatientPage, view: View): FastifyReply {
  const { action, csrf } = view
  const { patients, total } = found
  return send(view, patientPage({ action, csrf, client: client.name, search, found: patients, total }))
}

/** The app asked for a fresh sign-in, and the session began before it asked. */
function mustSignInAgain({ prompt, iat }: Interaction, { startedAt }: Session): boolean {
  const again = prompt.reasons.some((one) => one === 'login_prompt' || one === 'max_age')
  return again && Date.parse(startedAt) < iat * 1000
}

function loginOf({ user, startedAt, secondFactor }: Session) {
  return {
    accountId: user.id,
    ts: Math.floor(Date.parse(startedAt) / 1000),
    amr: secondFactor ? ['pwd', 'otp', 'mfa'] : ['pwd'],
    remember: false,
  }
}

function agreedScopes({ scopes }: Asking, form: Form): readonly string[] {
  return scopes.filter((one) => !one.includes('/') || one.startsWith('launch/') || form.scope.includes(one))
}

function goesTo({ params }: Interaction): string {
  const uri = String(params['redirect_uri'])
  return URL.canParse(uri) ? new URL(uri).origin : uri
}

function send({ reply, entry, details }: View, page: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy(entry.frames, [goesTo(details)]))
    .header('referrer-policy', 'same-origin')
    .header('cache-control', 'no-store')
    .send(page)
}

function tooLate(reply: FastifyReply, { frames }: LoginEntry): FastifyReply {
  return reply
    .code(400)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy(frames))
    .header('cache-control', 'no-store')
    .send(messagePage('This page is no longer open', 'The app asked too long ago, or was answered already.'))
}
