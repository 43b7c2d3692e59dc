import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'

/** How long a grant lasts, on one person. Minutes. */
export const GRANT_MINUTES = 60
/** Days after which a grant without review raises an alarm. */
const REVIEW_DAYS = 7

/** Why the glass may be broken; the code goes to the audit log, the words to whoever reviews it. */
export const BREAK_GLASS_REASONS: Readonly<Record<string, string>> = {
  'life-threat': 'life or health is in danger',
  'cannot-consent': 'the person cannot be asked',
  'no-other-access': 'whoever has access cannot be reached in time',
  'patient-asks': 'the person asks for it here and now',
}

interface BreakGlassRequest {
  readonly patient: PatientId
  readonly reason: string
  /** In one's own words. Characters: 10 to 2000. */
  readonly explanation: string
}

/**
 * When a grant begins and ends. Whether the caller may break the glass at all is for `Access.authorize` to say, which
 * asks for a second factor. Throws BREAK_GLASS_REASON, BREAK_GLASS_EXPLANATION.
 */
export function grantPeriod(
  { reason, explanation }: BreakGlassRequest,
  at: string,
): { readonly grantedAt: string; readonly until: string } {
  if (!Object.hasOwn(BREAK_GLASS_REASONS, reason)) {
    throw new Fault(
      'BREAK_GLASS_REASON',
      'reason',
      'this is not a reason for which the glass may be broken',
      `Send one of ${Object.keys(BREAK_GLASS_REASONS).join(', ')}.`,
    )
  }
  const { length } = explanation.trim()
  if (length < 10 || length > 2000) {
    throw new Fault(
      'BREAK_GLASS_EXPLANATION',
      'explanation',
      'who reviews this access must be able to follow it',
      'Say in 10 to 2000 characters why it is needed now.',
    )
  }
  const begins = Date.parse(at)
  return {
    grantedAt: new Date(begins).toISOString(),
    until: new Date(begins + GRANT_MINUTES * 60_000).toISOString(),
  }
}

/** in-force: it lasts. to-review: it ended. overdue: not reviewed within the days. A reviewed one needs nothing. */
export type GrantState = 'in-force' | 'to-review' | 'overdue' | 'reviewed'

export function grantState(
  grant: { readonly grantedAt: string; readonly until: string; readonly review: object | undefined },
  at: string,
): GrantState {
  if (grant.review !== undefined) return 'reviewed'
  if (Date.parse(grant.grantedAt) < Date.parse(overdueBefore(at))) return 'overdue'
  return Date.parse(at) < Date.parse(grant.until) ? 'in-force' : 'to-review'
}

/** Grants made before this instant should have been reviewed by now. */
export function overdueBefore(at: string): string {
  return new Date(Date.parse(at) - REVIEW_DAYS * 86_400_000).toISOString()
}
