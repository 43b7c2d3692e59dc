import * as z from 'zod'

const text = (most: number) => z.string().trim().min(1).max(most)

/** Who may vote on a board. */
export const VOTERS = ['clinician', 'geneticist', 'pharmacist'] as const

export const Vote = z.strictObject({
  /** As the board calls the member. */
  member: text(200),
  role: z.enum(VOTERS),
  vote: z.enum(['for', 'against', 'abstains']),
  /** Why not, in the member's own words. */
  dissent: text(4000).optional(),
})

export const Decided = z.strictObject({
  /** What the board was asked. */
  question: text(2000).optional(),
  decision: text(4000),
  /** Options that were weighed: ids of options and trials of the document, or words. */
  considered: z.array(text(300)).max(100).default([]),
  recommendation: z
    .enum(['treatment', 'trial', 'further-testing', 'best-supportive-care', 'watch', 'other'])
    .optional(),
  votes: z.array(Vote).max(60).default([]),
  followUp: z
    .array(
      z.strictObject({
        what: text(1000),
        owner: text(200),
        due: z.iso.date(),
      }),
    )
    .max(40)
    .default([]),
})
export type Decided = z.infer<typeof Decided>
