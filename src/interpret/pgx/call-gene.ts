import type { GeneDefinition } from '../../knowledge/pgx/allele-definition.ts'
import type { GeneRule } from '../../knowledge/pgx/gene-rule.ts'
import type { LocusCall } from '../../record/genotype.ts'
import { compareAlleles, diplotypeName } from './allele-order.ts'
import { compileGene, type GeneTable, UNDOCUMENTED } from './gene-table.ts'
import { decideStrand, decideUnphased, type IntronExon, intronExon, intronNotes } from './intron-decides.ts'
import { matchDiplotypes } from './match-diplotypes.ts'
import { type SampleGene, sampleGene, UNSEEN } from './sample-gene.ts'
import { allelesPresent, arrangeStrands, MOST_GROUPS, type StrandAlleles } from './strand-alleles.ts'

/** One diplotype as matched: each side is one allele, or several variants on one strand. */
export interface MatchedDiplotype {
  readonly name: string
  /** Allele names of the first and second side; one side only for a haploid sample. */
  readonly sides: readonly (readonly string[])[]
  readonly score: number
}

/** What the genotype of one gene says, before functions and phenotypes. */
export interface GeneCall {
  readonly table: GeneTable
  readonly sample: SampleGene
  /** All that fit; those reported come first. */
  readonly diplotypes: readonly MatchedDiplotype[]
  /** How many of `diplotypes` are reported. */
  readonly reported: number
  /** Filled instead of diplotypes when a lowest-function gene has no phase. */
  readonly alleles: readonly string[]
  /** A diplotype inferred from one decisive position because none fits; not reported as the genotype. */
  readonly inferred: readonly [string, string] | undefined
  readonly notes: readonly string[]
  /** Why nothing fits, or what was read in another way than it was written: clauses, as in the finding. */
  readonly doubts: readonly string[]
}

/** A gene ready to be called: definition, rule and their integer form. */
export interface CallableGene {
  readonly definition: GeneDefinition
  readonly rule: GeneRule
  readonly table: GeneTable
  readonly intron: IntronExon | undefined
  /** Per locus of the table, the alleles that it defines. */
  readonly allelesAt: readonly (readonly string[])[]
  /** Every allele but the reference, as reported. */
  readonly everyAllele: readonly string[]
}

export function callableGene(definition: GeneDefinition, rule: GeneRule): CallableGene {
  const special = rule.intronDecides
  const table = compileGene(
    definition,
    new Set(special === undefined ? [] : [special.haplotype, special.intronAllele]),
  )
  const allelesAt = table.loci.map((locus) =>
    definition.alleles
      .filter((allele) => !allele.reference && allele.cells.has(locus.position))
      .map((allele) => allele.reportedAs),
  )
  const everyAllele = [
    ...new Set(definition.alleles.filter((allele) => !allele.reference).map((allele) => allele.reportedAs)),
  ]
  return {
    definition,
    rule,
    table,
    intron: special === undefined ? undefined : intronExon(table, special),
    allelesAt,
    everyAllele,
  }
}

/** Calls one gene of one sample. `calls` maps locus ids to what the file says; a locus absent from it was not seen. */
export function callGene(gene: CallableGene, calls: ReadonlyMap<string, LocusCall>): GeneCall {
  const sample = sampleGene(gene.table, calls, gene.rule.undocumentedAsReference)
  const nothing = {
    table: gene.table,
    sample,
    diplotypes: [],
    reported: 0,
    alleles: [],
    inferred: undefined,
    doubts: [],
  }
  if (sample.seen === 0) return { ...nothing, notes: ['None of the defining positions was seen.'] }
  const missingRequired = gene.definition.requiredPositions.filter((position) => {
    const index = gene.table.loci.findIndex((locus) => locus.position === position)
    return index < 0 || sample.first[index] === UNSEEN
  })
  if (missingRequired.length > 0) {
    const names = missingRequired.map((position) => `${gene.definition.chromosome}:${position}`).join(', ')
    const doubt = `${names} must be known before any diplotype of ${gene.definition.gene} can be named`
    return { ...nothing, notes: [`Not called: ${doubt}.`], doubts: [doubt] }
  }
  return gene.rule.caller === 'lowest-function'
    ? lowestFunction(gene, sample)
    : diplotype(gene, sample, calls)
}

function diplotype(gene: CallableGene, sample: SampleGene, calls: ReadonlyMap<string, LocusCall>): GeneCall {
  const { table, rule } = gene
  const matches = matchDiplotypes(table, sample)
  const named = new Map<string, MatchedDiplotype>()
  for (const match of matches) {
    const a = table.alleles[match.a]!.reportedAs
    const b = match.b === undefined ? undefined : table.alleles[match.b]!.reportedAs
    const name = b === undefined ? a : diplotypeName(a, b)
    if (!named.has(name))
      named.set(name, {
        name,
        sides: b === undefined ? [[a]] : compareAlleles(a, b) <= 0 ? [[a], [b]] : [[b], [a]],
        score: match.score,
      })
  }
  const all = [...named.values()]
  const notes: string[] = []
  let reported = rule.keepAllScores ? all.length : all.filter((one) => one.score === all[0]?.score).length
  if (rule.keepAllScores && !sample.effectivelyPhased) {
    const pick = gene.definition.unphasedPicks
      .filter((one) => one.diplotypes.every((name) => named.has(name)))
      .sort((x, y) => y.diplotypes.length - x.diplotypes.length)[0]
    if (pick !== undefined) {
      all.sort((x, y) => Number(y.name === pick.pick) - Number(x.name === pick.pick))
      reported = 1
      notes.push(
        `Without phase ${all.map((one) => one.name).join(' and ')} fit; ${pick.pick} is reported because it is the more frequent.`,
      )
    }
  }
  const doubts = all.length === 0 ? [whyNothingFits(gene, sample)] : readAsReference(gene, sample)
  if (all.length === 0) notes.push(`Not called: ${doubts[0]}.`)
  const inferred = all.length === 0 ? fallback(gene, calls) : undefined
  if (inferred !== undefined)
    notes.push(`Function is inferred from ${rule.fallback!.rsid} alone, because no diplotype fits.`)
  return { table, sample, diplotypes: all, reported, alleles: [], inferred, notes, doubts }
}

function lowestFunction(gene: CallableGene, sample: SampleGene): GeneCall {
  const { table, intron } = gene
  const notes = intron === undefined ? [] : intronNotes(intron, sample)
  const doubts = [
    ...(sample.halfCalled.length > 0 ? [oneAllele(gene, sample)] : []),
    ...readAsReference(gene, sample),
  ]
  const base = { table, sample, inferred: undefined, notes, doubts }
  const unphased = sample.groups.some((group) => group.length === 1) && !sample.phasedCalls
  if (!sample.effectivelyPhased && (unphased || sample.groups.length > MOST_GROUPS)) {
    const present = allelesPresent(table, sample, intron === undefined ? [] : decideUnphased(intron, sample))
    const reference = table.alleles[table.reference]!.name
    const homozygous = sample.variant.some((locus) => sample.first[locus] === sample.second[locus])
    const alleles = present.length >= 2 ? present : homozygous ? present : [reference, ...present]
    return {
      ...base,
      diplotypes: [],
      reported: 0,
      alleles,
      notes: [...notes, 'The variants are not phased: which strand each lies on is not known.'],
    }
  }
  const reference = table.alleles[table.reference]!.name
  const side = (strand: StrandAlleles) => (strand.names.length === 0 ? [reference] : strand.names)
  const text = (names: readonly string[]) => (names.length === 1 ? names[0]! : `[${names.join(' + ')}]`)
  const pairs = arrangeStrands(table, sample, (strand) =>
    intron === undefined ? undefined : decideStrand(intron, strand),
  )
  const diplotypes = pairs
    .map(({ first, second }): MatchedDiplotype => {
      if (sample.haploid) return { name: text(side(first)), sides: [side(first)], score: first.score }
      const sides = [side(first), side(second)].sort((a, b) => compareAlleles(text(a), text(b)))
      return { name: sides.map(text).join('/'), sides, score: first.score + second.score }
    })
    .sort((a, b) => b.score - a.score || compareAlleles(a.name, b.name))
  return { ...base, diplotypes, reported: diplotypes.length, alleles: [] }
}

/** One decisive position read as two alleles of known function. */
function fallback(
  gene: CallableGene,
  calls: ReadonlyMap<string, LocusCall>,
): readonly [string, string] | undefined {
  const rule = gene.rule.fallback
  if (rule === undefined) return undefined
  const call = calls.get(`${gene.definition.chromosome}:${rule.position}`)
  if (call === undefined || call.alleles.length !== 2) return undefined
  const [a, b] = [rule.alleles[call.alleles[0]], rule.alleles[call.alleles[1]]]
  if (a === undefined || b === undefined) return undefined
  return compareAlleles(a, b) <= 0 ? [a, b] : [b, a]
}

function whyNothingFits(gene: CallableGene, sample: SampleGene): string {
  if (sample.halfCalled.length > 0) return oneAllele(gene, sample)
  const unknown = sample.undocumented.filter(
    ({ index }) => sample.first[index] === UNDOCUMENTED || sample.second[index] === UNDOCUMENTED,
  )
  if (unknown.length > 0) return `no allele definition knows ${basesOf(gene, unknown)}`
  return 'no pair of defined alleles explains all the variants that were seen'
}

function oneAllele({ table }: CallableGene, { halfCalled }: SampleGene): string {
  return `only one allele was read at ${halfCalled.map((index) => table.loci[index]!.id).join(', ')}`
}

/** The guideline of some genes reads a base that nobody has described as reference. What it does is not known for all that. */
function readAsReference(gene: CallableGene, { undocumented }: SampleGene): string[] {
  if (undocumented.length === 0 || !gene.rule.undocumentedAsReference) return []
  return [
    `no allele definition knows ${basesOf(gene, undocumented)}, which was read as reference; its effect is not known`,
  ]
}

function basesOf({ table }: CallableGene, found: SampleGene['undocumented']): string {
  return found.map(({ index, bases }) => `"${bases}" at ${table.loci[index]!.id}`).join(', ')
}
