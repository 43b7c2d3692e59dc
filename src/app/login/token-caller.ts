import type { FastifyRequest } from 'fastify'
import type { Caller, Role } from '../../safeguard/caller.ts'
import { digestOf } from '../../store/login/digest.ts'
import { patientId } from '../../terms/ids.ts'
import type { Services } from '../http/services.ts'
import { LAUNCH_CONTEXT, type LaunchContext } from './oidc/launch-context.ts'
import { purposeOf } from './purpose.ts'
import { callerOfUser, shown } from './session-caller.ts'

interface TokenPayload {
  readonly exp: number
  readonly aud?: string
  readonly scope?: string
  readonly accountId?: string
  readonly clientId: string
  readonly grantId?: string
}

/** Who an access token of ours stands for; undefined when it is none, has expired, or what it rests on has ended. */
export async function tokenCaller(
  services: Services,
  request: FastifyRequest,
  token: string,
): Promise<Caller | undefined> {
  const { store, tenant } = services
  const { artifacts } = store.login
  const forUser = await artifacts.find(tenant, 'AccessToken', token)
  const found = forUser ?? (await artifacts.find(tenant, 'ClientCredentials', token))
  if (found === undefined) return undefined
  const payload = found.payload as unknown as TokenPayload
  if (payload.exp * 1000 <= services.now().getTime()) return undefined
  const session = shown(digestOf(token))
  const scopes = (payload.scope ?? '').split(' ').filter((one) => one !== '')
  if (forUser !== undefined) return userCaller(services, request, payload, scopes, session)
  const client = await store.login.clients.get(tenant, payload.clientId)
  if (client === undefined) return undefined
  const roles = client.roles as readonly Role[]
  return {
    tenant,
    id: `client/${client.id}`,
    kind: 'client',
    roles,
    purpose: purposeOf(request, roles),
    references: client.organization === undefined ? [] : [client.organization],
    scopes,
    patient: undefined,
    breakGlass: undefined,
    session,
    secondFactor: false,
  }
}

async function userCaller(
  services: Services,
  request: FastifyRequest,
  { accountId, clientId, grantId }: TokenPayload,
  scopes: readonly string[],
  session: string,
): Promise<Caller | undefined> {
  const { store, tenant } = services
  if (accountId === undefined || grantId === undefined) return undefined
  const [user, client, kept] = await Promise.all([
    store.login.users.get(tenant, accountId),
    store.login.clients.get(tenant, clientId),
    store.login.artifacts.find(tenant, LAUNCH_CONTEXT, grantId),
  ])
  if (user === undefined || user.disabled || client === undefined || kept === undefined) return undefined
  const context = kept.payload as unknown as LaunchContext
  const at = services.now().toISOString()
  if (context.session !== undefined && !(await store.login.sessions.lasts(tenant, context.session, at)))
    return undefined
  const caller = callerOfUser(services, user, request)
  return {
    ...caller,
    scopes,
    patient: context.patient === undefined ? caller.patient : patientId(context.patient),
    session,
    secondFactor: context.secondFactor,
  }
}
