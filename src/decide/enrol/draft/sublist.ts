import type { TextItem } from '../registry/eligibility-text.ts'
import type { Side } from '../registry/side-heading.ts'

/** How the items below another one belong together; `none` of them may hold; `beside`: they are no part of what is asked. */
export type ListMeaning = 'all' | 'any' | 'none' | 'beside'

/** "At least one of the following:", "either:" */
const ONE_OF =
  /\b(?:(?:one|1|any|either)(?: or more| \(1\)| or both)?(?:,)? (?:of|of the|of these)\b|either\b|(?:one|any)(?: or more)?(?: of)? (?:the )?(?:following|below)|any:?$)[^:]{0,80}:?\s*$/i
/** "At least two of the following:" */
const SOME_OF = /\b(?:two|three|four|2|3|4)(?: or more)?(?: \(\d\))?,? (?:of|or more)\b/i
const ALL_OF =
  /\b(?:all|both|each)(?: of)?(?: the| these)? (?:following|below|criteria)|\ball of\b|\bboth of\b/i
const EXCEPTIONS =
  /\b(?:unless|except\w*|excluding|other than|apart from|with the exception\b[^:]*)\b[^:.]{0,80}:?\s*$/i
/** "Patients with the following may be enrolled:" */
const ALLOWED =
  /\b(?:(?:is|are|was|were|may be|can be|will be|also|still) (?:allowed|permitted|acceptable|eligible|enrolled|included)|(?:allowed|permitted)\s*:|may (?!not\b))(?![^:]{0,40}\b(?:if|when|who)\b)[^:.]{0,60}:?\s*$/i
const DENIED =
  /\b(?:(?:must|should|may|can|do|does|has|have|had|is|are|will|shall)\s*not\b|cannot\b|no\b|none\b|never\b|without\b|absence of\b|free of\b)[^:.]{0,120}(?:following|these|below|:\s*$)/i
const NEGATOR =
  /\b(?:no|not|none|never|without|absence|lack\w*|inadequate|insufficient|fail\w*|free of|cannot)\b(?! (?:more|less|greater|fewer|lower|higher|later|older|younger|earlier|limited|exceed\w*)\b)/i
/** In an exclusion it says what the heading says. */
const NOT_ELIGIBLE = /\bnot (?:be )?(?:eligible|included|enrolled|permitted|allowed)\b[^:]*:?\s*$/i
const OUT = /\b(?:exclu\w+|ineligible)\b/i
/** What announces a list stands right above it. */
const MOST_CHARACTERS = 1_000
const JOINT = /^\W*(?:and\/)?(?:or|and)\W*$/i
const OR_BEHIND = /(?:^|[\s,;])(?:and\/)?or\W*$/i
const OR_AHEAD = /^\W*or\b/i

/**
 * What a list below a criterion means, by the criterion's words and by "or" between its items; undefined where nobody can
 * tell. In an exclusion each item is a reason of its own, unless all are asked for together.
 */
export function listMeaning(
  written: string,
  items: readonly string[],
  side: Side | undefined,
): ListMeaning | undefined {
  const end = written.slice(-MOST_CHARACTERS)
  const text = side === 'exclusion' ? end.replace(NOT_ELIGIBLE, '') : end
  if (EXCEPTIONS.test(text)) return 'beside'
  if (SOME_OF.test(text) || ALLOWED.test(text)) return undefined
  const or = items.some((one) => joinsNext(one) || joinsLast(one))
  if (side === 'exclusion') return NEGATOR.test(text) ? undefined : ALL_OF.test(text) && !or ? 'all' : 'any'
  if (DENIED.test(text)) return ALL_OF.test(text) ? undefined : 'none'
  if (NEGATOR.test(text) || OUT.test(text)) return undefined
  const one = ONE_OF.test(text) && !ALL_OF.test(text)
  if (or && ALL_OF.test(text)) return undefined
  return one || or ? 'any' : 'all'
}

/** Whether an "or" at its end joins an item to the one behind it. */
export function joinsNext(item: string): boolean {
  return OR_BEHIND.test(item)
}

/** Whether an "or" at its beginning joins an item to the one before. */
export function joinsLast(item: string): boolean {
  return OR_AHEAD.test(item)
}

/** A bare "or" or "and" between two items. */
export function isJoint(item: string): boolean {
  return JOINT.test(item)
}

/** The items right below, each with those below it. */
export function listsOf(below: readonly TextItem[]): readonly (readonly [TextItem, readonly TextItem[]])[] {
  const lists: [TextItem, TextItem[]][] = []
  const depth = below.reduce((least, one) => Math.min(least, one.depth), Number.POSITIVE_INFINITY)
  for (const one of below) {
    const last = lists.at(-1)
    if (one.depth <= depth || last === undefined) lists.push([one, []])
    else last[1].push(one)
  }
  return lists
}
