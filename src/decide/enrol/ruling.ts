import type { Alteration, AlterationKind, Assay } from '../../record/candidate.ts'

/** 0 not met, 1 unknown, 2 met: "and" is the least of them, "or" the greatest, "not" is 2 - v. */
export type Verdict = 0 | 1 | 2

export const NOT_MET = 0
export const UNKNOWN = 1
export const MET = 2

export const VERDICT_WORDS = ['not met', 'unknown', 'met'] as const
export type VerdictWord = (typeof VERDICT_WORDS)[number]

/** What would have to be known; the settling tests are listed by it. */
export type Datum =
  | 'birth-date'
  | 'sex'
  | 'diagnosis'
  | 'histology'
  | 'variant-detail'
  | 'treatments'
  | 'burden'
  | 'criterion'
  | AlterationKind
  | (string & {})

/** Why a leaf was ruled so. */
export type Ground =
  | { readonly kind: 'seen'; readonly alteration: Alteration }
  | { readonly kind: 'none-found'; readonly gene: string; readonly assay: Assay }
  | { readonly kind: 'value'; readonly what: string; readonly value: string | number }
  | { readonly kind: 'missing'; readonly datum: Datum; readonly what: string }
  | { readonly kind: 'not-asked'; readonly about: string }

/** What became of one criterion for one person. */
export interface Ruling {
  readonly verdict: Verdict
  readonly ground: Ground
}

export function missing(datum: Datum, what: string): Ruling {
  return { verdict: UNKNOWN, ground: { kind: 'missing', datum, what } }
}

/** Ruled on a value of the record. */
export function onValue(yes: boolean, what: string, value: string | number): Ruling {
  return { verdict: yes ? MET : NOT_MET, ground: { kind: 'value', what, value } }
}
