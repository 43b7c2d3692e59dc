import type { ConsentReading, ConsentRule, Provision } from '../../record/consent-rule.ts'
import type { Coding } from '../../record/resource.ts'
import type { ConsentAsk, ConsentDecision } from './consent-ask.ts'
import { ACT_CODE } from './consent-codes.ts'
import { verdictByType } from './deny-overrides.ts'
import { verdictByTurns } from './newest-wins.ts'
import { isInForce } from './provision-match.ts'

/**
 * What a person's consents say to a question. Pure: the clock is in the question, and no consent counts outside its
 * period. NO_CONSENT: none of them is about it; what then holds (treatment yes, research no) is the asker's policy.
 */
export function decideConsent(
  consents: readonly ConsentRule[],
  ask: ConsentAsk,
  reading: ConsentReading,
): ConsentDecision {
  const inForce = consents.filter((one) => isInForce(one, ask, reading))
  if (inForce.length === 0) return silence('no active consent is about this purpose, category and time')
  const counting = reading === 'newest-wins' ? newest(inForce) : inForce
  const verdictOf = reading === 'newest-wins' ? verdictByTurns : verdictByType
  const verdicts = counting.map((consent) => ({ consent, ...verdictOf(consent, ask) }))
  const denying = verdicts.filter(({ says }) => says === 'deny')
  if (denying.length > 0) {
    const basis = denying.map(({ consent }) => refOf(consent))
    return { decision: 'CONSENT_DENY', obligations: [], basis, because: `${basis.join(', ')} denies it` }
  }
  const permitting = verdicts.filter(({ says }) => says === 'permit')
  const obligations = redaction(verdicts.flatMap(({ redact }) => redact))
  const redacting = verdicts.filter(({ redact }) => redact.length > 0)
  if (permitting.length === 0) {
    return {
      ...silence('no active consent decides it'),
      obligations,
      basis: redacting.map(({ consent }) => refOf(consent)),
    }
  }
  const basis = [...new Set([...permitting, ...redacting].map(({ consent }) => refOf(consent)))]
  const except = obligations.length === 0 ? '' : ', except for what it says to leave out'
  return {
    decision: 'CONSENT_PERMIT',
    obligations,
    basis,
    because: `${basis.join(', ')} permits it${except}`,
  }
}

/** Several of one date count together: a denial among them holds. */
function newest(consents: readonly ConsentRule[]): readonly ConsentRule[] {
  const last = Math.max(...consents.map(({ statedAt }) => statedAt ?? Number.NEGATIVE_INFINITY))
  return consents.filter(({ statedAt }) => (statedAt ?? Number.NEGATIVE_INFINITY) === last)
}

function redaction(provisions: readonly Provision[]): ConsentDecision['obligations'] {
  const codes: Coding[] = []
  for (const code of provisions.flatMap(({ content }) => content?.written ?? [])) {
    if (!codes.some((one) => one.system === code.system && one.code === code.code)) codes.push(code)
  }
  if (codes.length === 0) return []
  return [{ id: { system: ACT_CODE, code: 'REDACT' }, parameters: { codes } }]
}

function silence(because: string): ConsentDecision {
  return { decision: 'NO_CONSENT', obligations: [], basis: [], because }
}

function refOf({ id }: ConsentRule): string {
  return `Consent/${id}`
}
