import type { Coding } from '../../record/resource.ts'

/** What a person's consents are asked. */
export interface ConsentAsk {
  /** v3-ActReason code; undefined: any. */
  readonly purpose: string | undefined
  /** References, identifiers and roles of the asker: "Practitioner/1", "Organization/1", "system|value". */
  readonly actors: readonly string[]
  /** Only consents of one of these categories or scopes, "system|code"; undefined: any. */
  readonly categories: readonly string[] | undefined
  /** ISO 8601 instant. */
  readonly at: string
  /** What would be seen, "system|code" each; undefined: not said, the answer then lists what to leave out. */
  readonly content: AskedContent | undefined
}

export interface AskedContent {
  /** Resource types and profiles. */
  readonly classes: readonly string[]
  readonly labels: readonly string[]
  readonly codes: readonly string[]
  /** "Observation/1"; undefined when asked about a kind of data. */
  readonly resource: string | undefined
}

export interface ConsentDecision {
  readonly decision: 'CONSENT_PERMIT' | 'CONSENT_DENY' | 'NO_CONSENT'
  readonly obligations: readonly ConsentObligation[]
  /** "Consent/…" that decided. */
  readonly basis: readonly string[]
  /** One sentence for whoever asks why. */
  readonly because: string
}

/** Data under these codes is to be left out (v3-ActCode REDACT). */
export interface ConsentObligation {
  readonly id: Coding
  readonly parameters: { readonly codes: readonly Coding[] }
}
