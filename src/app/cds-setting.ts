import type { CardSetting } from '../store/cards/card-store.ts'

/** What a mute may be about. */
export const SUBJECTS = ['rule', 'pack', 'drug', 'gene'] as const
/** CDS Hooks indicators, quietest first. */
export const INDICATORS = ['info', 'warning', 'critical'] as const

export function isSubject(text: string): text is Exclude<CardSetting['of'], 'indicator'> {
  return SUBJECTS.some((one) => one === text)
}
