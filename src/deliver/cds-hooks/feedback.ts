import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'

/** One card's feedback (CDS Hooks 2.0, "Feedback"). */
const Item = z.looseObject({
  card: z.guid(),
  outcome: z.enum(['accepted', 'overridden']),
  acceptedSuggestions: z.array(z.looseObject({ id: z.guid() })).optional(),
  overrideReason: z
    .looseObject({
      reason: z
        .looseObject({ code: z.string().min(1).max(200), system: z.string().max(500).optional() })
        .optional(),
      userComment: z.string().max(4000).optional(),
    })
    .optional(),
  outcomeTimestamp: z.iso.datetime({ offset: true }),
})
const Body = z.looseObject({ feedback: z.array(Item).min(1).max(200) })

export interface Feedback {
  readonly card: string
  readonly outcome: 'accepted' | 'overridden'
  readonly acceptedSuggestions: readonly string[]
  readonly overrideReason:
    | {
        readonly code: string | undefined
        readonly system: string | undefined
        readonly comment: string | undefined
      }
    | undefined
  readonly outcomeAt: string
}

/** Reads the body of a feedback call. Throws CDS_FEEDBACK_MALFORMED, naming the field. */
export function readFeedback(body: unknown): readonly Feedback[] {
  const parsed = Body.safeParse(body)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw malformed(
      ['request', ...(first?.path ?? [])].join('.'),
      first?.message ?? 'not as the standard says',
    )
  }
  return parsed.data.feedback.map((item, at) => {
    const accepted = item.acceptedSuggestions ?? []
    if (item.outcome === 'accepted' && accepted.length === 0)
      throw malformed(
        `request.feedback.${at}.acceptedSuggestions`,
        'an accepted card names what was accepted',
      )
    return {
      card: item.card,
      outcome: item.outcome,
      acceptedSuggestions: accepted.map((one) => one.id),
      overrideReason:
        item.overrideReason === undefined
          ? undefined
          : {
              code: item.overrideReason.reason?.code,
              system: item.overrideReason.reason?.system,
              comment: item.overrideReason.userComment,
            },
      outcomeAt: item.outcomeTimestamp,
    }
  })
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'CDS_FEEDBACK_MALFORMED',
    where,
    what,
    'Send { "feedback": [ … ] } as CDS Hooks 2.0 describes it.',
  )
}
