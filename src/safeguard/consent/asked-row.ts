import type { ConsentRule } from '../../record/consent-rule.ts'
import { tokenOf } from '../../record/resource.ts'
import type { ConsentQuestion } from '../../record/resource-query.ts'
import type { AskedContent } from './consent-ask.ts'
import { RESOURCE_TYPES } from './consent-codes.ts'
import { decideConsent } from './decide-consent.ts'

/** One stored resource, as far as consents look at it. */
export interface AskedRow {
  readonly type: string
  readonly id: string
  /** "system|code", in the spelling of `labelsOf` and `aboutCodes`. */
  readonly labels: readonly string[]
  readonly codes: readonly string[]
}

/** A resource is of its type, and of what it is about: consents name profiles and kinds of document as classes. */
export function contentOf({ type, id, labels, codes }: AskedRow): AskedContent {
  return { classes: [tokenOf(RESOURCE_TYPES, type), ...codes], labels, codes, resource: `${type}/${id}` }
}

/** Whether one resource may be seen: the decision that the store's queries make, made in memory. */
export function maySee(consents: readonly ConsentRule[], question: ConsentQuestion, row: AskedRow): boolean {
  const { purpose, actors, categories, at, reading = 'deny-overrides', whenSilent } = question
  const ask = {
    purpose,
    actors: actors.filter((one) => one !== '*'),
    categories,
    at,
    content: contentOf(row),
  }
  const { decision } = decideConsent(consents, ask, reading)
  return decision === 'NO_CONSENT' ? whenSilent === 'permit' : decision === 'CONSENT_PERMIT'
}
