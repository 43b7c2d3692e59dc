import type { Catalogue } from '../../src/interpret/phenotype/catalogue.ts'
import type { Neighbours } from '../../src/knowledge/hpo/neighbours.ts'

/** Neighbours of a disease. */
const NEIGHBOURS = 10
/** Information above this counts no more: a term of one disease alone would decide everything. */
const MOST_TELLING = 8

/**
 * For each ranked disease the entries whose features are most alike: cosine over all annotated terms and those above them,
 * each weighing its information times the root of its frequency. Shares go with the square of the likeness.
 */
export function nearestDiseases({ profiles, having, information }: Catalogue): Neighbours {
  const weights = having.map(({ value }, term) =>
    value.map((one) => Math.min(information[term]!, MOST_TELLING) * Math.sqrt(Math.min(one + 0.3, 1))),
  )
  const square = new Float64Array(profiles.length)
  const own: { term: number; weight: number }[][] = profiles.map(() => [])
  for (const [term, { at }] of having.entries())
    for (let i = 0; i < at.length; i++) {
      const weight = weights[term]![i]!
      if (weight === 0) continue
      square[at[i]!]! += weight * weight
      own[at[i]!]!.push({ term, weight })
    }
  const found = new Map<string, readonly { readonly id: string; readonly share: number }[]>()
  for (const [number, { disease, ranked }] of profiles.entries()) {
    if (!ranked) continue
    const dot = new Float64Array(profiles.length)
    for (const { term, weight } of own[number]!) {
      const { at } = having[term]!
      const others = weights[term]!
      for (let i = 0; i < at.length; i++) dot[at[i]!]! += weight * others[i]!
    }
    const alike = dot
      .map((one, other) => (other === number ? 0 : one / Math.sqrt(square[number]! * square[other]! + 1e-9)))
      .entries()
    const best = [...alike]
      .filter(([, likeness]) => likeness > 0)
      .sort(([a, one], [b, other]) => other - one || a - b)
      .slice(0, NEIGHBOURS)
    const sum = best.reduce((total, [, likeness]) => total + likeness ** 2, 0)
    found.set(
      disease.id,
      best.map(([other, likeness]) => ({
        id: profiles[other]!.disease.id,
        share: Math.max(Number((likeness ** 2 / sum).toFixed(3)), 0.001),
      })),
    )
  }
  return found
}
