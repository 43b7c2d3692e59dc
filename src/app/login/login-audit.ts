import type { Session } from '../../store/login/login-store.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Services } from '../http/services.ts'
import { shown } from './session-caller.ts'

/** Writes down that somebody signed in, signed out, or was refused. `who` is undefined when nobody has the name that was typed. */
export async function loginAudited(
  { audit, tenant, now }: Services,
  interaction: string,
  success: boolean,
  who: string | undefined,
  address: string,
): Promise<void> {
  await audit.record(tenant, {
    at: now().toISOString(),
    action: 'E',
    kind: 'login',
    interaction,
    outcome: success ? 'success' : 'refused',
    ...(success ? {} : { code: 'LOGIN_REQUIRED' }),
    who: { id: who ?? 'unknown', roles: [], address },
    purpose: 'HOPERAT',
    patients: [],
    what: [],
  })
}

/** Writes down whose names were shown to be chosen from. */
export function choiceAudited(
  services: Services,
  session: Session,
  client: string,
  listed: readonly { readonly id: PatientId }[],
): Promise<void> {
  return appAudited(services, session, client, listed, ['R', 'search-type'])
}

/** Writes down that a user let an app at a record. */
export function accessAudited(
  services: Services,
  session: Session,
  client: string,
  patients: readonly { readonly id: PatientId }[],
): Promise<void> {
  return appAudited(services, session, client, patients, ['E', 'authorize'])
}

function appAudited(
  { audit, tenant, now }: Services,
  { user, digest }: Session,
  client: string,
  patients: readonly { readonly id: PatientId }[],
  [action, interaction]: readonly ['R' | 'E', string],
): Promise<void> {
  return audit.record(tenant, {
    at: now().toISOString(),
    action,
    kind: 'launch',
    interaction,
    outcome: 'success',
    who: { id: `user/${user.id}`, roles: user.roles, session: shown(digest), client },
    purpose: 'TREAT',
    patients: patients.map(({ id }) => id),
    what: [],
  })
}
