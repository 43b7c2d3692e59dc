import type { Caller } from '../../safeguard/caller.ts'
import type { TenantId } from '../../terms/ids.ts'

/**
 * Whoever sits at this machine, on a demonstration server that only this machine reaches. Nobody is signed in: the page
 * says so, and the audit log names "local".
 */
export function localCaller(tenant: TenantId): Caller {
  return {
    tenant,
    id: 'local',
    kind: 'local',
    roles: ['clinician', 'administrator'],
    purpose: 'TREAT',
    references: [],
    scopes: undefined,
    patient: undefined,
    breakGlass: undefined,
    session: undefined,
    secondFactor: false,
  }
}
