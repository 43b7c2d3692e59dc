import type { FastifyRequest } from 'fastify'
import type { Access, AccessDecision } from '../../safeguard/access/access.ts'
import type { AccessAction } from '../../safeguard/access/access-request.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'
import type { Asked, FhirContext, Interaction, Permission } from './fhir-service.ts'

/** What the access policies call each interaction. An operation looks at what there is. */
const ACTIONS: Readonly<
  Record<Exclude<Interaction, 'capabilities' | 'transaction' | 'batch'>, AccessAction>
> = {
  read: 'read',
  vread: 'read',
  'history-instance': 'read',
  'history-type': 'search',
  'history-system': 'search',
  'search-type': 'search',
  operation: 'search',
  create: 'create',
  update: 'update',
  patch: 'update',
  delete: 'delete',
}

/** Nothing: a bundle sees what its entries are permitted, each by itself. */
const NOTHING: Permission = {
  within: { types: [], compartments: [], hiddenLabels: [], consent: undefined },
  projection: () => [],
}

/** Who makes this request, with what the access policies let them do. `types` are those that are kept. */
export function fhirContext(
  access: Access,
  types: readonly string[],
  request: FastifyRequest,
  at: string,
): FhirContext {
  const { caller } = request
  return {
    ...NOTHING,
    tenant: caller.tenant,
    act: { at, by: caller.id },
    who: {
      id: caller.id,
      roles: caller.roles,
      ...(caller.references[0] === undefined ? {} : { reference: caller.references[0] }),
      ...(caller.session === undefined ? {} : { session: caller.session }),
      address: request.ip,
    },
    purpose: caller.purpose,
    caller,
    permit: async (asked) => permissionOf(access, caller, types, asked, at),
  }
}

function permissionOf(
  access: Access,
  caller: Caller,
  types: readonly string[],
  { interaction, type, patient: named, operation }: Asked,
  at: string,
): Permission {
  // Their answer holds those of its entries, which may need the notice.
  if (interaction === 'transaction' || interaction === 'batch')
    return { ...NOTHING, obligations: ['part-2-notice'] }
  if (interaction === 'capabilities') return NOTHING
  // What a resource looks like is told without looking at anybody's; what is stored is looked at as a read.
  const action = operation === '$validate' ? 'read' : ACTIONS[interaction]
  // Who broke the glass for one person asks about that person.
  const patient = named ?? caller.breakGlass?.patient
  const decide = (kind: string) =>
    access.authorize(caller, { action, kind, ...(patient === undefined ? {} : { patient }) }, at)
  const decision = type === undefined ? narrowest(types.map(decide)) : decide(type)
  if (!decision.allow) {
    throw new Fault(
      'ACCESS_DENIED',
      type ?? interaction,
      decision.because,
      'Ask whoever administers access here.',
    )
  }
  const { restriction: within, projection, obligations } = decision
  return { within, projection, obligations }
}

/** Across all types: what is limited to one record for some type is limited to it for all. */
function narrowest(decisions: readonly AccessDecision[]): AccessDecision {
  const allowed = decisions.filter((one) => one.allow)
  return allowed.find((one) => one.restriction.compartments !== undefined) ?? allowed[0] ?? decisions[0]!
}
