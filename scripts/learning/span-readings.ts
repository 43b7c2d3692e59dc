// Ways to count the entities that were found in a line against those that annotators wrote down.
import { wordsOf } from '../../src/decide/enrol/entities/words.ts'
import { scoreOf } from './eligibility-learning.ts'

/** Characters of a line, from 0: [start, end). */
export interface AnnotatedSpan {
  readonly start: number
  readonly end: number
  readonly kind: string
}

/** Reads "start:end:kind", 1-based with the end exclusive. */
export function spanOf(written: string): AnnotatedSpan {
  const [start, end, kind] = written.split(':')
  return { start: Number(start) - 1, end: Number(end) - 1, kind: kind! }
}

export const READINGS = {
  exact: 'both ends and the kind are the same',
  joined: 'the same, where neighbours of one kind are one span on both sides',
  ends: 'both ends are the same, whatever the kind',
  last: 'the last character and the kind are the same',
  half: 'the kind is the same, and the common part is half of both together or more',
  touching: 'the kind is the same, and they overlap',
  words: 'each word by itself: its kind is the same',
  present: 'each kind once a line: it stands in the line at all',
} as const
export type Reading = keyof typeof READINGS
export const ALL = 'all kinds'

type Match = (one: AnnotatedSpan, other: AnnotatedSpan) => boolean
const common = (a: AnnotatedSpan, b: AnnotatedSpan) =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
const alike: Match = (a, b) => a.kind === b.kind
const exact: Match = (a, b) => alike(a, b) && a.start === b.start && a.end === b.end
const MATCHES: Readonly<Record<Reading, Match>> = {
  exact,
  joined: exact,
  ends: (a, b) => a.start === b.start && a.end === b.end,
  last: (a, b) => alike(a, b) && a.end === b.end,
  half: (a, b) => alike(a, b) && 2 * common(a, b) >= Math.max(a.end, b.end) - Math.min(a.start, b.start),
  touching: (a, b) => alike(a, b) && common(a, b) > 0,
  words: exact,
  present: alike,
}

interface Count {
  found: number
  wanted: number
  /** Of those found, how many are wanted; of those wanted, how many are found. */
  right: number
  reached: number
}

/** Counts lines in all the ways at once. */
export class Readings {
  readonly #counts = new Map<string, Count>()

  add(line: string, found: readonly AnnotatedSpan[], wanted: readonly AnnotatedSpan[]): void {
    for (const way of Object.keys(READINGS) as Reading[]) {
      const [here, there] = [seen(way, line, found), seen(way, line, wanted)]
      for (const one of here)
        this.#count(way, one.kind, (count) => {
          count.found++
          if (there.some((other) => MATCHES[way](one, other))) count.right++
        })
      for (const one of there)
        this.#count(way, one.kind, (count) => {
          count.wanted++
          if (here.some((other) => MATCHES[way](other, one))) count.reached++
        })
    }
  }

  #count(way: Reading, kind: string, add: (count: Count) => void): void {
    for (const key of [`${way} ${kind}`, `${way} ${ALL}`]) {
      const count = this.#counts.get(key) ?? { found: 0, wanted: 0, right: 0, reached: 0 }
      add(count)
      this.#counts.set(key, count)
    }
  }

  /** Kinds, the commonest first; all of them together before that. */
  kinds(): readonly string[] {
    const begin = 'exact '
    return [...this.#counts]
      .filter(([key]) => key.startsWith(begin))
      .sort(([, a], [, b]) => b.wanted - a.wanted)
      .map(([key]) => key.slice(begin.length))
  }

  rates(way: Reading, kind: string): { wanted: number; precision: number; recall: number } {
    const { found, wanted, right, reached } = this.#counts.get(`${way} ${kind}`)!
    return { wanted, precision: right / Math.max(1, found), recall: reached / Math.max(1, wanted) }
  }

  f1(way: Reading, kind: string): number {
    const { found, wanted, right, reached } = this.#counts.get(`${way} ${kind}`)!
    if (right === reached) return scoreOf({ right, wrong: found - right, missed: wanted - reached }).f1
    const [precision, recall] = [right / Math.max(1, found), reached / Math.max(1, wanted)]
    return (2 * precision * recall) / Math.max(1e-9, precision + recall)
  }
}

/** The spans as a way of counting sees them. */
function seen(way: Reading, line: string, spans: readonly AnnotatedSpan[]): readonly AnnotatedSpan[] {
  if (way === 'words')
    return wordsOf(line).flatMap(({ start, end }) =>
      spans.filter((one) => one.start <= start && end <= one.end).map(({ kind }) => ({ start, end, kind })),
    )
  if (way === 'present')
    return [...new Set(spans.map(({ kind }) => kind))].map((kind) => ({ start: 0, end: 0, kind }))
  if (way !== 'joined') return spans
  const joined: AnnotatedSpan[] = []
  for (const one of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last?.kind === one.kind && line.slice(last.end, one.start).trim() === '')
      joined[joined.length - 1] = { ...last, end: one.end }
    else joined.push(one)
  }
  return joined
}
