import type Provider from 'oidc-provider'
import type { Interaction } from 'oidc-provider'
import type { Caller } from '../../../safeguard/caller.ts'
import { permitted, resourceScope } from '../../../safeguard/login/registered-scope.ts'
import type { Client, Session } from '../../../store/login/login-store.ts'
import type { Patient } from '../../../store/people/people-store.ts'
import type { Services } from '../../http/services.ts'
import { visiblePatient } from '../visible-patients.ts'
import { LAUNCH, LAUNCH_CONTEXT, type Launch, type LaunchContext } from './launch-context.ts'
import { FHIR_BASE, GRANT_LIFE } from './provider.ts'

/** What an app asks for, as far as it is registered for it. */
export interface Asking {
  readonly client: Client
  readonly scopes: readonly string[]
  readonly launch: Launch | undefined
  /** Its `launch` value, to be used up. */
  readonly launchToken: string | undefined
  /** It works on one record, and none is open yet or it must be the user's own. */
  readonly needsPatient: boolean
  /** The only record that may be chosen: of the launch, or the user's own. */
  readonly onlyPatient: string | undefined
}

/** Undefined when the launch was given to another user. */
export async function askingOf(
  { store, tenant }: Services,
  { params }: Interaction,
  { user }: Session,
): Promise<Asking | undefined> {
  const client = await store.login.clients.get(tenant, String(params['client_id']))
  if (client === undefined) return undefined
  const launchToken = params['launch'] as string | undefined
  const kept =
    launchToken === undefined ? undefined : await store.login.artifacts.find(tenant, LAUNCH, launchToken)
  const launch = kept?.payload as Launch | undefined
  if (launchToken !== undefined && launch?.user !== user.id) return undefined
  const scopes = permitted(client.scopes, String(params['scope'] ?? '')).filter(
    (scope) => resourceScope(scope)?.level !== 'system',
  )
  const own = user.roles.every((role) => role === 'patient')
    ? /^Patient\/(.+)$/.exec(user.reference ?? '')?.[1]
    : undefined
  return {
    client,
    scopes,
    launch,
    launchToken,
    needsPatient:
      launch !== undefined || scopes.some((one) => one === 'launch/patient' || one.startsWith('patient/')),
    onlyPatient: own ?? launch?.patient,
  }
}

/** The person chosen, or the only one there is to choose; undefined when the user may not open that record. */
export async function patientOf(
  services: Services,
  { needsPatient, onlyPatient }: Asking,
  caller: Caller,
  chosen: string | undefined,
): Promise<Patient | undefined> {
  const id = onlyPatient ?? chosen
  return !needsPatient || id === undefined ? undefined : visiblePatient(services, caller, id)
}

interface Agreement {
  readonly asking: Asking
  readonly session: Session
  readonly patient: Patient | undefined
  readonly agreed: readonly string[]
}

/** Keeps what was agreed to, and its context. Undefined when the launch was used meanwhile. */
export async function grantOf(
  services: Services,
  provider: Provider,
  { asking, session, patient, agreed }: Agreement,
): Promise<string | undefined> {
  const { store, tenant, now, publicUrl } = services
  const { client, launch, launchToken } = asking
  const { artifacts } = store.login
  if (
    launchToken !== undefined &&
    !(await artifacts.consume(tenant, LAUNCH, launchToken, now().toISOString()))
  )
    return undefined
  const grant = new provider.Grant({ accountId: session.user.id, clientId: client.id })
  grant.addOIDCScope(agreed.join(' '))
  grant.addResourceScope(`${publicUrl()}${FHIR_BASE}`, agreed.join(' '))
  const grantId = await grant.save()
  const context: LaunchContext = {
    patient: patient?.id,
    encounter: launch?.encounter,
    intent: launch?.intent,
    session: agreed.includes('offline_access') ? undefined : session.digest,
    secondFactor: session.secondFactor,
    banner: true,
  }
  const links = { grant: grantId, user: session.user.id, client: client.id }
  const expiresAt = new Date(now().getTime() + GRANT_LIFE * 1000).toISOString()
  await artifacts.put(tenant, LAUNCH_CONTEXT, grantId, { ...context }, links, expiresAt)
  return grantId
}
