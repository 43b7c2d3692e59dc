import { NAME_TOPICS } from '../../../knowledge/trials/eligibility-names.ts'
import { SIGNS, TRIGGERS } from './cues.ts'
import type { Lexicon } from './lexicon.ts'
import { NUMBER } from './words.ts'

/** Receives one feature of a word: weights are looked up by its kind and value. */
type Give = (kind: string, value: string) => void

const START = '<s>'
const END = '</s>'
/** A word before or behind the line, among cues and lexicon marks. */
const OUTSIDE = '^'
const OUTSIDE_PAIR = `${END} ${END}`

/** The features of a line, word by word. A change here makes the learned weights wrong: learn them again. */
export class LineFeatures {
  readonly #forms: readonly string[]
  readonly #pairs: readonly string[]
  readonly #marks: readonly Uint8Array[]
  readonly #topics: readonly string[]
  readonly #profiles: readonly string[]
  readonly #signs: readonly string[]
  readonly #triggers: readonly string[]
  readonly #depths: readonly number[]
  readonly #repeats: readonly string[]

  constructor(forms: readonly string[], lexicon: Lexicon) {
    this.#forms = forms
    this.#pairs = Array.from({ length: forms.length + 1 }, (_, i) => `${this.#form(i - 1)} ${this.#form(i)}`)
    this.#marks = lexicon.marks(forms)
    this.#topics = forms.map((_, i) =>
      this.#marks.map((mark, topic) => (mark[i] === 0 ? '' : `${KINDS[topic]}${mark[i]}`)).join(''),
    )
    this.#profiles = forms.map((form) => lexicon.profile(form))
    this.#signs = forms.map((form) => (form === NUMBER ? 'n' : (SIGNS.get(form) ?? '')))
    this.#triggers = triggersOf(forms)
    this.#depths = depthsOf(forms)
    this.#repeats = forms.map((_, i) => repeatAt(forms, i))
  }

  /** All features of a word but those of its letters, which `letterFeatures` gives. */
  at(i: number, give: Give): void {
    const word = this.#forms[i]!
    this.#neighbours(i, give)
    this.#lists(i, give)
    this.#bounds(i, give)
    give('par', `${Math.min(this.#depths[i]!, 2)}${word === '(' || word === ')' ? word : ''}`)
    if (this.#repeats[i] !== '') give('rep', this.#repeats[i]!)
    const next = this.#repeats[i + 1] ?? ''
    if (next !== '') give('rep+', next)
    give('t', this.#triggers[i]!)
    give('tw', `${this.#triggers[i]},${word}`)
    give('f', this.#forms[0]!)
    if (i === 0) give('first', '')
    if (i === this.#forms.length - 1) give('last', '')
    give('n', String(Math.min(this.#forms.length, 6)))
  }

  /** What a network is told of a word beside its form, as SIDES numbers from 0 to 1. */
  sides(i: number, into: Float32Array, at: number): void {
    let next = at
    const put = (value: number) => {
      into[next++] = value
    }
    for (const mark of this.#marks) {
      put(mark[i]! & 1)
      put(mark[i]! >> 1)
    }
    for (let k = 0; k < 3; k++) put(this.#profiles[i] === '-' ? 0 : Number(this.#profiles[i]![k]) / 3)
    for (const one of ['', 'a', 't', 'd', 'c', 'b']) put(this.#triggers[i] === one ? 1 : 0)
    for (const one of ['', 'n', '+', '-', 'j']) put(this.#signs[i] === one ? 1 : 0)
    for (const depth of [1, 2]) put(Math.min(this.#depths[i]!, 2) === depth ? 1 : 0)
    for (const one of [i, i + 1]) put((this.#repeats[one] ?? '') === '' ? 0 : 1)
    put(i === 0 ? 1 : 0)
    put(i === this.#forms.length - 1 ? 1 : 0)
    for (const sign of ['+', '-']) put(this.#leftSign(i) === sign ? 1 : 0)
  }

  #neighbours(i: number, give: Give): void {
    const [before, after] = [this.#form(i - 1), this.#form(i + 1)]
    give('-1', before)
    give('+1', after)
    give('-2', this.#form(i - 2))
    give('+2', this.#form(i + 2))
    give('3-', this.#form(i - 3))
    give('3+', this.#form(i + 3))
    give('-10', this.#pair(i))
    give('01', this.#pair(i + 1))
    give('-21', this.#pair(i - 1))
    give('12', this.#pair(i + 2))
    give('-11', `${before} ${after}`)
    if (before !== NUMBER) give('-s', before.slice(-3))
    if (after !== NUMBER) give('+s', after.slice(-3))
    if (after.length > 1 && after.startsWith('-')) give('hy+', '')
  }

  #form(i: number): string {
    return i < 0 ? START : (this.#forms[i] ?? END)
  }

  /** A word with the one before it; made once, as four words look it up. */
  #pair(i: number): string {
    return this.#pairs[i] ?? OUTSIDE_PAIR
  }

  /** What the lexicon says of the word and its neighbours. */
  #lists(i: number, give: Give): void {
    for (const [topic, mark] of this.#marks.entries()) {
      const [before, here, after] = [mark[i - 1] ?? 0, mark[i]!, mark[i + 1] ?? 0]
      if (before + here + after > 0) give(NAME_TOPICS[topic]!, `${before}${here}${after}`)
    }
    const around = (list: readonly string[], [here, left, right]: readonly [string, string, string]) => {
      give(here, list[i]!)
      give(left, `${list[i - 1] ?? OUTSIDE}|${list[i]}`)
      give(right, `${list[i]}|${list[i + 1] ?? OUTSIDE}`)
    }
    around(this.#profiles, PROFILE)
    around(this.#topics, TOPIC)
  }

  #bounds(i: number, give: Give): void {
    const sign = (at: number) => this.#signs[at] ?? OUTSIDE
    give('g', `${sign(i - 2)},${sign(i - 1)},${sign(i)},${sign(i + 1)},${sign(i + 2)}`)
    give('g1', `${sign(i - 1)},${sign(i)},${sign(i + 1)}`)
    const word = this.#forms[i]!
    if (sign(i) === '' && word.length >= 5) return
    const left = this.#leftSign(i)
    give('gl', `${left},${sign(i)}`)
    give('gw', `${left},${word}`)
  }

  /** The way of the last bound among the eight words before. */
  #leftSign(i: number): string {
    for (let j = i - 1; j >= 0 && j >= i - 8; j--)
      if (this.#signs[j] === '+' || this.#signs[j] === '-') return this.#signs[j]!
    return ''
  }
}

/** Numbers that `sides` gives. */
export const SIDES = 2 * NAME_TOPICS.length + 22

const PROFILE = ['pr', 'pr-', 'pr+'] as const
const TOPIC = ['tp', 'tp-', 'tp+'] as const

/** The features of a word by itself: what it is, its beginnings, ends, parts between hyphens, and its look. */
export function letterFeatures(word: string, give: Give): void {
  give('b', '')
  give('w', word)
  give('len', String(Math.min(word.length, 8)))
  if (word === NUMBER) return
  for (let n = 2; n <= 5 && n < word.length; n++) {
    give('s', word.slice(-n))
    give('p', word.slice(0, n))
  }
  if (word.includes('-')) for (const part of word.split('-', 8)) give('h', part)
  give(
    'sh',
    word
      .replace(/[a-z]+/g, 'a')
      .replace(/\d+/g, '9')
      .slice(0, 6),
  )
  give('st', word.length > 4 ? word.replace(/(?:ies|es|s|ed|ing|ly)$/, '') : word)
  if (word.length > 1 && word.startsWith('-')) give('hy', '')
}

/** A letter for each topic. */
const KINDS = 'CDTcdtvu'

/** For each word the kind of the last trigger before it in its sentence. */
function triggersOf(forms: readonly string[]): readonly string[] {
  let last = ''
  return forms.map((form) => {
    const before = last
    last = form === '.' || form === ';' ? '' : (TRIGGERS.get(form) ?? last)
    return before
  })
}

/** How many brackets are open at each word, itself included. */
function depthsOf(forms: readonly string[]): readonly number[] {
  let depth = 0
  return forms.map((form) => {
    if (form === '(' || form === '[') return ++depth
    const here = depth
    if ((form === ')' || form === ']') && depth > 0) depth--
    return here
  })
}

/**
 * Whether the words from here on repeat the words just before. In lines cut by annotators a repeat is the seam between two
 * names that overlapped ("acute leukemia leukemia"): w whole words, s the end of a word.
 */
function repeatAt(forms: readonly string[], i: number): string {
  for (let k = Math.min(i, forms.length - i, LONGEST_REPEAT); k >= 1; k--) {
    let same = true
    for (let j = 1; j < k && same; j++) same = forms[i - k + j] === forms[i + j]
    if (!same) continue
    const [before, here] = [forms[i - k]!, forms[i]!]
    if (before === here && (k > 1 || /^[a-z@]/.test(here)))
      return `w${here === NUMBER ? 'n' : ''}${Math.min(k, 3)}`
    if (here.length > 1 && before.length > here.length && before.endsWith(here) && /[a-z]/.test(here))
      return `s${Math.min(k, 2)}${here.length > 3 ? 'l' : ''}`
  }
  return ''
}
const LONGEST_REPEAT = 8
