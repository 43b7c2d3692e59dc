import type { TermName, Vocabulary } from '../../knowledge/hpo/vocabulary.ts'

/** Longest text looked up, characters; HPO's longest name has about 160. */
export const LONGEST_WORDS = 200

/** Lower case, without accents, hyphens and punctuation; words apart by one space. Other scripts stay as they are. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** British spelling as American: "hypocalcaemia", "oedema", "tumour". Only to compare whole texts with. */
export function american(text: string): string {
  return text
    .replace(/(?<!hyp)[ao]e(?=\p{L})/gu, 'e')
    .replace(/(?<=\p{L}{2})our(?=s?( |$))/gu, 'or')
    .replaceAll('leuco', 'leuko')
}

/** Words without order, number and joining words: "deformities of the foot" and "foot deformity" are one. */
function bagOf(text: string): string {
  const words = text.split(' ').filter((word) => !JOINING.has(word))
  return [...new Set(words.map(singular))].sort().join(' ')
}

const JOINING: ReadonlySet<string> = new Set(['of', 'the', 'a', 'an', 'in', 'with', 'and', 'to', 'on'])

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1)
  return word
}

/** Words in alphabetical order, and the names that hold each. */
interface WordTable {
  readonly sorted: readonly string[]
  readonly holders: ReadonlyMap<string, readonly number[]>
}

/** The names of one language, by folded text, by bag of words, by word and by three letters in a row. */
export class WordIndex {
  readonly names: readonly TermName[]
  readonly #byText = new Map<string, number[]>()
  readonly #byBag = new Map<string, number[]>()
  readonly #texts: readonly string[]
  #words: WordTable | undefined
  #trigrams: ReadonlyMap<string, readonly number[]> | undefined

  constructor(vocabulary: Vocabulary) {
    this.names = vocabulary.names
    this.#texts = this.names.map((one) => folded(one.text))
    for (const [number, text] of this.#texts.entries()) {
      const plain = american(text)
      add(this.#byText, plain, number)
      add(this.#byBag, bagOf(plain), number)
    }
  }

  foldedText(name: number): string {
    return this.#texts[name]!
  }

  withText(text: string): readonly number[] {
    return this.#byText.get(american(text)) ?? []
  }

  withBag(text: string): readonly number[] {
    return this.#byBag.get(bagOf(american(text))) ?? []
  }

  /** Whether any name has the word. */
  hasWord(word: string): boolean {
    return this.#wordTable().holders.has(word)
  }

  /** Names that have every word, the last one as the beginning of a word; at most `most`, in the order of the names. */
  beginning(text: string, most: number): readonly number[] {
    const words = text.split(' ')
    const last = words.pop()!
    const { sorted, holders } = this.#wordTable()
    let found: ReadonlySet<number> | undefined
    for (const word of words) {
      const before: ReadonlySet<number> | undefined = found
      const own = holders.get(word) ?? []
      found = new Set(before === undefined ? own : own.filter((one) => before.has(one)))
      if (found.size === 0) return []
    }
    const ends: number[] = []
    for (let i = firstFrom(sorted, last); i < sorted.length && sorted[i]!.startsWith(last); i++) {
      for (const name of holders.get(sorted[i]!)!) if (found === undefined || found.has(name)) ends.push(name)
    }
    const wanted = [...new Set(ends)]
    return wanted.sort((a, b) => this.#near(a, text) - this.#near(b, text) || a - b).slice(0, most)
  }

  /** Names that share letters with the text, most alike first. */
  alike(text: string, most: number): readonly number[] {
    const trigrams = this.#trigramTable()
    const shared = new Map<number, number>()
    const own = trigramsOf(text)
    for (const one of own)
      for (const name of trigrams.get(one) ?? []) shared.set(name, (shared.get(name) ?? 0) + 1)
    const scored: { readonly name: number; readonly likeness: number }[] = []
    for (const [name, count] of shared) {
      const likeness = (2 * count) / (own.size + this.#texts[name]!.length)
      if (likeness > 0.45) scored.push({ name, likeness })
    }
    return scored
      .sort((a, b) => b.likeness - a.likeness || a.name - b.name)
      .slice(0, most)
      .map(({ name }) => name)
  }

  /** Names that begin with the text go first, then shorter ones. */
  #near(name: number, text: string): number {
    const own = this.#texts[name]!
    return (own.startsWith(text) ? 0 : 1000) + own.length
  }

  #wordTable(): WordTable {
    if (this.#words === undefined) {
      const holders = new Map<string, number[]>()
      for (const [number, text] of this.#texts.entries())
        for (const word of new Set(text.split(' '))) add(holders, word, number)
      this.#words = { sorted: [...holders.keys()].sort(), holders }
    }
    return this.#words
  }

  #trigramTable(): ReadonlyMap<string, readonly number[]> {
    if (this.#trigrams === undefined) {
      const made = new Map<string, number[]>()
      for (const [number, text] of this.#texts.entries())
        for (const one of trigramsOf(text)) add(made, one, number)
      this.#trigrams = made
    }
    return this.#trigrams
  }
}

function trigramsOf(text: string): Set<string> {
  const padded = ` ${text} `
  const made = new Set<string>()
  for (let i = 0; i + 3 <= padded.length; i++) made.add(padded.slice(i, i + 3))
  return made
}

function add(to: Map<string, number[]>, key: string, value: number): void {
  const list = to.get(key)
  if (list === undefined) to.set(key, [value])
  else list.push(value)
}

function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < text) low = middle + 1
    else high = middle
  }
  return low
}

/** Letters to add, drop, change or swap with a neighbour until one text is the other; `most` + 1 when it is more. */
export function lettersApart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      let own = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        own = Math.min(own, before[j - 2]! + 1)
      row.push(own)
      if (own < least) least = own
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length]!, most + 1)
}
