import type { Granularity } from '../../deliver/beacon/envelope.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Access } from '../../safeguard/access/access.ts'
import type { Caller } from '../../safeguard/caller.ts'
import type { TenantId } from '../../terms/ids.ts'

/** How far a caller is trusted by the Beacon, and what may be looked at to answer them. */
interface BeaconLevel {
  readonly level: 'PUBLIC' | 'REGISTERED' | 'CONTROLLED'
  /** The finest that is answered. */
  readonly granularity: Granularity
  readonly within: Restriction
  /** Whose questions are counted together. */
  readonly account: string
}

const NOTHING: Restriction = { types: [], compartments: [], hiddenLabels: [], consent: undefined }

/**
 * public: anybody; a yes or a no. registered: a researcher whom the policies let count people. controlled: such a
 * researcher whom this site named for records, which the policies must allow, too. At every level the question is put for
 * research: who said no to it, or nothing, is not there (HRESCH, silence means no).
 */
export function beaconLevel(
  access: Access,
  tenant: TenantId,
  caller: Caller | undefined,
  address: string,
  named: readonly string[],
  at: string,
): BeaconLevel {
  const counts =
    caller !== undefined && access.authorize(caller, { action: 'count', kind: 'Cohort' }, at).allow
  const whom = counts ? caller : anybody(tenant)
  const decision = access.authorize(whom, { action: 'search', kind: 'Observation', deidentified: true }, at)
  const { restriction } = decision
  const asksConsent = restriction.consent?.purpose === 'HRESCH' && restriction.consent.whenSilent === 'deny'
  const within = decision.allow && asksConsent ? restriction : NOTHING
  if (!counts) return { level: 'PUBLIC', granularity: 'boolean', within, account: `address ${address}` }
  const controlled = named.includes(caller.id) && decision.allow
  return {
    level: controlled ? 'CONTROLLED' : 'REGISTERED',
    granularity: controlled ? 'record' : 'count',
    within,
    account: caller.id,
  }
}

/** Whoever asks without signing in sees what any researcher may see, and is told less of it. */
function anybody(tenant: TenantId): Caller {
  return {
    tenant,
    id: 'beacon/public',
    kind: 'client',
    roles: ['researcher'],
    purpose: 'HRESCH',
    references: [],
    scopes: undefined,
    patient: undefined,
    breakGlass: undefined,
    session: undefined,
    secondFactor: false,
  }
}
