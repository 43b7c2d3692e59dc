import type { ExchangeServices, From } from './exchange-services.ts'
import type { Settled } from './what-follows.ts'

/** Writes down that a message was received, before it is answered. */
export async function auditMessage(
  { audit, tenant, now }: ExchangeServices,
  type: string,
  from: From,
  { state, patient, fault, writes }: Settled,
): Promise<void> {
  await audit.record(tenant, {
    at: now().toISOString(),
    action: 'C',
    kind: 'hl7v2',
    interaction: type.replace('^', '_'),
    outcome: isRefused(state, fault) ? 'refused' : 'success',
    ...(fault === undefined ? {} : { code: fault.code }),
    who: {
      id: from.by,
      roles: ['laboratory'],
      ...(from.address === undefined ? {} : { address: from.address }),
    },
    purpose: 'TREAT',
    patients: patient === undefined ? [] : [patient],
    what: writes.slice(0, 100).map((one) => `${one.type}/${one.id}`),
    count: writes.length,
  })
}

/** Kept aside, or set aside at once as a test message is; somebody's decision to discard one is no refusal. */
function isRefused(state: Settled['state'], fault: Settled['fault']): boolean {
  return state === 'quarantined' || (state === 'discarded' && fault !== undefined)
}
