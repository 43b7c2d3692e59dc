import type { PackRef } from '../terms/evidence.ts'
import { Fault } from '../terms/fault.ts'
import type { Facts } from './facts.ts'
import { readTable } from './table.ts'

export const TAGGER_PACK = 'eligibility-tagger'

/** A linear-chain conditional random field over the words of a line. */
export interface TaggerModel {
  readonly ref: PackRef
  /** Kinds of entity. Label 0 is none; 1 + 2k begins an entity of kind k, 2 + 2k goes on with it. */
  readonly kinds: readonly string[]
  /** By kind and value of a feature: label, weight in hundredths, label, weight … */
  readonly weights: FeatureWeights
  /** [before * labels + after] */
  readonly transitions: Float64Array
  /** An entity is told whose probability is at least about this. */
  readonly threshold: number
}

export type FeatureWeights = ReadonlyMap<string, ReadonlyMap<string, Int16Array>>

/** Throws TAGGER_MALFORMED when a number is not one. */
export function taggerModel(facts: Facts): TaggerModel {
  return facts.derived(TAGGER_PACK, () => {
    const pack = facts.pack(TAGGER_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const kinds = rows('kinds.tsv', ['kind']).map(({ kind }) => kind)
    const labels = 1 + 2 * kinds.length
    const number = (text: string, where: string): number => {
      const value = Number(text)
      if (text !== '' && Number.isFinite(value)) return value
      throw new Fault('TAGGER_MALFORMED', where, `"${text}" is not a number`, 'Install the pack again.')
    }
    const transitions = new Float64Array(labels * labels)
    for (const { before, after, weight } of rows('transitions.tsv', ['before', 'after', 'weight'])) {
      transitions[number(before, 'transitions.tsv') * labels + number(after, 'transitions.tsv')] =
        number(weight, 'transitions.tsv') / 100
    }
    const threshold = number(rows('settings.tsv', ['threshold'])[0]?.threshold ?? '', 'settings.tsv')
    return {
      ref: pack.ref,
      kinds,
      weights: weightsOf(pack.text('weights.tsv'), labels),
      transitions,
      threshold,
    }
  })
}

/** Lines "kind=value TAB label:weight label:weight …"; read by hand, there are many. */
function weightsOf(text: string, labels: number): FeatureWeights {
  const weights = new Map<string, Map<string, Int16Array>>()
  let from = text.indexOf('\n') + 1
  while (from < text.length) {
    const end = text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from)
    const tab = text.indexOf('\t', from)
    const numbers = text
      .slice(tab + 1, end)
      .split(/[ :]/)
      .map(Number)
    if (tab < 0 || tab > end || numbers.length % 2 !== 0 || numbers.some((one, i) => !fits(one, i, labels))) {
      throw new Fault(
        'TAGGER_MALFORMED',
        'weights.tsv',
        `"${text.slice(from, Math.min(end, from + 60))}" is no feature with its weights`,
        'Install the pack again.',
      )
    }
    const equals = text.indexOf('=', from + 1)
    const kind = text.slice(from, equals)
    const values = weights.get(kind) ?? new Map<string, Int16Array>()
    weights.set(kind, values.set(text.slice(equals + 1, tab), Int16Array.from(numbers)))
    from = end + 1
  }
  return weights
}

function fits(value: number, place: number, labels: number): boolean {
  return (
    Number.isInteger(value) && (place % 2 === 0 ? value >= 0 && value < labels : Math.abs(value) < 32_768)
  )
}
