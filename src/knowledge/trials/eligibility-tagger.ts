import type { PackRef } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { type EntityNetworks, entityNetworks } from './entity-network.ts'

export const TAGGER_PACK = 'eligibility-tagger'

/** A linear-chain conditional random field over the words of a line, and networks that have the same labels. */
export interface TaggerModel extends EntityNetworks {
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
      ...entityNetworks(pack),
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
    const numbers = tab < 0 || tab > end ? undefined : pairsOf(text, tab + 1, end, labels)
    if (numbers === undefined) {
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
    weights.set(kind, values.set(text.slice(equals + 1, tab), numbers))
    from = end + 1
  }
  return weights
}

/** Reads "label:weight label:weight …" in text [from, to); undefined where a label is unknown or a number is none. */
function pairsOf(text: string, from: number, to: number, labels: number): Int16Array | undefined {
  const numbers: number[] = []
  let value = 0
  let digits = 0
  let sign = 1
  for (let at = from; at <= to; at++) {
    const code = at === to ? SPACE : text.charCodeAt(at)
    if (code >= ZERO && code <= ZERO + 9) {
      value = 10 * value + code - ZERO
      if (++digits > 5) return undefined
    } else if (code === MINUS && digits === 0 && sign === 1) sign = -1
    else {
      const isLabel = numbers.length % 2 === 0
      if (digits === 0 || code !== (isLabel ? COLON : SPACE)) return undefined
      if (isLabel ? value >= labels || sign < 0 : value > 32_767) return undefined
      numbers.push(sign * value)
      value = 0
      digits = 0
      sign = 1
    }
  }
  return numbers.length % 2 === 0 ? Int16Array.from(numbers) : undefined
}
const [SPACE, MINUS, ZERO, COLON] = [0x20, 0x2d, 0x30, 0x3a]
