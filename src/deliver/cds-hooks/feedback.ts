import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'

/** One card's feedback (CDS Hooks 2.0, "Feedback"), as the store keeps it. */
const Item = z
  .looseObject({
    card: z.guid(),
    outcome: z.enum(['accepted', 'overridden']),
    acceptedSuggestions: z.array(z.looseObject({ id: z.guid() })).default([]),
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
  .refine((item) => item.outcome !== 'accepted' || item.acceptedSuggestions.length > 0, {
    path: ['acceptedSuggestions'],
    message: 'an accepted card names what was accepted',
  })
  .transform(({ card, outcome, acceptedSuggestions, overrideReason, outcomeTimestamp }) => ({
    card,
    outcome,
    acceptedSuggestions: acceptedSuggestions.map((one) => one.id),
    overrideReason: overrideReason && {
      code: overrideReason.reason?.code,
      system: overrideReason.reason?.system,
      comment: overrideReason.userComment,
    },
    outcomeAt: outcomeTimestamp,
  }))
const Body = z.looseObject({ feedback: z.array(Item).min(1).max(200) })

/** Reads the body of a feedback call. Throws CDS_FEEDBACK_MALFORMED, naming the field. */
export function readFeedback(body: unknown): z.output<typeof Body>['feedback'] {
  const parsed = Body.safeParse(body)
  if (parsed.success) return parsed.data.feedback
  const [first] = parsed.error.issues
  throw malformed(
    ['request', ...(first?.path ?? [])].join('.'),
    issueWords(first, 'not as the standard says'),
  )
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'CDS_FEEDBACK_MALFORMED',
    where,
    what,
    'Send { "feedback": [ … ] } as CDS Hooks 2.0 describes it.',
  )
}
