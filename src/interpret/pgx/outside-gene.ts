import type { OutsideCall } from '../../record/genotype.ts'
import type { DiplotypeCall } from '../finding.ts'
import { callOf, combinedCallOf, type Interpreter, lowestOf } from './diplotype-call.ts'
import { readMarkers } from './outside-hla.ts'
import {
  isNoCall,
  NO_CALL,
  NOTHING,
  type OutsideReading,
  splitDiplotype,
  tooManySides,
} from './outside-reading.ts'
import { conflictsOf, scoreConflict, statedLookup } from './outside-stated.ts'
import { normalPhenotype, normalScore } from './outside-terms.ts'

/**
 * Reads one outside call. A phenotype or activity score that the laboratory states wins over what its diplotype would
 * give here, of the two the score decides what is looked up; every difference is noted. Of a diplotype with more than
 * two sides nothing is concluded.
 */
export function readOutside(gene: Interpreter, call: OutsideCall): OutsideReading {
  if (gene.rule.markers.length > 0) return readMarkers(gene, call)
  const phenotype = call.phenotype === undefined ? undefined : normalPhenotype(gene, call.phenotype)
  const score = call.activityScore === undefined ? undefined : normalScore(call.activityScore)
  const sides = isNoCall(call.diplotype) ? undefined : splitDiplotype(call.diplotype!)
  if (sides === undefined && phenotype === undefined && score === undefined) {
    return NO_CALL
  }
  if (sides === undefined) return withoutDiplotype(gene, phenotype, score)

  if (sides.length > 2) return tooManySides(gene, call.diplotype!)
  const strands = sides.map((side) => (gene.rule.caller === 'lowest-function' ? splitStrand(side) : [side]))
  const reported = combinedCallOf(gene, call.diplotype!.trim(), strands, 0)
  const found = callOf(gene, lowestOf(gene, strands), 0)
  const unlisted = strands
    .flat()
    .filter((side) => gene.hasPhenotypes && gene.alleles.find(side) === undefined)
    .map((side) => `${gene.rule.gene} ${side} is not in the function table: nothing is concluded from it.`)
  const conflicts = conflictsOf(gene, { phenotype, score }, reported.name, found)
  const lookup = statedLookup(gene, { phenotype, score }, found)
  const [first] = lookup
  const named = first!.phenotype ?? (gene.hasPhenotypes ? 'n/a' : undefined)
  return {
    ...NOTHING,
    diplotype: {
      ...reported,
      phenotype: first!.phenotype,
      activityScore: lookup.length > 1 ? undefined : first!.activityScore,
      lookupKey: lookup.length > 1 ? undefined : first!.lookupKey,
    },
    lookup,
    phenotypes: named === undefined ? [] : [named],
    activityScores: lookup.length > 1 || first!.activityScore === undefined ? [] : [first!.activityScore],
    certain: named !== undefined && named !== 'n/a' && unlisted.length === 0 && conflicts.length === 0,
    notes: [...unlisted, ...conflicts],
  }
}

/** Only a phenotype or a score was sent. A phenotype of a gene with scores is looked up under each score it covers. */
function withoutDiplotype(
  gene: Interpreter,
  phenotype: string | undefined,
  score: string | undefined,
): OutsideReading {
  const named = phenotype ?? gene.tables.phenotypeOfScore(gene.rule.gene, score!)
  const scores = score === undefined ? gene.tables.scoresOf(gene.rule.gene, phenotype!) : [score]
  const entry = (key: string): DiplotypeCall => ({
    name: phenotype ?? `activity score ${score}`,
    alleles: [{ allele: 'not reported', function: undefined, activityValue: undefined }],
    phenotype: named,
    activityScore: scores.length > 0 ? key : undefined,
    lookupKey: key,
    matchScore: 0,
  })
  const known = named !== undefined && gene.tables.phenotypesOf(gene.rule.gene).includes(named)
  return {
    ...NOTHING,
    lookup: (scores.length > 0 ? scores : [named ?? 'n/a']).map(entry),
    phenotypes: named === undefined ? ['n/a'] : [named],
    activityScores: score === undefined ? [] : [score],
    certain: known && scoreConflict(gene, phenotype, score).length === 0,
    notes: [
      ...scoreConflict(gene, phenotype, score),
      'Only a phenotype or activity score was sent; the alleles behind it are not known.',
      ...(known
        ? []
        : [`"${named ?? score}" is not a phenotype that the tables know for ${gene.rule.gene}.`]),
    ],
  }
}

/** "[a + b]" is two variants on one strand. */
function splitStrand(side: string): string[] {
  const inner = /^\[(.*)\]$/.exec(side)?.[1] ?? side
  return inner.split(' + ').map((part) => part.trim())
}
