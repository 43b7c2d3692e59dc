import type { Services } from '../http/services.ts'
import type { LoginEntry } from './entry.ts'

/** Writes down that somebody signed in, signed out, or was refused. `who` is undefined when nobody has the name that was typed. */
export async function loginAudited(
  services: Services,
  { audit }: LoginEntry,
  interaction: string,
  success: boolean,
  who: string | undefined,
  address: string,
): Promise<void> {
  await audit?.record(services.tenant, {
    at: services.now().toISOString(),
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
