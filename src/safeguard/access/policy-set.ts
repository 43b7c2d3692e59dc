import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { Fault } from '../../terms/fault.ts'

export interface PolicyText {
  /** File name, for faults. */
  readonly file: string
  readonly text: string
}

interface CedarRequest {
  readonly principal: {
    readonly id: string
    readonly roles: readonly string[]
    readonly kind: string
    readonly secondFactor: boolean
  }
  readonly action: string
  readonly kind: { readonly id: string; readonly classes: readonly string[] }
  readonly context: Readonly<Record<string, boolean | string>>
}

export interface CedarDecision {
  readonly allow: boolean
  /** Ids of the policies that decided; empty when nothing permits it. */
  readonly policies: readonly string[]
}

/** What a policy says of itself: its @because. */
interface PolicyReason {
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  readonly because: string
}

/** The engine keeps parsed sets by name for the life of the process. */
let made = 0

/**
 * Policies in Cedar, parsed and checked once. Throws POLICY_INVALID on anything the schema does not know (a misspelt
 * attribute would make a "forbid" be skipped), POLICY_UNNAMED, POLICY_TWICE, and POLICY_SITE_PERMITS when a site's own
 * file permits something: it may only forbid.
 */
export class PolicySet {
  readonly reasons: ReadonlyMap<string, PolicyReason>
  /** Whether a policy names single callers: decisions are then not the same for everybody of a role. */
  readonly namesCallers: boolean
  readonly #name: string

  constructor(schema: string, own: readonly PolicyText[], site: readonly PolicyText[]) {
    const policies = new Map<string, string>()
    const reasons = new Map<string, PolicyReason>()
    for (const { file, text } of [...own, ...site]) {
      const parts = cedar.policySetTextToParts(text)
      if (parts.type === 'failure') throw invalid(file, parts.errors)
      if (parts.policy_templates.length > 0) throw invalid(file, [{ message: 'templates are not used' }])
      for (const one of parts.policies) {
        const reason = reasonOf(file, one)
        if (reasons.has(reason.id)) throw twice(file, reason.id)
        if (reason.effect === 'permit' && site.some((other) => other.file === file))
          throw permits(file, reason.id)
        reasons.set(reason.id, reason)
        policies.set(reason.id, one)
      }
    }
    const staticPolicies = Object.fromEntries(policies)
    const checked = cedar.validate({ schema, policies: { staticPolicies } })
    if (checked.type === 'failure') throw invalid('schema.cedarschema', checked.errors)
    const wrong = [...checked.validationErrors, ...checked.validationWarnings]
    if (wrong.length > 0)
      throw invalid(
        wrong[0]!.policyId,
        wrong.map(({ error }) => error),
      )
    made += 1
    this.#name = `garrod-${made}`
    const schemaKept = cedar.preparseSchema(this.#name, schema)
    const policiesKept = cedar.preparsePolicySet(this.#name, { staticPolicies })
    if (schemaKept.type === 'failure') throw invalid('schema.cedarschema', schemaKept.errors)
    if (policiesKept.type === 'failure') throw invalid('policies', policiesKept.errors)
    this.reasons = reasons
    this.namesCallers = [...policies.values()].some((text) => /Caller::"/.test(text))
  }

  /**
   * Whether a request is allowed. Cedar leaves out a "forbid" whose evaluation fails, and answers "allow" beside the
   * error: here any error, in the request or in a policy, is a refusal.
   */
  decide({ principal, action, kind, context }: CedarRequest): CedarDecision {
    const caller = { type: 'Garrod::Caller', id: principal.id }
    const resource = { type: 'Garrod::Kind', id: kind.id }
    const answer = cedar.statefulIsAuthorized({
      principal: caller,
      action: { type: 'Garrod::Action', id: action },
      resource,
      context: { ...context },
      entities: [
        {
          uid: caller,
          attrs: { kind: principal.kind, secondFactor: principal.secondFactor },
          parents: principal.roles.map((id) => ({ type: 'Garrod::Role', id })),
        },
        { uid: resource, attrs: {}, parents: kind.classes.map((id) => ({ type: 'Garrod::Class', id })) },
      ],
      preparsedSchemaName: this.#name,
      preparsedPolicySetId: this.#name,
      validateRequest: true,
    })
    return readAnswer(answer)
  }
}

/** Apart, so that a test can give it an answer with errors, which checked policies do not produce. */
export function readAnswer(answer: cedar.AuthorizationAnswer): CedarDecision {
  if (answer.type === 'failure') return { allow: false, policies: ['request-not-understood'] }
  const { decision, diagnostics } = answer.response
  if (diagnostics.errors.length > 0)
    return { allow: false, policies: diagnostics.errors.map(({ policyId }) => policyId).sort() }
  return { allow: decision === 'allow', policies: [...diagnostics.reason].sort() }
}

function reasonOf(file: string, policy: string): PolicyReason {
  const read = cedar.policyToJson(policy)
  if (read.type === 'failure') throw invalid(file, read.errors)
  const { id, because } = read.json.annotations ?? {}
  if (id === undefined || id === null || because === undefined || because === null) {
    throw new Fault(
      'POLICY_UNNAMED',
      file,
      'a policy has no @id and @because',
      'Give each policy both: they are what people are told when something is refused.',
    )
  }
  return { id, effect: read.json.effect, because }
}

function invalid(where: string, errors: readonly { message: string; help?: string | null }[]): Fault {
  const said = errors.map(({ message, help }) => (help ? `${message} (${help})` : message))
  return new Fault(
    'POLICY_INVALID',
    where,
    `the access policies cannot be used: ${said.join('; ')}`,
    'Correct the policy; nothing is decided until all of them can be used.',
  )
}

function twice(file: string, id: string): Fault {
  return new Fault(
    'POLICY_TWICE',
    file,
    `two policies have the id "${id}"`,
    'Give each policy an id of its own.',
  )
}

function permits(file: string, id: string): Fault {
  return new Fault(
    'POLICY_SITE_PERMITS',
    file,
    `the policy "${id}" of this site permits something`,
    'A site may only add policies that forbid.',
  )
}
