import type { OutsideCall } from '../../record/genotype.ts'
import type { DiplotypeCall } from '../finding.ts'
import { callOf, combinedCallOf, type Interpreter, lowestOf } from './diplotype-call.ts'
import { normalPhenotype, normalScore } from './outside-terms.ts'

/** One outside call, read into the words of this gene. */
export interface OutsideReading {
  readonly diplotype: DiplotypeCall | undefined
  readonly lookup: readonly DiplotypeCall[]
  readonly phenotypes: readonly string[]
  readonly activityScores: readonly string[]
  readonly markers: readonly string[]
  readonly notes: readonly string[]
}

const NOTHING: OutsideReading = {
  diplotype: undefined,
  lookup: [],
  phenotypes: [],
  activityScores: [],
  markers: [],
  notes: [],
}

/** ".", "./.", "Unknown/Unknown": the laboratory made no call. */
function isNoCall(text: string | undefined): boolean {
  return text === undefined || /^(\.|unknown)?(\/(\.|unknown))?$/i.test(text.trim())
}

/**
 * Reads one outside call. A phenotype or activity score that the laboratory states wins over what its diplotype would
 * give here, and the difference is noted.
 */
export function readOutside(gene: Interpreter, call: OutsideCall): OutsideReading {
  if (gene.rule.markers.length > 0) return readMarkers(gene, call)
  const phenotype = call.phenotype === undefined ? undefined : normalPhenotype(gene, call.phenotype)
  const score = call.activityScore === undefined ? undefined : normalScore(call.activityScore)
  const sides = isNoCall(call.diplotype) ? undefined : splitDiplotype(call.diplotype!)
  if (sides === undefined && phenotype === undefined && score === undefined) {
    return { ...NOTHING, notes: ['The laboratory reported no call.'] }
  }
  if (sides === undefined) return withoutDiplotype(gene, phenotype, score)

  const strands = sides.map((side) => (gene.rule.caller === 'lowest-function' ? splitStrand(side) : [side]))
  const reported = combinedCallOf(gene, call.diplotype!.trim(), strands, 0)
  const found = callOf(gene, lowestOf(gene, strands), 0)
  const notes = strands
    .flat()
    .filter((side) => gene.hasPhenotypes && gene.alleles.find(side) === undefined)
    .map((side) => `${gene.rule.gene} ${side} is not in the function table: nothing is concluded from it.`)
  if (phenotype !== undefined && found.phenotype !== undefined && phenotype !== found.phenotype) {
    notes.push(
      `The laboratory reports ${phenotype}; its diplotype ${reported.name} would be ${found.phenotype}. The laboratory's phenotype is used.`,
    )
  }
  const stated: DiplotypeCall = {
    ...found,
    phenotype: phenotype ?? found.phenotype,
    activityScore: score ?? found.activityScore,
    lookupKey:
      score ?? (phenotype === undefined || found.activityScore !== undefined ? found.lookupKey : phenotype),
  }
  return {
    diplotype: {
      ...reported,
      phenotype: stated.phenotype,
      activityScore: stated.activityScore,
      lookupKey: stated.lookupKey,
    },
    lookup: [stated],
    phenotypes: stated.phenotype === undefined ? (gene.hasPhenotypes ? ['n/a'] : []) : [stated.phenotype],
    activityScores: stated.activityScore === undefined ? [] : [stated.activityScore],
    markers: [],
    notes,
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
    notes: [
      'Only a phenotype or activity score was sent; the alleles behind it are not known.',
      ...(known
        ? []
        : [`"${named ?? score}" is not a phenotype that the tables know for ${gene.rule.gene}.`]),
    ],
  }
}

/** HLA: presence or absence of the alleles that advice depends on, at two-field resolution. */
function readMarkers(gene: Interpreter, call: OutsideCall): OutsideReading {
  const stated = /^(\*\d+:\d+)\S*\s+(positive|negative)$/i.exec(call.phenotype?.trim() ?? '')
  if (isNoCall(call.diplotype)) {
    if (stated === null) return { ...NOTHING, notes: ['The laboratory reported no call.'] }
    const marker = `${stated[1]} ${stated[2]!.toLowerCase()}`
    return { ...NOTHING, markers: [marker], phenotypes: [marker] }
  }
  const sides = splitDiplotype(call.diplotype!)
  const carried = new Set(
    sides
      .map((side) => /^\*?\d+:\d+/.exec(side)?.[0].replace(/^\*?/, '*'))
      .filter((one) => one !== undefined),
  )
  const notes: string[] = []
  const coarse = sides.filter((side) => !/^\*?\d+:\d+/.test(side))
  if (sides.length === 1)
    notes.push(
      `Only one ${gene.rule.gene} allele was sent: what the other chromosome carries is not known, so nothing is called absent.`,
    )
  if (coarse.length > 0)
    notes.push(`${coarse.join(', ')} is not at two-field resolution: nothing is called absent.`)
  const complete = sides.length === 2 && coarse.length === 0
  const markers = gene.rule.markers.flatMap((marker) =>
    carried.has(marker) ? [`${marker} positive`] : complete ? [`${marker} negative`] : [],
  )
  return {
    diplotype: {
      name: call.diplotype!.trim(),
      alleles: sides.length === 2 ? [allele(sides[0]!), allele(sides[1]!)] : [allele(sides[0]!)],
      phenotype: undefined,
      activityScore: undefined,
      lookupKey: undefined,
      matchScore: 0,
    },
    lookup: [],
    phenotypes: markers,
    activityScores: [],
    markers,
    notes,
  }
}

function allele(name: string) {
  return { allele: name, function: undefined, activityValue: undefined }
}

/** "*13 + *1/*36 + *10x2" has two sides; "m.1555A>G" has one. */
function splitDiplotype(text: string): string[] {
  return text.split('/').map((side) => side.trim())
}

/** "[a + b]" is two variants on one strand. */
function splitStrand(side: string): string[] {
  const inner = /^\[(.*)\]$/.exec(side)?.[1] ?? side
  return inner.split(' + ').map((part) => part.trim())
}
