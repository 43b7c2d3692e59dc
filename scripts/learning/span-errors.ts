// What became of the entities that annotators wrote down.
import type { AnnotatedSpan } from './span-readings.ts'

const FATES = {
  right: 'found, both ends and the kind',
  kind: 'both ends, another kind',
  start: 'the kind and the last character, another first one',
  end: 'the kind and the first character, another last one',
  touched: 'overlapped in another way',
  missed: 'nothing found there',
} as const
type Fate = keyof typeof FATES

export class SpanErrors {
  readonly #counts = new Map<Fate, number>()
  #wanted = 0
  #found = 0
  #spurious = 0

  add(found: readonly AnnotatedSpan[], wanted: readonly AnnotatedSpan[]): void {
    this.#wanted += wanted.length
    this.#found += found.length
    for (const one of wanted) {
      const fate = fateOf(one, found)
      this.#counts.set(fate, (this.#counts.get(fate) ?? 0) + 1)
    }
    for (const one of found) if (fateOf(one, wanted) === 'missed') this.#spurious++
  }

  /** Rows of a table: what became of them, how many, and their share. */
  rows(): readonly string[] {
    const row = (words: string, count: number, of: number) =>
      `| ${words} | ${count} | ${(count / Math.max(1, of)).toFixed(3)} |`
    return [
      ...Object.entries(FATES).map(([fate, words]) =>
        row(words, this.#counts.get(fate as Fate) ?? 0, this.#wanted),
      ),
      row('found where annotators have nothing (share of what is found)', this.#spurious, this.#found),
    ]
  }
}

function fateOf(one: AnnotatedSpan, others: readonly AnnotatedSpan[]): Fate {
  const touching = others.filter((other) => other.start < one.end && one.start < other.end)
  if (touching.length === 0) return 'missed'
  const same = touching.find(({ start, end }) => start === one.start && end === one.end)
  if (same !== undefined) return same.kind === one.kind ? 'right' : 'kind'
  const alike = touching.filter(({ kind }) => kind === one.kind)
  if (alike.some(({ end }) => end === one.end)) return 'start'
  return alike.some(({ start }) => start === one.start) ? 'end' : 'touched'
}
