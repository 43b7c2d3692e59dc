import type { CandidateOdds } from '../../knowledge/hpo/candidate-odds.ts'
import type { AcmgClass } from '../finding/germline.ts'
import type { RankedGene } from '../finding/phenotype.ts'
import type { Library } from './evidence.ts'

/** One variant that was found in a gene. What is absent is not known, and counts neither for nor against. */
export interface CandidateVariant {
  /** As it is to be printed: "NM_000138.5:c.1A>G". */
  readonly name: string
  readonly zygosity: 'heterozygous' | 'homozygous' | 'hemizygous' | undefined
  readonly class: AcmgClass | undefined
  /** Sequence Ontology term, e.g. "stop_gained". */
  readonly consequence: string | undefined
  /** Highest population frequency, 0..1. */
  readonly frequency: number | undefined
  /** What else is known of it in this person: that it is new, its share of mitochondria. */
  readonly told?: readonly string[]
  /** Other variants of the gene, by name, of which it is known whether the two are on its two copies. */
  readonly pairs?: readonly {
    readonly with: string
    readonly onTwoCopies: boolean
    readonly because: string
  }[]
}

export interface CandidateGene {
  readonly symbol: string
  readonly variants: readonly CandidateVariant[]
}

const RECESSIVE = 'HP:0000007'
const DOMINANT = 'HP:0000006'
const X_RECESSIVE = 'HP:0001419'
const OTHER_X_LINKED = ['HP:0001417', 'HP:0001423']

/** Another disease of the gene, whose inheritance reads the variants otherwise, is told down to this share of the first. */
const ALSO = 0.02

const ONE_X =
  'one changed copy, but the disease is X-linked recessive: who has another X seldom has it, by which X is silenced, a deletion of the other, or one X only'

interface Fit {
  readonly odds: number
  readonly why: readonly string[]
}

/**
 * Genes by how well the features fit their diseases and how well their variants fit the way each disease is inherited.
 * `shares` are probabilities of `among` by features alone. A gene without a disease in the catalogue comes last, and says so.
 */
export function rankGenes(
  { ontology, catalogue, odds: known }: Library,
  candidates: readonly CandidateGene[],
  among: Int32Array,
  shares: Float64Array,
): readonly RankedGene[] {
  const diseases = new Map<string, number[]>()
  for (const [place, number] of among.entries())
    for (const { symbol } of catalogue.profiles[number]!.disease.genes) {
      const list = diseases.get(symbol)
      if (list === undefined) diseases.set(symbol, [place])
      else list.push(place)
    }
  const judged = candidates.map(({ symbol, variants }) => {
    const judgedDiseases = (diseases.get(symbol) ?? []).map((place) => {
      const { inheritance, disease } = catalogue.profiles[among[place]!]!
      const fit = fitOf(
        inheritance.map((term) => ontology.ids[term]!),
        variants,
        known,
      )
      return { disease, odds: shares[place]! * fit.odds, why: fit.why }
    })
    const [first, ...others] = judgedDiseases.toSorted((a, b) => b.odds - a.odds)
    const also = others.filter(
      ({ odds, why }) => odds >= first!.odds * ALSO && why.join() !== first!.why.join(),
    )
    return {
      symbol,
      odds: judgedDiseases.reduce((sum, one) => sum + one.odds, 0),
      disease: first === undefined ? undefined : { id: first.disease.id, name: first.disease.name },
      why:
        first === undefined
          ? ['no disease of this gene is in the catalogue: the features cannot speak for it or against it']
          : [
              ...first.why,
              ...also.slice(0, 1).map(({ disease, why }) => `or ${disease.name}: ${why.join('; ')}`),
            ],
    }
  })
  const total = judged.reduce((sum, one) => sum + one.odds, 0)
  return judged
    .sort((a, b) => b.odds - a.odds || (a.symbol < b.symbol ? -1 : 1))
    .map(({ symbol, odds, disease, why }, place) => ({
      rank: place + 1,
      symbol,
      probability: total === 0 ? 0 : odds / total,
      disease,
      why,
    }))
}

/** How well the variants of a gene fit a disease that is inherited so. */
export function fitOf(
  inheritance: readonly string[],
  variants: readonly CandidateVariant[],
  known: CandidateOdds,
): Fit {
  if (variants.length === 0) return { odds: 1, why: [] }
  const otherwise = [DOMINANT, ...OTHER_X_LINKED].some((one) => inheritance.includes(one))
  const onX = inheritance.includes(X_RECESSIVE) && !otherwise
  const recessive = inheritance.includes(RECESSIVE) && !inheritance.includes(DOMINANT)
  const { numbers } = known
  const rare = numbers[recessive ? 'frequency:recessive' : 'frequency:dominant']
  const judged = variants
    .map((one) => ({ one, odds: oddsOf(one, rare, known) }))
    .sort((a, b) => b.odds - a.odds)
  const first = judged[0]!
  const why = [`${first.one.name}: ${wordsOf(first.one)}`]
  const autosomal = recessive && !otherwise && !onX
  if (!autosomal && !onX) return { odds: first.odds, why }
  if (first.one.zygosity === undefined) return { odds: first.odds, why: [...why, 'zygosity is not known'] }
  if (first.one.zygosity !== 'heterozygous') {
    const copies = first.one.zygosity === 'homozygous' || autosomal ? 'both copies are' : 'the only copy is'
    return { odds: first.odds, why: [...why, `${copies} changed, as a recessive disease needs`] }
  }
  const pairOf = ({ one }: (typeof judged)[number]) => first.one.pairs?.find((pair) => pair.with === one.name)
  const apart = judged.slice(1).flatMap((other) => {
    const pair = pairOf(other)
    return pair?.onTwoCopies === false
      ? [`${other.one.name} makes no second changed copy: ${pair.because}`]
      : []
  })
  const second = judged.slice(1).find((other) => pairOf(other)?.onTwoCopies !== false)
  if (second === undefined)
    return {
      odds: first.odds * numbers['recessive:one-copy'],
      why: [
        ...why,
        ...apart,
        onX ? ONE_X : 'one changed copy, but the disease is recessive: look for a second change',
      ],
    }
  const pair = pairOf(second)
  return {
    odds: Math.sqrt(first.odds * second.odds) * (pair === undefined ? numbers['recessive:phase-unknown'] : 1),
    why: [
      ...why,
      `${second.one.name}: ${wordsOf(second.one)}`,
      pair === undefined
        ? 'two changes; whether they lie on different copies is not known'
        : `two changes on different copies: ${pair.because}`,
    ],
  }
}

function oddsOf(one: CandidateVariant, rare: number, { numbers, groupOf }: CandidateOdds): number {
  const common = one.frequency !== undefined && one.frequency > rare ? numbers['too-common'] : 1
  if (one.class !== undefined) return numbers[`class:${one.class}`] * common
  if (one.consequence === undefined) return common
  return numbers[`consequence:${groupOf(one.consequence)}`] * common
}

function wordsOf(one: CandidateVariant): string {
  return [
    one.zygosity,
    one.class ?? one.consequence?.replaceAll('_', ' '),
    one.frequency === undefined ? undefined : `frequency ${one.frequency}`,
    ...(one.told ?? []),
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}
