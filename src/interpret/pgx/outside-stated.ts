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

/** Where the laboratory's phenotype, score and diplotype do not belong together, in sentences. */
export function conflictsOf(
  gene: Interpreter,
  { phenotype, score }: Stated,
  name: string,
  found: DiplotypeCall,
): string[] {
  const notes: string[] = []
  if (phenotype !== undefined && found.phenotype !== undefined && phenotype !== found.phenotype) {
    notes.push(
      `The laboratory reports ${phenotype}; its diplotype ${name} would be ${found.phenotype}. The laboratory's phenotype is used.`,
    )
  }
  if (score !== undefined && found.activityScore !== undefined && score !== found.activityScore) {
    notes.push(
      `The laboratory reports activity score ${score}; its diplotype ${name} would be ${found.activityScore}. The laboratory's score is used.`,
    )
  }
  return [...notes, ...scoreConflict(gene, phenotype, score)]
}

/** A stated phenotype that the stated score does not mean. */
export function scoreConflict(
  gene: Interpreter,
  phenotype: string | undefined,
  score: string | undefined,
): string[] {
  if (phenotype === undefined || score === undefined) return []
  const meant = gene.tables.phenotypeOfScore(gene.rule.gene, score)
  if (meant === phenotype) return []
  return [
    `The laboratory reports ${phenotype} with activity score ${score}, which means ${meant ?? 'no phenotype of the tables'}. Advice follows the score; ask the laboratory.`,
  ]
}
