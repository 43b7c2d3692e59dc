import type { FastifyRequest } from 'fastify'
import type { Caller, Role } from '../../safeguard/caller.ts'
import type { Session, User } from '../../store/login/login-store.ts'
import { patientId } from '../../terms/ids.ts'
import type { Services } from '../http/services.ts'
import { readCookie, sessionCookie } from './cookie.ts'
import { refuseForged } from './csrf.ts'
import type { LoginEntry } from './entry.ts'
import { purposeOf } from './purpose.ts'

/** The session that the browser's cookie opens, with the token itself. Looking at it prolongs it. */
export async function sessionOf(
  services: Services,
  entry: LoginEntry,
  request: FastifyRequest,
): Promise<{ readonly session: Session; readonly token: string } | undefined> {
  const token = readCookie(request, sessionCookie(services))
  if (token === undefined || token === '') return undefined
  const { store, tenant } = services
  const at = services.now().toISOString()
  const session = await store.login.sessions.find(tenant, token, at, entry.session.idleSeconds)
  // A session from before everybody needed a second factor is one no more.
  if (entry.secondFactorForAll === true && session?.secondFactor === false) return undefined
  return session && { session, token }
}

/** Who uses our own page; undefined when nobody is signed in. Throws CSRF. */
export async function sessionCaller(
  services: Services,
  entry: LoginEntry,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  const found = await sessionOf(services, entry, request)
  if (found === undefined) return undefined
  refuseForged(request, found.token)
  const { session } = found
  return {
    ...callerOfUser(services, session.user, request),
    session: shown(session.digest),
    secondFactor: session.secondFactor,
  }
}

/** What a user is, whichever way they came. */
export function callerOfUser(services: Services, user: User, request: FastifyRequest): Caller {
  const roles = user.roles as readonly Role[]
  const [kind, id] = (user.reference ?? '').split('/')
  const isPatient = roles.length === 1 && roles[0] === 'patient'
  return {
    tenant: services.tenant,
    id: `user/${user.id}`,
    kind: isPatient ? 'patient' : 'user',
    roles,
    purpose: purposeOf(request, roles),
    references: [user.reference, user.organization].filter((one) => one !== undefined),
    scopes: undefined,
    patient: isPatient && kind === 'Patient' && id !== undefined ? patientId(id) : undefined,
    breakGlass: undefined,
    session: undefined,
    secondFactor: false,
  }
}

/** Enough of a digest to tell sessions apart in the log. */
export const shown = (digest: string) => digest.slice(0, 16)
