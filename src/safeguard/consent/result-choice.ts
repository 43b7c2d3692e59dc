import type { ConsentRule, Provision } from '../../record/consent-rule.ts'

/**
 * What a person may want to be told or not. They are no privacy rules: they say which findings are sought and reported.
 * secondary-findings: medically actionable findings that the test was not ordered for (ACMG SF, section "opt-out").
 * carrier-findings: what concerns children more than the person. recontact: a word when an old result means something new.
 */
export type ResultChoice = 'secondary-findings' | 'carrier-findings' | 'recontact'

/** Coding system of `Consent.provision.code` by which a choice is sent. */
export const RESULT_CHOICE = 'urn:garrod:result-choice'

export type Chosen =
  /** Nobody asked the person, or the answer ended: it is neither a yes nor a no. */
  { readonly wanted: undefined } | { readonly wanted: boolean; readonly consent: string }

/**
 * The choice that holds at an instant (ms since the epoch): of active consents in their period that name it, the newest
 * decides; of two of one date the refusal.
 */
export function resultChoice(consents: readonly ConsentRule[], choice: ResultChoice, at: number): Chosen {
  const code = `${RESULT_CHOICE}|${choice}`
  const said = consents
    .filter(({ active, period }) => active && within(period, at))
    .flatMap((consent) =>
      [...(consent.root ? [consent.root] : []), ...consent.nested]
        .filter((one) => names(one, code) && one.type !== undefined && within(one.period, at))
        .map((one) => ({ consent, wanted: one.type === 'permit' })),
    )
    .sort(
      (a, b) =>
        (b.consent.statedAt ?? -Infinity) - (a.consent.statedAt ?? -Infinity) ||
        Number(a.wanted) - Number(b.wanted) ||
        (a.consent.id < b.consent.id ? -1 : 1),
    )
  const [newest] = said
  return newest === undefined ? { wanted: undefined } : { wanted: newest.wanted, consent: newest.consent.id }
}

function names({ content }: Provision, code: string): boolean {
  return content?.codes.includes(code) ?? false
}

function within({ from, until }: ConsentRule['period'], at: number): boolean {
  return (from === undefined || from <= at) && (until === undefined || at < until)
}
