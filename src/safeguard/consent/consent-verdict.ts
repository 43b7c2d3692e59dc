import type { Provision } from '../../record/consent-rule.ts'

/** What one consent says to the question. */
export interface Verdict {
  readonly says: 'permit' | 'deny' | 'silent'
  /** Exceptions whose contents are to be left out of what is permitted. */
  readonly redact: readonly Provision[]
}
