import type { ConsentRule, Provision } from '../../record/consent-rule.ts'
import type { ConsentAsk } from './consent-ask.ts'
import type { Verdict } from './consent-verdict.ts'
import { covers, isAddressed, touches } from './provision-match.ts'

/**
 * One consent with every provision doing what its type says: a denial among the exceptions, then a permission among
 * them, then the root, then the base policy that the consent names.
 */
export function verdictByType(consent: ConsentRule, ask: ConsentAsk): Verdict {
  const addressed = consent.nested.filter((one) => isAddressed(one, ask, 'deny-overrides'))
  const redact = addressed.filter((one) => one.type === 'deny' && one.content !== undefined)
  if (addressed.some((one) => denies(one, ask))) return { says: 'deny', redact: [] }
  if (addressed.some((one) => permits(one, ask))) return { says: 'permit', redact }
  const { root, policy } = consent
  if (root?.type !== undefined && isAddressed(root, ask, 'deny-overrides')) {
    if (denies(root, ask)) return { says: 'deny', redact: [] }
    if (permits(root, ask)) return { says: 'permit', redact }
    // Contents of a denial that were not asked for by name stay to be left out.
    if (root.type === 'deny') redact.push(root)
  }
  if (policy === 'deny') return { says: 'deny', redact: [] }
  return { says: policy ?? 'silent', redact }
}

function denies({ type, content }: Provision, ask: ConsentAsk): boolean {
  if (type !== 'deny') return false
  return content === undefined || (ask.content !== undefined && touches(content, ask.content))
}

function permits({ type, content }: Provision, ask: ConsentAsk): boolean {
  if (type !== 'permit') return false
  return content === undefined || (ask.content !== undefined && covers(content, ask.content))
}
