import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { Language, TermName } from '../../knowledge/hpo/vocabulary.ts'
import type { HpoId } from '../../terms/ids.ts'
import { mayBeMisspelt } from './misspelt.ts'
import { folded, LONGEST_WORDS, lettersApart, type WordIndex } from './word-index.ts'

/**
 * Why an answer may not be what was meant. `replaced`: the id is merged or obsolete and HPO names its successor.
 * `broader`, `narrower`, `related`: the words are a synonym that HPO marks so. `unreviewed`: found through a machine
 * translation. `word-order`: the same words in another order, number or with other joining words. `spelling`: other letters.
 * `part`: the words are the beginning or a part of the name. `language`: found in a language that was not asked for.
 */
export type TermDoubt =
  | 'replaced'
  | 'broader'
  | 'narrower'
  | 'related'
  | 'unreviewed'
  | 'word-order'
  | 'spelling'
  | 'part'
  | 'language'

/** A term, and how the words led to it. */
export interface TermMatch {
  readonly id: HpoId
  readonly name: string
  /** The name, synonym or label that was found; the id where an id was given. */
  readonly words: string
  readonly language: Language | undefined
  readonly doubts: readonly TermDoubt[]
}

type TermResolution =
  /** One term. Without doubts it may be taken as it is; with doubts somebody should look. */
  | { readonly kind: 'term'; readonly match: TermMatch }
  /** Several terms fit equally well: nobody but the asker can choose. */
  | { readonly kind: 'several'; readonly matches: readonly TermMatch[] }
  /** Obsolete without successor, or nothing fits; `near` are suggestions, not answers. */
  | {
      readonly kind: 'none'
      readonly why: 'obsolete' | 'unknown-id' | 'no-match' | 'too-long'
      readonly near: readonly TermMatch[]
    }

/** Suggestions given at once. */
const MOST = 8

const SCOPE_DOUBT: Readonly<Partial<Record<TermName['kind'], TermDoubt>>> = {
  broad: 'broader',
  narrow: 'narrower',
  related: 'related',
}

export interface Dictionary {
  readonly ontology: Ontology
  /** Languages in the order they are tried; the first is the one asked for. */
  readonly indexes: readonly { readonly language: Language; readonly index: WordIndex }[]
}

/**
 * An HPO id or words, to the term. Whole names go before reordered words, those before misspelt ones; a better kind of
 * name (name, exact, plain words) before a looser one (broad, narrow, related). Words that only begin or resemble a name
 * are never an answer, only a suggestion, but for one that differs by a letter in eight or less and has no rival. A word
 * that means something itself is never taken for another, nor are other letters in a translation that nobody reviewed.
 */
export function resolveTerm(dictionary: Dictionary, given: string): TermResolution {
  const text = given.trim()
  if (/^hp[:_ ]?\d+$/i.test(text)) return resolveId(dictionary, text)
  if (text.length > LONGEST_WORDS) return { kind: 'none', why: 'too-long', near: [] }
  const words = folded(text)
  if (words === '') return { kind: 'none', why: 'no-match', near: [] }
  for (const [place, { language, index }] of dictionary.indexes.entries()) {
    const extra: readonly TermDoubt[] = place > 0 ? ['language'] : []
    const whole = index.withText(words)
    if (whole.length > 0) return chosen(dictionary, whole, index, language, extra)
  }
  for (const [place, { language, index }] of dictionary.indexes.entries()) {
    const extra: readonly TermDoubt[] = place > 0 ? ['language', 'word-order'] : ['word-order']
    const bag = index.withBag(words)
    if (bag.length > 0) return chosen(dictionary, bag, index, language, extra)
  }
  const [first] = dictionary.indexes
  if (first === undefined) return { kind: 'none', why: 'no-match', near: [] }
  const alike = first.index.alike(words, 40)
  const isWord = (word: string) => dictionary.indexes.some((one) => one.index.hasWord(word))
  const apart = alike
    .filter((name) => !first.index.names[name]!.unreviewed)
    .filter((name) => mayBeMisspelt(words, first.index.foldedText(name), isWord))
    .map((name) => ({ name, by: lettersApart(words, first.index.foldedText(name), 3) }))
    .sort((a, b) => a.by - b.by || a.name - b.name)
  const [best] = apart
  if (best !== undefined && best.by <= Math.min(3, Math.floor(words.length / 8))) {
    const equal = apart.filter((one) => one.by === best.by).map((one) => one.name)
    return chosen(dictionary, equal, first.index, first.language, ['spelling'])
  }
  return { kind: 'none', why: 'no-match', near: suggestTerms(dictionary, text, MOST) }
}

/** Terms to offer while somebody types: names that begin so first, then names that hold the words, then similar ones. */
export function suggestTerms(dictionary: Dictionary, given: string, most = MOST): readonly TermMatch[] {
  const words = folded(given.slice(0, LONGEST_WORDS))
  if (words === '') return []
  const found = new Map<HpoId, TermMatch>()
  for (const [place, { language, index }] of dictionary.indexes.entries()) {
    const extra: readonly TermDoubt[] = place > 0 ? ['language'] : []
    const whole = index.withText(words)
    const begun = index.beginning(words, most * 4)
    for (const name of [...whole, ...begun]) {
      if (found.size >= most) break
      const doubts = whole.includes(name) ? extra : [...extra, 'part' as const]
      const match = matchOf(dictionary, index.names[name]!, language, doubts)
      if (!found.has(match.id)) found.set(match.id, match)
    }
    if (place === 0 && found.size === 0) {
      for (const name of index.alike(words, most)) {
        const match = matchOf(dictionary, index.names[name]!, language, [...extra, 'spelling'])
        if (!found.has(match.id)) found.set(match.id, match)
      }
    }
  }
  return [...found.values()].slice(0, most)
}

/** Seven digits are an id. Fewer or more were cut somewhere: the id they may have been is only suggested. */
function resolveId(dictionary: Dictionary, text: string): TermResolution {
  const { ontology } = dictionary
  const digits = text.replace(/\D/g, '')
  const id = `HP:${digits.padStart(7, '0')}`
  const state = ontology.stateOf(id)
  if (state.kind === 'unknown') return { kind: 'none', why: 'unknown-id', near: [] }
  if (state.kind === 'obsolete') {
    return { kind: 'none', why: 'obsolete', near: suggestTerms(dictionary, state.name, MOST) }
  }
  const match: TermMatch = {
    id: ontology.ids[state.term]!,
    name: ontology.names[state.term]!,
    words: id,
    language: undefined,
    doubts: state.kind === 'replaced' ? ['replaced'] : [],
  }
  return digits.length === 7 ? { kind: 'term', match } : { kind: 'none', why: 'unknown-id', near: [match] }
}

/** The best kind of name wins; two terms with equally good names are "several". */
function chosen(
  dictionary: Dictionary,
  names: readonly number[],
  index: WordIndex,
  language: Language,
  extra: readonly TermDoubt[],
): TermResolution {
  const ranked = names.map((name) => index.names[name]!).sort((a, b) => looseness(a) - looseness(b))
  const best = ranked.filter((one) => looseness(one) === looseness(ranked[0]!))
  const matches = new Map<HpoId, TermMatch>()
  for (const one of best) {
    const match = matchOf(dictionary, one, language, extra)
    if (!matches.has(match.id)) matches.set(match.id, match)
  }
  const [only, ...others] = [...matches.values()]
  return others.length === 0
    ? { kind: 'term', match: only! }
    : { kind: 'several', matches: [only!, ...others].slice(0, MOST) }
}

/** A name that a machine translated and nobody reviewed goes behind words that people chose. */
function looseness({ kind, unreviewed }: TermName): number {
  if (kind === 'name') return unreviewed ? 2 : 0
  return kind === 'exact' || kind === 'layperson' ? 1 : 3
}

function matchOf(
  { ontology }: Dictionary,
  name: TermName,
  language: Language,
  extra: readonly TermDoubt[],
): TermMatch {
  const scope = SCOPE_DOUBT[name.kind]
  return {
    id: ontology.ids[name.term]!,
    name: ontology.names[name.term]!,
    words: name.text,
    language,
    doubts: [
      ...extra,
      ...(scope === undefined ? [] : [scope]),
      ...(name.unreviewed ? ['unreviewed' as const] : []),
    ],
  }
}
