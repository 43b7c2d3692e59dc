import type { ClauseAnswer } from './explain.ts'
import { VERDICT_WORDS, type VerdictWord } from './ruling.ts'
import type { Where } from './where.ts'

/** How near a trial is for one person: what the nearest-first order of every list of trials rests on. */
export interface Standing {
  readonly verdict: VerdictWord
  /** A criterion on the tumour's biology holds by what was found in it, and not by what was not. */
  readonly found: boolean
  /** Missing data that need a test, and those that asking or reading the record settles. */
  readonly toTest: number
  readonly toAsk: number
}

/** Data that asking or reading the record settles; all others need a test. */
const ASKED_FOR: ReadonlySet<string> = new Set([
  'birth-date',
  'sex',
  'treatments',
  'performance',
  'diagnosis',
  'disease-status',
])

/** The standing of a trial whose best clause is given, with where it is open. */
export function standingOf(
  verdict: VerdictWord,
  best: Pick<ClauseAnswer, 'reasons'> | undefined,
  where: Where | undefined,
): Standing {
  const reasons = best?.reasons ?? []
  const missing = reasons.flatMap((one) => one.missing?.datum ?? [])
  const toTest = missing.filter((one) => !ASKED_FOR.has(one)).length
  return {
    verdict,
    found: reasons.some((one) => one.found === true),
    toTest,
    toAsk: missing.length - toTest + (where?.missing === undefined ? 0 : 1),
  }
}

/**
 * The nearer one first: met before unknown before not met; then a trial for what was found in the tumour before one
 * that would take anybody; then fewer tests that are missing, then fewer questions.
 */
export function byStanding(a: Standing, b: Standing): number {
  return (
    VERDICT_WORDS.indexOf(b.verdict) - VERDICT_WORDS.indexOf(a.verdict) ||
    Number(b.found) - Number(a.found) ||
    a.toTest - b.toTest ||
    a.toAsk - b.toAsk
  )
}

/** A number from 0 to 1 in the order of `byStanding`. It is no probability. */
export function scoreOf({ verdict, found, toTest, toAsk }: Standing): number {
  if (verdict !== 'unknown') return verdict === 'met' ? 1 : 0
  const near = 1 / (1 + toTest + toAsk / (toAsk + 1))
  return Math.round((found ? 0.5 + 0.45 * near : 0.45 * near) * 1000) / 1000
}
