import type { PackRef } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

export const RANKING_PACK = 'phenotype-ranking'

/** How much one feature of a disease weighs: weight * (value - mean) / deviation. */
export interface FeatureWeight {
  readonly feature: string
  readonly mean: number
  readonly deviation: number
  readonly weight: number
}

/** A conditional logit over diseases, and a logistic regression for "it is a disease of the catalogue at all". */
export interface RankingModel {
  readonly ref: PackRef
  readonly weights: readonly FeatureWeight[]
  /** Weights of a first reading, by which diseases of one gene or name are heard for each other; empty where the pack has none. */
  readonly first: readonly FeatureWeight[]
  /** Scores are multiplied by it before they become probabilities. */
  readonly sharpness: number
  /** By name: "constant", and what the feature is multiplied by. */
  readonly known: ReadonlyMap<string, number>
}

/** Throws RANKING_MALFORMED when a number is not one. */
export function rankingModel(facts: Facts): RankingModel {
  return facts.derived(RANKING_PACK, () => {
    const pack = facts.pack(RANKING_PACK)
    const number = (text: string, where: string): number => {
      const value = Number(text)
      if (text !== '' && Number.isFinite(value)) return value
      throw new Fault('RANKING_MALFORMED', where, `"${text}" is not a number`, 'Install the pack again.')
    }
    const weightsOf = (file: string): readonly FeatureWeight[] =>
      readTable(pack.text(file), ['feature', 'mean', 'deviation', 'weight'], file).map((row) => ({
        feature: row.feature,
        mean: number(row.mean, `${file}: ${row.feature}`),
        deviation: number(row.deviation, `${file}: ${row.feature}`),
        weight: number(row.weight, `${file}: ${row.feature}`),
      }))
    const weights = weightsOf('weights.tsv')
    const first = pack.fileNames.includes('first.tsv') ? weightsOf('first.tsv') : []
    const rows = readTable(pack.text('calibration.tsv'), ['name', 'value'], 'calibration.tsv')
    const all = new Map(rows.map((row) => [row.name, number(row.value, `calibration.tsv: ${row.name}`)]))
    const { sharpness, ...known } = Object.fromEntries(all)
    return { ref: pack.ref, weights, first, sharpness: sharpness ?? 1, known: new Map(Object.entries(known)) }
  })
}
