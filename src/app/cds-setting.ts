import { resolveDrug } from '../decide/prescribe/drug-name.ts'
import { drugBook } from '../knowledge/drug.ts'
import type { Facts } from '../knowledge/facts.ts'
import { cancerDrugsIn } from '../knowledge/tumor/cancer-drug-names.ts'
import type { CardSetting } from '../store/cards/card-store.ts'
import { Fault } from '../terms/fault.ts'

/** What a mute may be about. */
export const SUBJECTS = ['rule', 'pack', 'drug', 'gene'] as const
/** CDS Hooks indicators, quietest first. */
export const INDICATORS = ['info', 'warning', 'critical'] as const

export function isSubject(text: string): text is Exclude<CardSetting['of'], 'indicator'> {
  return SUBJECTS.some((one) => one === text)
}

/**
 * The name that cards carry: a brand or another spelling of a drug becomes its generic name, because a mute of "Plavix"
 * would hold nothing back. Throws DRUG_UNKNOWN, DRUG_IS_CLASS for a drug, and for a combination of several.
 */
export function heldName(of: CardSetting['of'], value: string, facts: Facts): string {
  if (of !== 'drug') return value
  const [cancerDrug, ...others] = cancerDrugsIn([value], facts)
  if (cancerDrug !== undefined && others.length === 0) return cancerDrug
  const { drugs } = resolveDrug(value, drugBook(facts))
  if (drugs.length === 1) return drugs[0].name
  const names = drugs.map((one) => one.name)
  throw new Fault(
    'CDS_SUBJECT',
    'drug',
    `"${value}" holds ${names.length} drugs`,
    `Name one at a time: ${names.join(', ')}.`,
  )
}
