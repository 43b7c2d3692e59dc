/** Fewer people than this are never counted aloud (All of Us data dissemination; a site may raise it). */
export const SMALLEST_COUNT = 20

/** How many questions a researcher is answered within a window. */
export const QUESTIONS_PER_WINDOW = 100
export const WINDOW_DAYS = 30

/** What a researcher is told of a count. Always true: people number at least `atLeast` and fewer than `fewerThan`. */
export type DisclosedCount =
  | { readonly shown: true; readonly atLeast: number; readonly fewerThan: number }
  /** Too few, or too near to an earlier answer; which of the two is not told, for that would tell it. */
  | { readonly shown: false }

/** A count that the same researcher was told before. */
export interface EarlierCount {
  readonly question: string
  readonly answer: DisclosedCount
  readonly members: ReadonlySet<string>
}

/**
 * A number 0 <= n < `below` that only the server can compute, the same for the same text: an HMAC.
 * It decides where the steps of a count lie, so that nobody can place a question just beside a step.
 */
export type Draw = (text: string, below: number) => number

/**
 * What may be told of the number of people in a cohort.
 *
 * - Counts go in steps of `smallest`, each question with steps of its own, rounded down: one person more or less hardly
 *   ever shows, and a count of 1 to smallest-1, or 0, is never told, whatever is subtracted from whatever.
 * - The same question has the same answer.
 * - Another question about nearly the same people as an earlier one (the same cohort without one person, or the very
 *   same cohort in other words) is not answered: the difference would be about too few.
 */
export function disclosedCount(
  cohort: { readonly question: string; readonly members: ReadonlySet<string> },
  earlier: readonly EarlierCount[],
  draw: Draw,
  smallest: number = SMALLEST_COUNT,
): DisclosedCount {
  const { question, members } = cohort
  const same = earlier.find((one) => one.question === question)
  if (same !== undefined) return same.answer
  const atLeast = Math.floor((members.size - draw(`step ${question}`, smallest)) / smallest) * smallest
  if (atLeast < smallest) return { shown: false }
  const near = smallest + draw(`near ${question}`, smallest)
  if (earlier.some((one) => one.answer.shown && isNear(one.members, members, near))) return { shown: false }
  return shownCount(atLeast, smallest)
}

/**
 * A count that is told, with what it leaves open: a step more than the rounding needs. Without it the answers on two cohorts
 * and on both together can fit so tightly that their overlap is known to be small.
 */
export function shownCount(
  atLeast: number,
  smallest: number = SMALLEST_COUNT,
): Extract<DisclosedCount, { shown: true }> {
  return { shown: true, atLeast, fewerThan: atLeast + 3 * smallest }
}

/** Fewer than `near` people are in one and not in the other. */
function isNear(some: ReadonlySet<string>, others: ReadonlySet<string>, near: number): boolean {
  if (Math.abs(some.size - others.size) >= near) return false
  let different = 0
  for (const one of some) if (!others.has(one) && ++different >= near) return false
  for (const one of others) if (!some.has(one) && ++different >= near) return false
  return true
}
