import type { OutsideCall } from '../../record/genotype.ts'
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
import { contradiction, ofPhenotype, statedLookup, withoutAlleles } from './outside-stated.ts'
import { normalPhenotype, normalScore } from './outside-terms.ts'

/**
 * Reads one outside call. A phenotype or activity score that the laboratory states is reported instead of what its
 * diplotype would give here. Where its statements mean different phenotypes, each of them is looked up, and the finding
 * says so. Of a diplotype with more than two sides nothing is concluded.
 */
export function readOutside(gene: Interpreter, call: OutsideCall): OutsideReading {
  if (gene.rule.markers.length > 0) return readMarkers(gene, call)
  const phenotype = call.phenotype === undefined ? undefined : normalPhenotype(gene, call.phenotype)
  const score = call.activityScore === undefined ? undefined : normalScore(call.activityScore)
  const sides = isNoCall(call.diplotype) ? undefined : sidesOf(gene, call.diplotype!)
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
  const against = contradiction(gene, { phenotype, score }, reported.name, found)
  const stated = statedLookup(gene, { phenotype, score }, found)
  const [first] = stated
  const named = first!.phenotype ?? (gene.hasPhenotypes ? 'n/a' : undefined)
  return {
    ...NOTHING,
    diplotype: {
      ...reported,
      phenotype: first!.phenotype,
      activityScore: stated.length > 1 ? undefined : first!.activityScore,
      lookupKey: stated.length > 1 ? undefined : first!.lookupKey,
    },
    lookup: [
      // A rule on this pair of alleles must not meet what the laboratory states against them.
      ...stated.map((one) => (against.alsoMeant.includes(found) ? { ...one, name: 'as reported' } : one)),
      ...against.alsoMeant,
    ],
    phenotypes: named === undefined ? [] : [named],
    activityScores: stated.length > 1 || first!.activityScore === undefined ? [] : [first!.activityScore],
    certain: named !== undefined && named !== 'n/a' && unlisted.length === 0 && against.notes.length === 0,
    doubts: against.doubts,
    notes: [...unlisted, ...against.notes],
  }
}

/** Only a phenotype or a score was sent. A phenotype of a gene with scores is looked up under each score it covers. */
function withoutDiplotype(
  gene: Interpreter,
  phenotype: string | undefined,
  score: string | undefined,
): OutsideReading {
  const named = phenotype ?? gene.tables.phenotypeOfScore(gene.rule.gene, score!)
  const known = named !== undefined && gene.tables.phenotypesOf(gene.rule.gene).includes(named)
  const against = contradiction(gene, { phenotype, score }, '', undefined)
  const byScore = `activity score ${score}`
  return {
    ...NOTHING,
    lookup:
      score === undefined
        ? ofPhenotype(gene, phenotype!)
        : [
            withoutAlleles(against.doubts.length > 0 ? byScore : (phenotype ?? byScore), named, score, score),
            ...against.alsoMeant,
          ],
    phenotypes: named === undefined ? ['n/a'] : [named],
    activityScores: score === undefined ? [] : [score],
    certain: known && against.notes.length === 0,
    doubts: known ? against.doubts : [...against.doubts, `"${named ?? score}" has no meaning in the tables`],
    notes: [
      ...against.notes,
      'Only a phenotype or activity score was sent; the alleles behind it are not known.',
      ...(known
        ? []
        : [`"${named ?? score}" is not a phenotype that the tables know for ${gene.rule.gene}.`]),
    ],
  }
}

/** A haploid gene that is written twice, as programs for two chromosomes write it, is one allele. */
function sidesOf(gene: Interpreter, diplotype: string): readonly string[] {
  const sides = splitDiplotype(gene.rule.gene, diplotype)
  return gene.rule.haploid && new Set(sides).size === 1 ? [sides[0]!] : sides
}

/** "[a + b]" is two variants on one strand. */
function splitStrand(side: string): string[] {
  const inner = /^\[(.*)\]$/.exec(side)?.[1] ?? side
  return inner.split(' + ').map((part) => part.trim())
}
