import type { ConsentRule, Provision, ProvisionContent, RuleType } from '../../record/consent-rule.ts'
import type { Coding, Resource } from '../../record/resource.ts'
import {
  compileProvision,
  concepts,
  type IdentifiersOf,
  list,
  type WrittenProvision,
} from './compile-provision.ts'
import { codeToken, RESULT_CHOICE } from './consent-codes.ts'
import { instantRange } from './instant-range.ts'

interface WrittenConsent {
  readonly id?: string
  readonly status?: string
  readonly dateTime?: string
  readonly category?: unknown
  readonly scope?: unknown
  readonly policyRule?: { readonly coding?: readonly Coding[] }
  readonly provision?: WrittenProvision
}

const POLICIES: Readonly<Record<string, RuleType>> = {
  OPTIN: 'permit',
  OPTINR: 'permit',
  OPTOUT: 'deny',
  OPTOUTE: 'deny',
}

/**
 * Brings a Consent (R4) into the form in which it is evaluated. `identifiersOf` gives the identifiers of a referred
 * actor, "system|value", where they are known. Exceptions to exceptions: a denial holds wherever it stands; a
 * permission inside a denial is not obeyed (`limits` says so). Throws CONSENT_DATE_MALFORMED.
 */
export function compileConsent(consent: Resource, identifiersOf: IdentifiersOf = () => []): ConsentRule {
  const written = consent as WrittenConsent
  const limits: string[] = []
  const { provision } = written
  const compile = (one: WrittenProvision, type: RuleType | undefined, depth: number, where: string) =>
    compileProvision(one, type, depth, where, identifiersOf, (limit) => limits.push(`${where}: ${limit}`))
  const root =
    provision === undefined ? undefined : compile(provision, typeOf(provision), 0, 'Consent.provision')
  const nested: Provision[] = []
  const descend = (parent: WrittenProvision, inside: RuleType | undefined, depth: number, path: string) => {
    for (const [at, one] of list<WrittenProvision>(parent.provision).entries()) {
      const where = `${path}.provision[${at}]`
      // An exception that does not say what it is does the opposite of what it is an exception to.
      const type = typeOf(one) ?? (inside === 'deny' ? 'permit' : 'deny')
      const lifts = depth > 1 && type === 'permit' && inside === 'deny'
      if (lifts) limits.push(`${where}: a permission inside a denial is not obeyed; the denial stands`)
      if (!lifts && (depth === 1 || type === 'deny')) nested.push(compile(one, type, depth, where))
      descend(one, type, depth + 1, where)
    }
  }
  if (provision !== undefined) descend(provision, typeOf(provision), 1, 'Consent.provision')
  const policy = written.policyRule?.coding?.map(({ code }) => POLICIES[code ?? '']).find((one) => one)
  if (policy === undefined && root?.type === undefined && nested.length === 0)
    limits.push('Consent: nothing in it can be obeyed by a program')
  return {
    id: written.id ?? '',
    active: written.status === 'active' && !onlyChoices(root, nested),
    statedAt:
      written.dateTime === undefined ? undefined : instantRange(written.dateTime, 'Consent.dateTime').low,
    categories: [...concepts(written.category), ...concepts(written.scope)].map(codeToken),
    period: root?.period ?? { from: undefined, lastBegins: undefined, until: undefined },
    purposes: root?.purposes,
    policy,
    root,
    nested,
    limits,
  }
}

/**
 * Whether it says only what the person wants to be told (`result-choice.ts`): then it decides no access, and where the newest
 * Consent decides it must not take the place of one that does.
 */
function onlyChoices(root: Provision | undefined, nested: readonly Provision[]): boolean {
  const all = [...(root === undefined ? [] : [root]), ...nested]
  return all.length > 0 && all.every(({ content }) => content !== undefined && isChoice(content))
}

function isChoice({ codes, classes, labels, resources }: ProvisionContent): boolean {
  const others = classes.length + labels.length + resources.length
  return codes.length > 0 && others === 0 && codes.every((code) => code.startsWith(`${RESULT_CHOICE}|`))
}

function typeOf({ type }: WrittenProvision): RuleType | undefined {
  return type === 'permit' || type === 'deny' ? type : undefined
}
