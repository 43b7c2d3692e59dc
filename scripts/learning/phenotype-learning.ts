import { makeCatalogue } from '../../src/interpret/phenotype/catalogue.ts'
import { type Evidence, evidenceOf, FEATURES, type Feature } from '../../src/interpret/phenotype/evidence.ts'
import { libraryOf } from '../../src/interpret/phenotype/library.ts'
import { MATES, matesOf } from '../../src/interpret/phenotype/mates.ts'
import {
  KNOWN_SIGNS,
  knownProbability,
  knownSigns,
  readTwice,
  scores,
  softmax,
} from '../../src/interpret/phenotype/posterior.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { diseaseAnnotations } from '../../src/knowledge/hpo/annotations.ts'
import { ontology } from '../../src/knowledge/hpo/ontology.ts'
import type { FeatureWeight } from '../../src/knowledge/hpo/ranking-model.ts'
import { foldOf, type PublishedCase, publishedCases } from '../../test/peers/phenotype/published-cases.ts'
import { type Choices, conditionalLogit, logistic } from './conditional-logit.ts'
import { nearestDiseases } from './phenotype-neighbours.ts'

/** Strength of the ridge; candidates per case that are learned from. */
const RIDGE = 30
const CANDIDATES = 300
/** What excluded terms may weigh, beside no weight; the data cannot choose, see penalties() in evidence.ts. */
export const PENALTIES = [0, 0.1, 0.5]
export const PENALTY = 0.1
/** Not learned: `excluded` has a weight of its own, and `match` speaks through `pooled`. */
const UNWEIGHED: ReadonlySet<Feature> = new Set(['excluded', 'match'])

/** Weights of the first reading, and of the second, which hears the mates of a disease. */
interface Read {
  readonly first: Float64Array
  readonly second: Float64Array
}

/** How the cross-validation answered one case. */
export interface Judged {
  readonly stratum: PublishedCase['stratum']
  readonly rank: number
  readonly top: number
  readonly known: number
}

/** Shares of right answers by stratum, calibration error over ten bins, and how well unknown diseases are told. */
export function reportOf(answers: readonly Judged[]): string {
  const line = (stratum: string) => {
    const of = answers.filter((one) => one.stratum === stratum)
    const within = (k: number) => ((100 * of.filter((one) => one.rank <= k).length) / of.length).toFixed(1)
    return `${stratum}: top-1/3/5/10 ${[1, 3, 5, 10].map(within).join(' / ')} (n = ${of.length})`
  }
  const mixed = answers.filter((one) => one.stratum !== 'cited')
  let error = 0
  const bins: string[] = []
  for (let bin = 0; bin < 10; bin++) {
    const of = mixed.filter((one) => Math.min(9, Math.floor(one.top * 10)) === bin)
    if (of.length === 0) continue
    const said = of.reduce((sum, one) => sum + one.top, 0) / of.length
    const held = of.filter((one) => one.rank === 1).length / of.length
    error += (Math.abs(said - held) * of.length) / mixed.length
    bins.push(`${said.toFixed(2)} ${held.toFixed(2)} (${of.length})`)
  }
  const pairs = { right: 0, all: 0 }
  for (const a of mixed)
    if (a.stratum === 'clean')
      for (const b of mixed)
        if (b.stratum === 'new-disease') {
          pairs.all++
          pairs.right += a.known > b.known ? 1 : a.known === b.known ? 0.5 : 0
        }
  return [
    line('clean'),
    line('cited'),
    `calibration error ${error.toFixed(3)}; said and held by tenths: ${bins.join(', ')}`,
    `known from unknown diseases: area under the curve ${(pairs.right / pairs.all).toFixed(3)}`,
  ].join('\n')
}

/**
 * Learns the weights from the clean cases of a file, and answers every case with weights that did not see its gene. `into` holds
 * the packs; the annotations are those of January 2023, older than the cases' entry into any of them.
 */
export function learnRanking(path: string, into: string) {
  const facts = Facts.find([into], ['hpo-annotations@2023-01-27', 'hpo@2025-01-16'])
  const catalogue = makeCatalogue(ontology(facts), diseaseAnnotations(facts))
  const neighbours = nearestDiseases(catalogue)
  const library = libraryOf(facts, catalogue, neighbours)
  const ranked = Int32Array.from(
    library.catalogue.profiles.flatMap((one, number) => (one.ranked ? [number] : [])),
  )
  const placeOf = new Map(
    [...ranked].map((number, place) => [library.catalogue.profiles[number]!.disease.id, place]),
  )
  const cases = publishedCases(path, library.ontology)

  /** Features of every ranked disease, row by row. */
  const width = FEATURES.length
  function rowsOf(evidence: Evidence): Float32Array {
    const made = new Float32Array(ranked.length * width)
    for (const [k, feature] of FEATURES.entries()) {
      const values = evidence[feature]
      for (let i = 0; i < ranked.length; i++) made[i * width + k] = values[ranked[i]!]!
    }
    return made
  }
  const began = performance.now()
  const table = cases.map((one) => rowsOf(evidenceOf(library, one.seen)))
  process.stderr.write(`${cases.length} cases in ${Math.round(performance.now() - began)} ms\n`)

  const clean = cases.flatMap((one, number) => (one.stratum === 'clean' ? [number] : []))
  const perGene = new Map<string, number>()
  for (const one of clean) perGene.set(cases[one]!.gene, (perGene.get(cases[one]!.gene) ?? 0) + 1)

  /** Mean and deviation of each feature over all candidates of the clean cases. */
  const spread = FEATURES.map((_, k) => {
    let [sum, square, count] = [0, 0, 0]
    for (const one of clean) {
      const rows = table[one]!
      for (let at = k; at < rows.length; at += width) {
        sum += rows[at]!
        square += rows[at]! ** 2
        count++
      }
    }
    const mean = sum / count
    return { mean, deviation: Math.sqrt(Math.max(square / count - mean ** 2, 1e-9)) }
  })

  /** The same of what mates say, over the candidates that are learned from. */
  let mateSpread: readonly { readonly mean: number; readonly deviation: number }[] = []

  function scoreAll(rows: Float32Array, b: Float64Array): Float64Array {
    const made = new Float64Array(ranked.length)
    for (let i = 0; i < made.length; i++)
      for (let k = 0; k < width; k++)
        made[i]! += ((rows[i * width + k]! - spread[k]!.mean) / spread[k]!.deviation) * b[k]!
    return made
  }

  const GUESS: Partial<Record<Feature, number>> = {
    pooled: 1.2,
    exact: 0.6,
    shallow: 0.6,
    orphanet: 0.6,
    family: 0.4,
    missed: -0.6,
    excluded: 0.4,
  }
  const guess = Float64Array.from(FEATURES, (one) => GUESS[one] ?? 0)
  const candidates = new Map(
    clean.map((one) => {
      const first = scoreAll(table[one]!, guess)
      const least = first.toSorted().at(-CANDIDATES)!
      const best = [...first.keys()].filter((place) => first[place]! >= least)
      const truth = placeOf.get(cases[one]!.disease)!
      return [one, best.includes(truth) ? best : [...best, truth]] as const
    }),
  )

  /** The best candidates by a first guess, and the right one, of each case. All cases of a gene together count as the fourth root of their number. */
  function choices(
    of: readonly number[],
    without: ReadonlySet<Feature>,
    mates?: readonly number[][],
  ): Choices {
    const parts: number[][] = []
    const counts: number[] = []
    const right: number[] = []
    for (const one of of) {
      const rows = table[one]!
      const best = candidates.get(one)!
      const beside = mates?.[one]
      right.push(best.indexOf(placeOf.get(cases[one]!.disease)!))
      counts.push(best.length)
      parts.push(
        best.flatMap((place, at) => [
          ...FEATURES.map((feature, k) =>
            without.has(feature) ? 0 : (rows[place * width + k]! - spread[k]!.mean) / spread[k]!.deviation,
          ),
          ...(beside === undefined
            ? []
            : MATES.map(
                (_, k) => (beside[at * MATES.length + k]! - mateSpread[k]!.mean) / mateSpread[k]!.deviation,
              )),
        ]),
      )
    }
    const rows = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      rows.set(part, at)
      at += part.length
    }
    const weights = of.map((one) => perGene.get(cases[one]!.gene)! ** -0.75)
    const scale = weights.length / weights.reduce((a, b) => a + b, 0)
    const wide = width + (mates === undefined ? 0 : MATES.length)
    return { width: wide, rows, counts, right, weights: weights.map((one) => one * scale) }
  }

  /** By case, what the mates of its candidates say after a first reading by these weights, candidate by candidate. */
  function matesBy(first: readonly FeatureWeight[], of: readonly number[]): number[][] {
    const made: number[][] = []
    for (const one of of) {
      const said = matesOf(
        library.kindred,
        ranked,
        scores({ weights: first }, evidenceRow(table[one]!), ranked),
      )
      made[one] = candidates.get(one)!.flatMap((place) => MATES.map((mate) => said[mate][ranked[place]!]!))
    }
    return made
  }

  /** Weights by fold (tested on the genes that were left out) and of all cases. */
  function fit(without: ReadonlySet<Feature>): { readonly folds: readonly Read[]; readonly all: Read } {
    const learnFirst = (of: readonly number[]) => conditionalLogit(choices(of, without), RIDGE)
    const whole = learnFirst(clean)
    const seen = clean.map((one) => matesBy(weightsOf(whole, PENALTY), [one])[one]!)
    mateSpread = MATES.map((_, k) => {
      const values = seen.flatMap((one) => one.filter((_, at) => at % MATES.length === k))
      const mean = values.reduce((a, b) => a + b, 0) / values.length
      const square = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length
      return { mean, deviation: Math.sqrt(square) }
    })
    const learn = (of: readonly number[], first = learnFirst(of)): Read => ({
      first,
      second: conditionalLogit(choices(of, without, matesBy(weightsOf(first, PENALTY), of)), RIDGE),
    })
    return {
      folds: [0, 1, 2, 3, 4].map((fold) => learn(clean.filter((one) => foldOf(cases[one]!.gene) !== fold))),
      all: learn(clean, whole),
    }
  }

  function modelOf({ first, second }: Read, penalty: number) {
    return { first: weightsOf(first, penalty), weights: weightsOf(second, penalty) }
  }

  function evidenceRow(rows: Float32Array): Evidence {
    return Object.fromEntries(
      FEATURES.map((feature, k) => {
        const column = new Float64Array(library.catalogue.profiles.length)
        for (let i = 0; i < ranked.length; i++) column[ranked[i]!] = rows[i * width + k]!
        return [feature, column]
      }),
    ) as Record<Feature, Float64Array>
  }

  const rounded = (value: number) => Number(value.toPrecision(6))
  function weightsOf(b: Float64Array, penalty: number): readonly FeatureWeight[] {
    return FEATURES.flatMap((feature, k): readonly FeatureWeight[] => {
      if (feature === 'excluded') return [{ feature, mean: 0, deviation: 1, weight: penalty }]
      if (UNWEIGHED.has(feature)) return []
      const mean = rounded(spread[k]!.mean)
      const deviation = rounded(spread[k]!.deviation)
      return [{ feature, mean, deviation, weight: rounded(b[k]!) }]
    }).concat(
      b.length === width
        ? []
        : MATES.map((feature, k) => ({
            feature,
            mean: rounded(mateSpread[k]!.mean),
            deviation: rounded(mateSpread[k]!.deviation),
            weight: rounded(b[width + k]!),
          })),
    )
  }

  /** Sharpness and the regression for "in the catalogue", on scores of weights that did not see the case. */
  function calibrate(folds: readonly Read[], penalty: number) {
    const models = folds.map((one) => modelOf(one, penalty))
    const read = cases.map(({ gene }, number) =>
      readTwice(models[foldOf(gene)]!, library, evidenceRow(table[number]!), ranked),
    )
    const held = read.map((one) => one.scores)
    const heldForGenes = read.map((one) => one.first)
    const likelihood = (sharpness: number) =>
      clean.reduce(
        (sum, one) =>
          sum + Math.log(softmax(held[one]!, sharpness)[placeOf.get(cases[one]!.disease)!]! + 1e-12),
        0,
      )
    const tried = Array.from({ length: 25 }, (_, i) => 0.5 + i * 0.05)
    const sharpness = rounded(tried.reduce((a, b) => (likelihood(b) > likelihood(a) ? b : a)))
    const mixed = cases.flatMap((one, number) => (one.stratum === 'cited' ? [] : [number]))
    const signs = cases.map((one, number) => {
      return knownSigns(evidenceRow(table[number]!), ranked, softmax(held[number]!, sharpness), one.seen)
    })
    const regress = (of: readonly number[]) => {
      const rows = of.map((one) => [1, ...KNOWN_SIGNS.map((name) => signs[one]![name])])
      const b = logistic(
        rows,
        of.map((one) => cases[one]!.stratum !== 'new-disease'),
        1,
      )
      return new Map(['constant', ...KNOWN_SIGNS].map((name, k) => [name, rounded(b[k]!)]))
    }
    const byFold = [0, 1, 2, 3, 4].map((fold) =>
      regress(mixed.filter((one) => foldOf(cases[one]!.gene) !== fold)),
    )
    const answers = cases.map((one, number) => {
      const shares = softmax(held[number]!, sharpness)
      const known = knownProbability({ known: byFold[foldOf(one.gene)]! }, signs[number]!)
      const truth = placeOf.get(one.disease)
      const top = shares.reduce((a, b) => Math.max(a, b), 0)
      const before =
        truth === undefined
          ? Number.POSITIVE_INFINITY
          : shares.filter((share) => share > shares[truth]!).length
      return { stratum: one.stratum, rank: before + 1, top: top * known, known }
    })
    return { penalty, sharpness, known: regress(mixed), held, heldForGenes, answers }
  }

  const { folds, all } = fit(UNWEIGHED)
  const single = (feature: Feature) => {
    const held = table.map((rows) =>
      scoreAll(
        rows,
        Float64Array.from(FEATURES, (one) => (one === feature ? 1 : 0)),
      ),
    )
    return cases.map((one, number): Judged => {
      const truth = placeOf.get(one.disease)
      const values = held[number]!
      const before =
        truth === undefined ? Number.POSITIVE_INFINITY : values.filter((each) => each > values[truth]!).length
      return { stratum: one.stratum, rank: before + 1, top: 0, known: 0 }
    })
  }
  return {
    library,
    neighbours,
    ranked,
    cases,
    clean,
    tries: PENALTIES.map((penalty) => calibrate(folds, penalty)),
    ...modelOf(all, PENALTY),
    single,
  }
}
