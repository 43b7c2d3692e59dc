import type { AccessKind, AccessPolicy } from '../../knowledge/access/access-policy.ts'
import type { ConsentReading } from '../../record/consent-rule.ts'
import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Caller, Purpose } from '../caller.ts'
import type { AccessAction, AccessRequest } from './access-request.ts'
import { type CedarDecision, PolicySet, type PolicyText } from './policy-set.ts'
import { type Projection, projectionFor } from './projection.ts'
import { type ScopeLimit, scopeLimit } from './scope-limit.ts'
import { hiddenLabels } from './visible-labels.ts'

export interface AccessDecision {
  readonly allow: boolean
  /** What the caller may see at all; put it into every query of the request. Nothing, when refused. */
  readonly restriction: Restriction
  readonly obligations: readonly AccessObligation[]
  /** Minimum-necessary elements of each type. */
  readonly projection: Projection
  /** Ids of the policies that decided. */
  readonly policies: readonly string[]
  /** One sentence for whoever asks why. */
  readonly because: string
}

export type AccessObligation =
  /** What leaves goes through `safeguard/deidentify`. */
  | 'deidentify'
  /** Only counts, through `safeguard/disclosure`. */
  | 'counts-only'
  /** The notice on redisclosure of 42 CFR 2.32 goes with it. */
  | 'part-2-notice'
  /** The person may be told, the privacy officer is. */
  | 'notify-privacy-officer'

/** Nothing at all. */
const NOTHING: Restriction = { types: [], compartments: [], hiddenLabels: [], consent: undefined }

/** Decisions kept: policies, roles and purposes are few, callers come back. */
const MOST_KEPT = 10_000

/** Who may do what. Made once of the policies in force; every request asks it. */
export class Access {
  readonly policies: PolicySet
  readonly #policy: AccessPolicy
  readonly #reading: ConsentReading
  readonly #decided = new Map<string, CedarDecision>()
  readonly #seen = new Map<string, readonly string[]>()

  /** `site`: policies of this site, which may only forbid. Throws as `PolicySet` does. */
  constructor(
    policy: AccessPolicy,
    site: readonly PolicyText[] = [],
    reading: ConsentReading = 'deny-overrides',
  ) {
    this.policies = new PolicySet(policy.schema, policy.policies, site)
    this.#policy = policy
    this.#reading = reading
  }

  /** Decides one request. `at`: ISO 8601 instant of the request. */
  authorize(caller: Caller, request: AccessRequest, at: string): AccessDecision {
    const known = this.#policy.kinds.get(request.kind)
    if (known === undefined)
      return this.#refused([], `nothing is said about "${request.kind}": it is refused`)
    const scope = scopeLimit(caller, request, known.fhir)
    if (!scope.allow) return this.#refused([], scope.because)
    const circumstances = circumstancesOf(caller, request, at)
    const decision = this.#decide(caller, request.action, known, circumstances)
    if (!decision.allow) return this.#refused(decision.policies, this.#whyNot(caller, request, decision))
    return {
      allow: true,
      restriction: this.#restriction(caller, circumstances, scope, at),
      obligations: obligationsOf(caller, request, circumstances),
      projection: projectionFor(this.#policy.projections, { ...caller, purpose: circumstances.purpose }),
      policies: decision.policies,
      because: this.#reasons(decision.policies),
    }
  }

  /** What the caller may see when asking for this; nothing when it is refused. For routes, cards, exports and jobs. */
  restrictionFor(caller: Caller, request: AccessRequest, at: string): Restriction {
    return this.authorize(caller, request, at).restriction
  }

  #refused(policies: readonly string[], because: string): AccessDecision {
    return { allow: false, restriction: NOTHING, obligations: [], projection: () => [], policies, because }
  }

  #decide(
    caller: Caller,
    action: AccessAction,
    kind: AccessKind,
    circumstances: Circumstances,
  ): CedarDecision {
    const id = this.policies.namesCallers ? caller.id : 'anyone'
    const roles = [...caller.roles].sort()
    const key = JSON.stringify([
      id,
      caller.kind,
      caller.secondFactor,
      roles,
      action,
      kind.kind,
      circumstances,
    ])
    const kept = this.#decided.get(key)
    if (kept !== undefined) return kept
    const decision = this.policies.decide({
      principal: { id, roles, kind: caller.kind, secondFactor: caller.secondFactor },
      // Policies do not tell reading from searching; scopes do.
      action: action === 'search' ? 'read' : action,
      kind: { id: kind.kind, classes: kind.classes },
      context: { ...circumstances },
    })
    if (this.#decided.size >= MOST_KEPT) this.#decided.clear()
    this.#decided.set(key, decision)
    return decision
  }

  /** FHIR types that the caller may read in these circumstances. */
  #types(caller: Caller, circumstances: Circumstances): readonly string[] {
    const id = this.policies.namesCallers ? caller.id : ''
    const key = JSON.stringify([
      id,
      caller.kind,
      caller.secondFactor,
      [...caller.roles].sort(),
      circumstances,
    ])
    const kept = this.#seen.get(key)
    if (kept !== undefined) return kept
    const types = [...this.#policy.kinds.values()]
      .filter((kind) => kind.fhir && this.#decide(caller, 'read', kind, circumstances).allow)
      .map(({ kind }) => kind)
    if (this.#seen.size >= MOST_KEPT) this.#seen.clear()
    this.#seen.set(key, types)
    return types
  }

  #restriction(
    caller: Caller,
    circumstances: Circumstances,
    scope: ScopeLimit & { allow: true },
    at: string,
  ): Restriction {
    const { purpose, breakGlass, ownRecord, courtOrder } = circumstances
    const types = this.#types(caller, circumstances).filter(scope.mayRead)
    const { whenSilent, categories } = this.#policy.purposes.get(purpose) ?? {
      whenSilent: 'deny',
      categories: [],
    }
    const keepsConsents = purpose === 'HOPERAT' && caller.roles.includes('privacy-officer')
    const ownOnly = ownRecord || scope.ownOnly
    const only = breakGlass ? caller.breakGlass?.patient : ownOnly ? caller.patient : undefined
    return {
      types,
      compartments: only !== undefined ? [only, TENANT_COMPARTMENT] : ownOnly ? [] : undefined,
      hiddenLabels: breakGlass ? [] : hiddenLabels(this.#policy.labels, { ...caller, purpose }),
      ...(scope.about.length === 0 ? {} : { about: scope.about }),
      consent:
        breakGlass || ownRecord || courtOrder || keepsConsents
          ? undefined
          : {
              purpose,
              actors: caller.references,
              at,
              whenSilent,
              categories,
              reading: this.#reading,
            },
    }
  }

  #reasons(policies: readonly string[]): string {
    return policies.map((id) => this.policies.reasons.get(id)?.because ?? id).join('; ')
  }

  #whyNot({ roles, purpose }: Caller, { action, kind }: AccessRequest, { policies }: CedarDecision): string {
    if (policies.length > 0) return this.#reasons(policies)
    const who = roles.length === 0 ? 'somebody without a role' : `the role ${roles.join(' or ')}`
    return `nothing permits ${who} to ${action} ${kind} for the purpose ${purpose}`
  }
}

/** What the policies look at beside who asks for what. */
interface Circumstances {
  readonly purpose: Purpose
  readonly ownRecord: boolean
  readonly breakGlass: boolean
  readonly courtOrder: boolean
  readonly deidentified: boolean
}

function circumstancesOf(caller: Caller, request: AccessRequest, at: string): Circumstances {
  const { purpose, patient, breakGlass: grant } = caller
  // Who works for an emergency under a grant works on that person alone.
  const about = request.patient ?? (purpose === 'ETREAT' ? grant?.patient : undefined)
  // A proceeding against the person is not an emergency, whatever was granted.
  const breakGlass =
    grant !== undefined &&
    purpose !== 'LEGAL' &&
    about === grant.patient &&
    Date.parse(at) < Date.parse(grant.until)
  return {
    purpose: breakGlass ? 'ETREAT' : purpose,
    ownRecord:
      purpose === 'PATRQT' &&
      patient !== undefined &&
      (request.patient === undefined || request.patient === patient),
    breakGlass,
    courtOrder: request.courtOrder === true && purpose === 'LEGAL',
    deidentified: request.deidentified === true,
  }
}

function obligationsOf(
  { roles }: Caller,
  { action }: AccessRequest,
  { purpose, breakGlass, deidentified, ownRecord }: Circumstances,
): readonly AccessObligation[] {
  return [
    ...(deidentified ? (['deidentify'] as const) : []),
    ...(action === 'count' && roles.includes('researcher') ? (['counts-only'] as const) : []),
    ...(ownRecord || deidentified || purpose === 'HRESCH' ? [] : (['part-2-notice'] as const)),
    ...(breakGlass || action === 'break-glass' ? (['notify-privacy-officer'] as const) : []),
  ]
}
