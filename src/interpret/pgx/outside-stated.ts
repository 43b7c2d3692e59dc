import type { DiplotypeCall } from '../finding.ts'
import type { Interpreter } from './diplotype-call.ts'

/** What a laboratory states beside a diplotype, in the words of CPIC. */
interface Stated {
  readonly phenotype: string | undefined
  readonly score: string | undefined
}

/** What to look up: `found` from the diplotype, with what the laboratory states in its place. */
export function statedLookup(
  gene: Interpreter,
  { phenotype, score }: Stated,
  found: DiplotypeCall,
): DiplotypeCall[] {
  if (score !== undefined) {
    const meant =
      score === found.activityScore ? found.phenotype : gene.tables.phenotypeOfScore(gene.rule.gene, score)
    return [{ ...found, phenotype: phenotype ?? meant, activityScore: score, lookupKey: score }]
  }
  if (phenotype === undefined || phenotype === found.phenotype) return [found]
  // The score of the diplotype belongs to another phenotype: the stated one is looked up under its own scores.
  const scores = gene.tables.scoresOf(gene.rule.gene, phenotype)
  if (scores.length === 0) return [{ ...found, phenotype, activityScore: undefined, lookupKey: phenotype }]
  return scores.map((one) => ({ ...found, phenotype, activityScore: one, lookupKey: one }))
}

/** A laboratory that says two things. */
interface Contradiction {
  /** What the statements mean that are not looked up first: what is advised must be safe for each. */
  readonly alsoMeant: readonly DiplotypeCall[]
  /** A clause for the finding, where they mean different phenotypes. */
  readonly doubts: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Where the laboratory's score, phenotype and diplotype (`found`, called `name`) mean different phenotypes. A score that differs from that
 * of the diplotype and means the same phenotype is an older table of values: said, and nothing more.
 */
export function contradiction(
  gene: Interpreter,
  { phenotype, score }: Stated,
  name: string,
  found: DiplotypeCall | undefined,
): Contradiction {
  const byScore = score === undefined ? undefined : gene.tables.phenotypeOfScore(gene.rule.gene, score)
  const meant = score === undefined ? (phenotype ?? found?.phenotype) : byScore
  const ofPair = found?.phenotype
  const pairDiffers = ofPair !== undefined && ofPair !== meant
  const wordDiffers = phenotype !== undefined && phenotype !== meant
  if (!pairDiffers && !wordDiffers) {
    const older = score !== undefined && found?.activityScore !== undefined && score !== found.activityScore
    const note = `The laboratory reports activity score ${score}; its diplotype ${name} would be ${found?.activityScore}. The laboratory's score is used.`
    return { alsoMeant: [], doubts: [], notes: older ? [note] : [] }
  }
  const said = [
    ...(score === undefined ? [] : [`activity score ${score} (${byScore ?? 'no phenotype of the tables'})`]),
    ...(phenotype === undefined ? [] : [phenotype]),
    ...(ofPair === undefined ? [] : [`${name} (${ofPair})`]),
  ].join(', ')
  return {
    alsoMeant: [
      ...(pairDiffers ? [found!] : []),
      ...(wordDiffers && phenotype !== ofPair ? ofPhenotype(gene, phenotype) : []),
    ],
    doubts: [`what the laboratory reports contradicts itself: ${said}`],
    notes: [`The laboratory contradicts itself: ${said}. Advice covers each of them; ask the laboratory.`],
  }
}

/** A phenotype alone, under each score that it covers where the gene has scores. */
export function ofPhenotype(gene: Interpreter, phenotype: string): DiplotypeCall[] {
  const scores = gene.tables.scoresOf(gene.rule.gene, phenotype)
  const entry = (key: string, activityScore: string | undefined) =>
    withoutAlleles(phenotype, phenotype, activityScore, key)
  return scores.length === 0 ? [entry(phenotype, undefined)] : scores.map((one) => entry(one, one))
}

/** What is looked up where no alleles were sent. */
export function withoutAlleles(
  name: string,
  phenotype: string | undefined,
  activityScore: string | undefined,
  lookupKey: string,
): DiplotypeCall {
  const alleles = [{ allele: 'not reported', function: undefined, activityValue: undefined }] as const
  return { name, alleles, phenotype, activityScore, lookupKey, matchScore: 0 }
}
