import type { UpgradeRule } from '../../knowledge/hpo/reanalysis.ts'
import type { PhenotypeFinding } from '../finding/phenotype.ts'

/** What is kept of a ranking, to be compared with a later one. */
export interface KeptRanking {
  /** HPO ids. */
  readonly observed: readonly string[]
  readonly excluded: readonly string[]
  /** Most probable first; 0..1. */
  readonly diseases: readonly { readonly id: string; readonly probability: number }[]
}

/** A disease that fits clearly better than it did. */
export interface Upgrade {
  readonly id: string
  readonly name: string
  readonly genes: readonly string[]
  readonly probability: number
  /** 0: it was not among those that were kept. */
  readonly before: number
  readonly rank: number
}

export function keptRanking({ observed, excluded, diseases }: PhenotypeFinding): KeptRanking {
  return {
    observed: observed.map(({ id }) => id),
    excluded: excluded.map(({ id }) => id),
    diseases: diseases.map(({ id, probability }) => ({ id, probability })),
  }
}

/**
 * Diseases that a new ranking of the same features puts clearly higher than the kept one, best first. Small movements are
 * left out: an unsolved family is called back for a reason, and not for a release of annotations.
 */
export function upgradesSince(
  before: KeptRanking,
  now: PhenotypeFinding,
  rule: UpgradeRule,
): readonly Upgrade[] {
  if (!sameFeatures(before, keptRanking(now))) return []
  const known = new Map(before.diseases.map(({ id, probability }) => [id, probability]))
  return now.diseases.flatMap(({ id, name, genes, probability, rank }) => {
    const was = known.get(id) ?? 0
    const better =
      probability >= rule.probability && probability >= rule.times * was && probability - was >= rule.gain
    return better ? [{ id, name, genes, probability, before: was, rank }] : []
  })
}

/** Whether two rankings are about the same features: of others, nothing can be said to have changed by itself. */
function sameFeatures(one: KeptRanking, other: KeptRanking): boolean {
  const text = ({ observed, excluded }: KeptRanking) =>
    [[...observed].sort().join(), [...excluded].sort().join()].join('/')
  return text(one) === text(other)
}
