import { NAME_TOPICS, type NameTopic } from '../../../knowledge/trials/eligibility-names.ts'
import { wordsOf } from './words.ts'

/** Topics of catalogues come first. */
const CATALOGUES = 3

/** Longer names are not looked for, in words. */
const LONGEST = 8

/** Names of things, found in a line wherever a name stands whole. */
export class Lexicon {
  /** A bit per topic, by the words of a name joined by a space. */
  readonly #names = new Map<string, number>()
  /** The most words a name has that begins with this word. */
  readonly #heads = new Map<string, number>()
  /** How many catalogued names of each kind hold a word. */
  readonly #counts = new Map<string, number[]>()

  constructor(names: Iterable<readonly [name: string, topic: NameTopic]>) {
    for (const [name, topic] of names) {
      const forms = wordsOf(name).map(({ form }) => form)
      if (forms.length === 0 || forms.length > LONGEST) continue
      const key = forms.join(' ')
      const number = NAME_TOPICS.indexOf(topic)
      this.#names.set(key, (this.#names.get(key) ?? 0) | (1 << number))
      this.#heads.set(forms[0]!, Math.max(this.#heads.get(forms[0]!) ?? 0, forms.length))
      if (number < CATALOGUES) for (const form of new Set(forms)) this.#count(form, number)
    }
  }

  #count(form: string, topic: number): void {
    const counts = this.#counts.get(form) ?? new Array<number>(CATALOGUES).fill(0)
    counts[topic] = counts[topic]! + 1
    this.#counts.set(form, counts)
  }

  /** How often a word stands in names of tumours, diseases and drugs: a digit for each, 0 never to 3 often. */
  profile(form: string): string {
    const counts = this.#counts.get(form)
    return counts === undefined
      ? '-'
      : counts.map((one) => (one === 0 ? 0 : one < 3 ? 1 : one < 20 ? 2 : 3)).join('')
  }

  /** For each topic and word: 1 where a name begins, 2 where one goes on, 3 both, 0 else. The longest name wins. */
  marks(forms: readonly string[]): readonly Uint8Array[] {
    const marks = NAME_TOPICS.map(() => new Uint8Array(forms.length))
    const until = NAME_TOPICS.map(() => 0)
    for (let i = 0; i < forms.length; i++) {
      const most = Math.min(this.#heads.get(forms[i]!) ?? 0, forms.length - i)
      for (let length = most; length > 0; length--) {
        const topics = this.#names.get(length === 1 ? forms[i]! : forms.slice(i, i + length).join(' ')) ?? 0
        if (topics === 0) continue
        for (const [topic, mark] of marks.entries()) {
          if ((topics & (1 << topic)) === 0 || until[topic]! > i) continue
          mark[i] = mark[i]! | 1
          for (let j = i + 1; j < i + length; j++) mark[j] = mark[j]! | 2
          until[topic] = i + length
        }
      }
    }
    return marks
  }
}
