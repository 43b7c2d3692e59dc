import type { ConsentRule, Provision } from '../../record/consent-rule.ts'
import type { ConsentAsk } from './consent-ask.ts'
import type { Verdict } from './consent-verdict.ts'
import { isAddressed, meet } from './provision-match.ts'

/**
 * One consent as the LEAP consent decision service reads it: an exception without contents turns the base decision
 * round; one with contents asks for them to be left out, and refuses whoever asked for just these.
 */
export function verdictByTurns(consent: ConsentRule, ask: ConsentAsk): Verdict {
  const base = consent.root?.type ?? consent.policy
  const matched = consent.nested.filter(
    (one) => isAddressed(one, ask, 'newest-wins') && isOfAskedClass(one, ask),
  )
  // An exception inside an exception has no base decision to turn.
  if (matched.some(({ depth, content }) => depth > 1 && content === undefined)) return DENY
  const turns = matched.some(({ depth, content }) => depth === 1 && content === undefined)
  const says = base === undefined ? 'silent' : turns ? (base === 'permit' ? 'deny' : 'permit') : base
  if (says === 'deny') return DENY
  const redact = matched.filter(({ content }) => content !== undefined)
  return redact.some((one) => isAskedFor(one, ask)) ? DENY : { says, redact }
}

const DENY: Verdict = { says: 'deny', redact: [] }

function isOfAskedClass({ content }: Provision, { content: asked }: ConsentAsk): boolean {
  const classes = content?.classes ?? []
  return (
    classes.length === 0 || asked === undefined || asked.classes.length === 0 || meet(classes, asked.classes)
  )
}

function isAskedFor({ content }: Provision, { content: asked }: ConsentAsk): boolean {
  if (content === undefined || asked === undefined) return false
  return (
    content.untestable ||
    meet(content.classes, asked.classes) ||
    meet(content.labels, asked.labels) ||
    meet(content.codes, asked.codes) ||
    (asked.resource !== undefined && content.resources.includes(asked.resource))
  )
}
