import type { RulePeriod } from '../../record/consent-rule.ts'
import type { Resource } from '../../record/resource.ts'
import { compileConsent } from './compile-consent.ts'
import { RESULT_CHOICE } from './consent-codes.ts'

/**
 * What a person may want to be told or not. They are no privacy rules: they say which findings are sought and reported.
 * secondary-findings: medically actionable findings that the test was not ordered for (ACMG SF, section "opt-out").
 * carrier-findings: what concerns children more than the person. recontact: a word when an old result means something new.
 */
export type ResultChoice = 'secondary-findings' | 'carrier-findings' | 'recontact'

export type Chosen =
  /** Nobody asked the person, or the answer ended: it is neither a yes nor a no. */
  { readonly wanted: undefined } | { readonly wanted: boolean; readonly consent: string }

/**
 * The choice that holds at an instant (ms since the epoch): of active Consents in their period that name it, the newest
 * decides; of two of one date the refusal. A choice is a `provision.code` of the system RESULT_CHOICE with the type permit or deny.
 * Throws CONSENT_DATE_MALFORMED.
 */
export function resultChoice(consents: readonly Resource[], choice: ResultChoice, at: number): Chosen {
  const code = `${RESULT_CHOICE}|${choice}`
  const [newest] = consents
    .filter(({ status }) => status === 'active')
    .map((consent) => compileConsent(consent))
    .filter(({ period }) => within(period, at))
    .flatMap(({ id, statedAt, root, nested }) =>
      [...(root ? [root] : []), ...nested]
        .filter(
          (one) => one.content?.codes.includes(code) && one.type !== undefined && within(one.period, at),
        )
        .map(({ type }) => ({
          id,
          statedAt: statedAt ?? Number.NEGATIVE_INFINITY,
          wanted: type === 'permit',
        })),
    )
    .sort((a, b) => b.statedAt - a.statedAt || Number(a.wanted) - Number(b.wanted) || (a.id < b.id ? -1 : 1))
  return newest === undefined ? { wanted: undefined } : { wanted: newest.wanted, consent: newest.id }
}

function within({ from, until }: RulePeriod, at: number): boolean {
  return (from === undefined || from <= at) && (until === undefined || at < until)
}
