import type { Facts } from '../../../knowledge/facts.ts'
import { eligibilityNames } from '../../../knowledge/trials/eligibility-names.ts'
import { type TaggerModel, taggerModel } from '../../../knowledge/trials/eligibility-tagger.ts'
import { type WordVectors, wordVectors } from '../../../knowledge/trials/word-vectors.ts'
import { LineFeatures, letterFeatures, SIDES } from './features.ts'
import { Lexicon } from './lexicon.ts'
import { Network } from './network.ts'
import { bestSpans, meanSpans, type Span, spanProbabilities, stepsOf } from './spans.ts'
import { firstMentions, wholeNames } from './whole-names.ts'
import { type Word, wordsOf } from './words.ts'

/** A name or bound found in a line. */
export interface Entity {
  /** Characters of the line, from 0: [start, end). */
  readonly start: number
  readonly end: number
  /** cancer, treatment, chronic_disease, lower_bound, upper_bound, clinical_variable, age, gender, pregnancy … */
  readonly kind: string
  /** How sure the model is that this and nothing longer, shorter or of another kind stands here; 0..1. */
  readonly probability: number
}

/** Longer lines are tagged in pieces of at most so many words. */
const MOST_WORDS = 400
/** Longer words are cut for looking at them, in characters. */
const LONGEST_WORD = 60
/** Words whose scores are kept for the next line. */
const MOST_KEPT = 20_000

/** Finds cancers, diseases, treatments, variables and bounds in lines of eligibility text. */
export class Tagger {
  readonly model: TaggerModel
  readonly #lexicon: Lexicon
  readonly #labels: number
  readonly #steps: Float64Array
  readonly #letters = new Map<string, Float64Array>()
  readonly #networks: readonly { readonly network: Network; readonly steps: Float64Array }[]

  constructor(model: TaggerModel, lexicon: Lexicon, vectors: WordVectors) {
    this.model = model
    this.#lexicon = lexicon
    this.#labels = 1 + 2 * model.kinds.length
    this.#steps = stepsOf(model.transitions, this.#labels)
    const rows = new Map(model.words.map((word, row) => [word, row]))
    this.#networks = model.networks.map((parts) => {
      const network = new Network(parts, rows, vectors)
      return { network, steps: stepsOf(network.transitions, this.#labels) }
    })
  }

  /**
   * The entities of one line, in order; none overlaps another. A name that stands in the line again is told once, where it
   * first stands, as annotators do, or at each place.
   */
  entities(line: string, names: 'once' | 'each' = 'once'): readonly Entity[] {
    const words = wordsOf(line)
    const found: Entity[] = []
    for (let from = 0; from < words.length; ) {
      const to = pieceEnd(words, from)
      const piece = words.slice(from, to)
      for (const { first, last, kind, probability } of this.#spans(piece, names)) {
        found.push({
          start: piece[first]!.start,
          end: piece[last]!.end,
          kind: this.model.kinds[kind]!,
          probability,
        })
      }
      from = to
    }
    return found
  }

  #spans(words: readonly Word[], names: 'once' | 'each'): readonly Span[] {
    const labels = this.#labels
    const forms = words.map(({ form }) => (form.length > LONGEST_WORD ? form.slice(0, LONGEST_WORD) : form))
    const features = new LineFeatures(forms, this.#lexicon)
    const scores = new Float64Array(words.length * labels)
    let at = 0
    const add = (kind: string, value: string) => this.#add(scores, at, kind, value)
    for (const [i, form] of forms.entries()) {
      at = i * labels
      scores.set(this.#lettersOf(form), at)
      features.at(i, add)
    }
    const field = spanProbabilities(scores, this.#steps, labels)
    const whole = wholeNames(this.#withNetworks(field, forms, features), forms)
    const spans = names === 'once' ? firstMentions(whole, forms) : whole
    return bestSpans(spans, words.length, this.model.threshold)
  }

  /** The mean of the field, which has half a say, and the networks, which share the other half. */
  #withNetworks(field: readonly Span[], forms: readonly string[], features: LineFeatures): readonly Span[] {
    const networks = this.#networks
    if (networks.length === 0) return field
    const sides = new Float32Array(forms.length * SIDES)
    for (let i = 0; i < forms.length; i++) features.sides(i, sides, i * SIDES)
    const others = networks.map(({ network, steps }) => {
      const spans = spanProbabilities(network.scores(forms, sides), steps, this.#labels)
      return [0.5 / networks.length, spans] as const
    })
    return meanSpans([[0.5, field], ...others], forms.length)
  }

  #add(scores: Float64Array, at: number, kind: string, value: string): void {
    const found = this.model.weights.get(kind)?.get(value)
    if (found === undefined) return
    for (let k = 0; k < found.length; k += 2) {
      const label = at + found[k]!
      scores[label] = scores[label]! + found[k + 1]! / 100
    }
  }

  /** The scores of a word by itself; those of words seen before are kept. */
  #lettersOf(form: string): Float64Array {
    const kept = this.#letters.get(form)
    if (kept !== undefined) return kept
    const scores = new Float64Array(this.#labels)
    letterFeatures(form, (kind, value) => this.#add(scores, 0, kind, value))
    if (this.#letters.size >= MOST_KEPT) this.#letters.clear()
    this.#letters.set(form, scores)
    return scores
  }
}

/** Where a piece that begins here ends: with the line, or behind a full stop or semicolon, or when it is full. */
function pieceEnd(words: readonly Word[], from: number): number {
  if (words.length - from <= MOST_WORDS) return words.length
  for (let to = from + MOST_WORDS; to > from + MOST_WORDS / 2; to--) {
    const { form } = words[to - 1]!
    if (form === '.' || form === ';') return to
  }
  return from + MOST_WORDS
}

/** The tagger of the packs in force. */
export function eligibilityTagger(facts: Facts): Tagger {
  return facts.derived('eligibility-tagger/ready', () => {
    return new Tagger(taggerModel(facts), new Lexicon(eligibilityNames(facts)), wordVectors(facts))
  })
}
