// What learning to find entities in eligibility lines needs: the annotated lines, folds, and the count of what was found.
import { LineFeatures, letterFeatures } from '../../src/decide/enrol/entities/features.ts'
import type { Lexicon } from '../../src/decide/enrol/entities/lexicon.ts'
import { mayFollow } from '../../src/decide/enrol/entities/spans.ts'
import { wordsOf } from '../../src/decide/enrol/entities/words.ts'
import type { TaggerModel } from '../../src/knowledge/trials/eligibility-tagger.ts'
import type { WordVectors } from '../../src/knowledge/trials/word-vectors.ts'
import { learnNetworks } from './entity-network.ts'
import { learnCrf, random, type Sequence } from './linear-chain-crf.ts'

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
export const SETTINGS = { l2: 1.5, epochs: 18, rate: 0.05, seed: 1, threshold: 0.35 }
/** Weights smaller than this are left out, in hundredths. */
const SMALLEST = 4

/** A line as the learner sees it: words, and a label for each as the model numbers them. */
interface Example {
  readonly forms: readonly string[]
  readonly labels: readonly number[]
}

function exampleOf({ text, spans }: AnnotatedLine, kinds: readonly string[]): Example {
  const words = wordsOf(text)
  const labels = words.map(() => 0)
  for (const span of spans) {
    const [start, end, kind] = span.split(':')
    let label = 1 + 2 * kinds.indexOf(kind!)
    for (const [i, word] of words.entries()) {
      if (word.start < Number(start) - 1 || word.end > Number(end) - 1) continue
      labels[i] = label
      label = 2 + 2 * kinds.indexOf(kind!)
    }
  }
  return { forms: words.map(({ form }) => form), labels }
}

/** Kinds whose names may stand for one another in a sentence. */
const EXCHANGED: ReadonlySet<string> = new Set(['cancer', 'chronic_disease', 'treatment', 'allergy_name'])

/**
 * Each line once more with about half of its names exchanged for others of the same kind, so that the words around a name
 * are learned and not the name alone (mention replacement: Dai and Adel 2020, arXiv:2010.11683).
 */
function exchanged(examples: readonly Example[], kinds: readonly string[]): readonly Example[] {
  const next = random(SETTINGS.seed + 6)
  const pool = new Map<number, (readonly string[])[]>()
  const namesOf = ({ labels }: Example) =>
    labels.flatMap((label, first) => {
      if (label % 2 === 0 || !EXCHANGED.has(kinds[(label - 1) / 2]!)) return []
      let end = first + 1
      while (labels[end] === label + 1) end++
      return [{ first, end, label }]
    })
  for (const one of examples)
    for (const { first, end, label } of namesOf(one))
      pool.set(label, [...(pool.get(label) ?? []), one.forms.slice(first, end)])
  return examples.flatMap((one) => {
    const forms: string[] = []
    const labels: number[] = []
    let at = 0
    let changed = false
    for (const { first, end, label } of namesOf(one)) {
      forms.push(...one.forms.slice(at, first))
      labels.push(...one.labels.slice(at, first))
      const names = pool.get(label)!
      const other = next() < 0.5 ? names[Math.floor(next() * names.length)]! : undefined
      const name = other ?? one.forms.slice(first, end)
      changed ||= other !== undefined
      forms.push(...name)
      labels.push(...name.map((_, i) => (i === 0 ? label : label + 1)))
      at = end
    }
    forms.push(...one.forms.slice(at))
    labels.push(...one.labels.slice(at))
    return changed ? [{ forms, labels }] : []
  })
}

/** Learns a model in the form of the pack. */
export async function learnTagger(
  lines: readonly AnnotatedLine[],
  lexicon: Lexicon,
  vectors: WordVectors,
): Promise<Omit<TaggerModel, 'ref'>> {
  const kinds = [...new Set(lines.flatMap(({ spans }) => spans.map((one) => one.split(':')[2]!)))].sort()
  const labels = 1 + 2 * kinds.length
  const numbers = new Map<string, number>()
  const sequenceOf = (example: Example, more: boolean): Sequence => {
    const features = new LineFeatures(example.forms, lexicon)
    return {
      labels: Int32Array.from(example.labels),
      features: example.forms.map((form, i) => {
        const list: number[] = []
        const give = (kind: string, value: string) => {
          const feature = `${kind}=${value}`
          let number = numbers.get(feature)
          if (number === undefined) {
            if (!more) return
            number = numbers.size
            numbers.set(feature, number)
          }
          list.push(number)
        }
        letterFeatures(form, give)
        features.at(i, give)
        return Int32Array.from(list)
      }),
    }
  }
  const examples = lines.map((one) => exampleOf(one, kinds))
  const networks = learnNetworks(examples, labels, lexicon, vectors)
  const sequences = examples.map((one) => sequenceOf(one, true))
  // Lines that nobody wrote teach weights, and no new features.
  sequences.push(...exchanged(examples, kinds).map((one) => sequenceOf(one, false)))
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
  return { kinds, weights, transitions, threshold, ...(await networks) }
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
