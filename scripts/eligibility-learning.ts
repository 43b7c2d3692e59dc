// What learning to find entities in eligibility lines needs: the annotated lines, folds, and the count of what was found.
import { LineFeatures, letterFeatures } from '../src/decide/enrol/entities/features.ts'
import type { Lexicon } from '../src/decide/enrol/entities/lexicon.ts'
import { mayFollow } from '../src/decide/enrol/entities/spans.ts'
import { wordsOf } from '../src/decide/enrol/entities/words.ts'
import type { TaggerModel } from '../src/knowledge/eligibility-tagger.ts'
import { learnCrf, type Sequence } from './linear-chain-crf.ts'

/** One annotated line. */
export interface AnnotatedLine {
  readonly text: string
  /** "start:end:kind", 1-based, end exclusive, as the annotated file writes them. */
  readonly spans: readonly string[]
}

/** Reads lines "start:end:kind,… TAB text". */
export function annotatedLines(text: string): readonly AnnotatedLine[] {
  return text.split('\n').flatMap((line) => {
    const [spans, words] = line.split('\t')
    return words === undefined || words === ''
      ? []
      : [{ text: words, spans: spans === '' ? [] : spans!.split(',') }]
  })
}

/** Strength of the penalty, passes and first step; chosen by cross-validation over the shared lines. */
export const SETTINGS = { l2: 1.5, epochs: 18, rate: 0.05, seed: 1, threshold: 0.27 }
/** Weights smaller than this are left out, in hundredths. */
const SMALLEST = 4

/** Learns a model in the form of the pack. */
export function learnTagger(lines: readonly AnnotatedLine[], lexicon: Lexicon): Omit<TaggerModel, 'ref'> {
  const kinds = [...new Set(lines.flatMap(({ spans }) => spans.map((one) => one.split(':')[2]!)))].sort()
  const labels = 1 + 2 * kinds.length
  const numbers = new Map<string, number>()
  const sequences = lines.map(({ text, spans }): Sequence => {
    const words = wordsOf(text)
    const found = new Int32Array(words.length)
    for (const span of spans) {
      const [start, end, kind] = span.split(':')
      let label = 1 + 2 * kinds.indexOf(kind!)
      for (const [i, word] of words.entries()) {
        if (word.start < Number(start) - 1 || word.end > Number(end) - 1) continue
        found[i] = label
        label = 2 + 2 * kinds.indexOf(kind!)
      }
    }
    const features = new LineFeatures(
      words.map(({ form }) => form),
      lexicon,
    )
    return {
      labels: found,
      features: words.map((_, i) => {
        const list: number[] = []
        const give = (kind: string, value: string) => {
          const feature = `${kind}=${value}`
          let number = numbers.get(feature)
          if (number === undefined) {
            number = numbers.size
            numbers.set(feature, number)
          }
          list.push(number)
        }
        letterFeatures(words[i]!.form, give)
        features.at(i, give)
        return Int32Array.from(list)
      }),
    }
  })
  const { l2, epochs, rate, seed, threshold } = SETTINGS
  const crf = learnCrf(sequences, {
    labels,
    features: numbers.size,
    l2,
    epochs,
    rate,
    seed,
    allowed: mayFollow,
  })
  const weights = new Map<string, Map<string, Int16Array>>()
  for (const [feature, number] of numbers) {
    const list: number[] = []
    for (let y = 0; y < labels; y++) {
      const weight = Math.round(100 * crf.emission[number * labels + y]!)
      if (Math.abs(weight) >= SMALLEST) list.push(y, weight)
    }
    if (list.length === 0) continue
    const equals = feature.indexOf('=', 1)
    const kind = feature.slice(0, equals)
    const values = weights.get(kind) ?? new Map<string, Int16Array>()
    weights.set(kind, values.set(feature.slice(equals + 1), Int16Array.from(list)))
  }
  const transitions = Float64Array.from(crf.transition, (one) => Math.round(100 * one) / 100)
  return { kinds, weights, transitions, threshold }
}

/** Found rightly, found wrongly, not found. */
export interface Tally {
  right: number
  wrong: number
  missed: number
}

export function scoreOf({ right, wrong, missed }: Tally): { precision: number; recall: number; f1: number } {
  return {
    precision: right / Math.max(1, right + wrong),
    recall: right / Math.max(1, right + missed),
    f1: (2 * right) / Math.max(1, 2 * right + wrong + missed),
  }
}

/** The same text is always in the same fold (FNV-1a). */
export function foldOf(text: string, folds: number): number {
  let hash = 2166136261
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 16777619)
  }
  return (hash >>> 0) % folds
}
