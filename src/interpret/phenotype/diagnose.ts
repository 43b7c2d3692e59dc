import type { Facts } from '../../knowledge/facts.ts'
import { ANNOTATION_PACK } from '../../knowledge/hpo/annotations.ts'
import { CANDIDATE_ODDS_PACK } from '../../knowledge/hpo/candidate-odds.ts'
import { ONTOLOGY_PACK } from '../../knowledge/hpo/ontology.ts'
import { RANKING_PACK, rankingModel } from '../../knowledge/hpo/ranking-model.ts'
import type { PhenotypeFinding, RankedDisease } from '../finding/phenotype.ts'
import { type CandidateGene, rankGenes } from './candidate-genes.ts'
import { dualDiagnoses } from './dual-diagnosis.ts'
import { evidenceOf, mostSpecific, type Seen, termReader } from './evidence.ts'
import { notAsked, sayings } from './explain.ts'
import { openLibrary } from './library.ts'
import { named } from './named-term.ts'
import { type GivenTerms, personTerms } from './person-terms.ts'
import { knownProbability, knownSigns, readTwice, softmax } from './posterior.ts'
import { questions } from './questions.ts'
import { leadingByRatio, undecided } from './undecided.ts'

/** What is known of one person's features. */
export interface PhenotypeInput extends GivenTerms {
  readonly sex: Seen['sex']
  /** Genes with candidate variants; undefined where no genome was looked at. */
  readonly candidates?: readonly CandidateGene[]
  /** Diseases to list, 10 unless said; and how many of them to explain term by term, 3 unless said. */
  readonly most?: number
  readonly explained?: number
}

/** Diseases that the questions are to tell apart. */
const IN_QUESTION = 20
const QUESTIONS = 5
/** The first diseases of the candidate genes, each of which may be one of two. */
const PAIRED = 3
const NOT_ASKED = 5

/** Which diseases, and which of the candidate genes, fit the features of one person. */
export function diagnose(facts: Facts, input: PhenotypeInput): PhenotypeFinding {
  const library = openLibrary(facts)
  const { ontology: terms, catalogue } = library
  const { observed, excluded, remarks } = personTerms(terms, input, input.sex)
  const seen: Seen = { observed, excluded, sex: input.sex }
  const model = rankingModel(facts)
  const packs = [ONTOLOGY_PACK, ANNOTATION_PACK, RANKING_PACK]
  if (input.candidates !== undefined) packs.push(CANDIDATE_ODDS_PACK)
  const refs = packs.map((id) => facts.pack(id).ref)
  const told = {
    kind: 'phenotype',
    observed: observed.map((one) => named(terms, one)),
    excluded: excluded.map((one) => named(terms, one)),
    remarks,
    facts: refs,
  } as const
  if (observed.length === 0) {
    return {
      ...told,
      inCatalogue: 0,
      verdict: 'nothing-to-rank',
      diseases: [],
      undecided: undefined,
      genes: [],
      dual: [],
      questions: [],
      why: ['No observed feature is known; what was excluded alone ranks nothing.'],
    }
  }
  const among = facts.derived('phenotype-ranked', () =>
    Int32Array.from(catalogue.profiles.flatMap((one, number) => (one.ranked ? [number] : []))),
  )
  const reader = termReader(library)
  const evidence = evidenceOf(library, seen, reader)
  const read = readTwice(model, library, evidence, among)
  const shares = softmax(read.scores, model.sharpness)
  const inCatalogue = knownProbability(model, knownSigns(evidence, among, shares, seen))
  const order = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]! || a - b)
  const first = order.slice(0, input.most ?? 10)
  const diseases = first.map((place, rank): RankedDisease => {
    const number = among[place]!
    const { disease } = catalogue.profiles[number]!
    const head = {
      rank: rank + 1,
      id: disease.id,
      name: disease.name,
      genes: disease.genes.map((one) => one.symbol),
      probability: shares[place]! * inCatalogue,
    }
    if (rank >= (input.explained ?? 3)) return head
    return {
      ...head,
      terms: sayings(library, seen, number, reader),
      notAsked: notAsked(library, seen, number, NOT_ASKED),
      profile: model.weights.map(({ feature, mean, deviation, weight }) => {
        const value = read.evidence[feature]![number]!
        return { feature, value, score: ((value - mean) / deviation) * weight }
      }),
    }
  })
  const possible = order
    .slice(0, IN_QUESTION)
    .map((place) => ({ disease: among[place]!, probability: shares[place]! * inCatalogue }))
  const size = Math.sqrt(mostSpecific(terms, observed).length)
  const ratios = Float64Array.from(among, (number) => evidence.pooled[number]! * size)
  const byAnnotations = leadingByRatio(ratios).map((place) => ({
    disease: among[place]!,
    probability: shares[place]! * inCatalogue,
  }))
  const genes =
    input.candidates === undefined
      ? []
      : rankGenes(library, input.candidates, among, softmax(read.first, model.sharpness))
  const allowed = input.candidates && candidateDiseases(input.candidates, among, catalogue.profiles)
  const pairFirst = order
    .map((place) => among[place]!)
    .filter((number) => allowed?.has(number))
    .slice(0, PAIRED)
  const verdict = verdictOf(diseases[0]!.probability, inCatalogue)
  return {
    ...told,
    inCatalogue,
    verdict,
    diseases,
    undecided: undecided(library, seen, possible, byAnnotations),
    genes,
    // By features alone one person in five with one disease looked as if there were two; candidate genes are needed.
    dual: allowed === undefined ? [] : dualDiagnoses(library, seen, allowed, pairFirst, reader),
    questions: questions(library, seen, possible, QUESTIONS),
    why: [
      WHY[verdict],
      excluded.length > 0
        ? 'A feature that was excluded lowers a disease only where at least 80 % of people with it have it, and only a little.'
        : 'No feature was excluded: what was looked for and not found would sharpen the order.',
      'A disease is compared by the features somebody annotated; one that nobody annotated cannot be named here.',
      'Where the annotations state no frequency, the calculation takes even odds; a count it draws towards one half by one person.',
    ],
  }
}

function candidateDiseases(
  candidates: readonly CandidateGene[],
  among: Int32Array,
  profiles: readonly { readonly disease: { readonly genes: readonly { readonly symbol: string }[] } }[],
): ReadonlySet<number> {
  const symbols = new Set(candidates.map((one) => one.symbol))
  return new Set(
    [...among].filter((number) => profiles[number]!.disease.genes.some((one) => symbols.has(one.symbol))),
  )
}

/** Probabilities are calibrated on published patients; see docs/evidence/phenotype.md. */
function verdictOf(
  top: number,
  inCatalogue: number,
): Exclude<PhenotypeFinding['verdict'], 'nothing-to-rank'> {
  if (top >= 0.7) return 'likely'
  if (inCatalogue < 0.5) return 'probably-not-in-catalogue'
  return top >= 0.3 ? 'possible' : 'unclear'
}

const WHY: Readonly<Record<Exclude<PhenotypeFinding['verdict'], 'nothing-to-rank'>, string>> = {
  likely: 'One disease fits clearly better than any other.',
  possible: 'One disease fits better than the others; others remain possible.',
  unclear: 'Many diseases fit about as well; the order is weak.',
  'probably-not-in-catalogue':
    'No disease of the catalogue fits well: it may be one that is not annotated, or too little was seen.',
}
