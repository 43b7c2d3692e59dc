import type { Span } from './spans.ts'
import { NUMBER } from './words.ts'

const OPENING: ReadonlySet<string> = new Set(['(', '['])
const CLOSING: ReadonlySet<string> = new Set([')', ']'])
/** Of what lies across a span, so much at most is given to it. */
const MOST_BROKEN = 0.8
/** Words that are said twice in a row, at most. */
const LONGEST_REPEAT = 8

/**
 * Spans without those that hold one bracket of a pair, and those that go across a seam: no name of the annotated lines does
 * either, and the labels of words, which know only their neighbours, cannot see it. The others take the place of those left
 * out: they are as likely as if these could not be.
 */
export function wholeNames(spans: readonly Span[], forms: readonly string[]): readonly Span[] {
  const seams = seamsOf(forms)
  const broken = new Set(
    spans.filter(
      ({ first, last }) =>
        cutsBrackets(forms, first, last) || seams.some((seam) => first <= seam.first && seam.last <= last),
    ),
  )
  if (broken.size === 0) return spans
  return spans
    .filter((one) => !broken.has(one))
    .map((one) => {
      let lost = 0
      for (const { first, last, probability } of broken)
        if (first <= one.last && one.first <= last) lost += probability
      return { ...one, probability: Math.min(1, one.probability / (1 - Math.min(MOST_BROKEN, lost))) }
    })
}

function cutsBrackets(forms: readonly string[], first: number, last: number): boolean {
  let open = 0
  for (let i = first; i <= last; i++) {
    if (OPENING.has(forms[i]!)) open++
    else if (CLOSING.has(forms[i]!) && --open < 0) return true
  }
  return open > 0
}

/**
 * Words said twice in a row, both times together: where two names overlapped, the annotated lines repeat what is common to
 * them ("acute leukemia leukemia"). The second may be the end of the word before it ("chemotherapy therapy").
 */
function seamsOf(forms: readonly string[]): readonly { readonly first: number; readonly last: number }[] {
  return forms.flatMap((form, i) => {
    const before = forms[i - 1] ?? ''
    const isWord = /^\p{L}/u.test(form)
    if (isWord && form.length > 2 && before.endsWith(form)) return { first: i - 1, last: i }
    for (let k = isWord && form.length > 1 ? 1 : 2; k <= Math.min(i, forms.length - i, LONGEST_REPEAT); k++) {
      let same = true
      for (let j = 0; j < k && same; j++) same = forms[i - k + j] === forms[i + j]
      if (same) return { first: i - k, last: i + k - 1 }
    }
    return []
  })
}

/**
 * Spans whose words have not stood in the line before: annotators mark a name once, where it first stands. A name right
 * behind itself is the seam of two annotations and stays; so do bounds, whose numbers may be others.
 */
export function firstMentions(spans: readonly Span[], forms: readonly string[]): readonly Span[] {
  return spans.filter(({ first, last }) => {
    const length = last - first + 1
    if (forms.slice(first, last + 1).includes(NUMBER)) return true
    const standsAt = (at: number) => {
      for (let k = 0; k < length; k++) if (forms[at + k] !== forms[first + k]) return false
      return true
    }
    if (standsAt(first - length)) return true
    if (standsAt(first - length - 1) && !/^\p{L}/u.test(forms[first - 1]!)) return true
    for (let at = 0; at < first - length; at++) if (standsAt(at)) return false
    return true
  })
}
