import type { GeneFrequencies } from '../../knowledge/pgx/haplotype-frequency.ts'
import type { Candidate } from '../finding.ts'
import { compareAlleles, diplotypeName } from './allele-order.ts'
import type { GeneCall } from './call-gene.ts'
import { callOf, type Interpreter } from './diplotype-call.ts'
import { mayCarry } from './hidden-alleles.ts'

/** Beyond this many pairs the least probable are left out of the list; their share stays in the total. */
const MOST_LISTED = 50

/**
 * Every diplotype that the seen positions allow, with its share of the probability under Hardy-Weinberg proportions of
 * the population's haplotype frequencies. Alleles that no seen position could tell from another are included when
 * the population is known to carry them; they are what a missing position may hide.
 * Most probable first; diplotypes that the frequencies say nothing of come last, without a probability.
 */
export function candidatesOf(
  gene: Interpreter,
  call: GeneCall,
  frequencies: GeneFrequencies | undefined,
): Candidate[] {
  const fitting = new Map<string, { sides: readonly string[]; reported: boolean }>()
  call.diplotypes.forEach((one, i) => {
    if (one.sides.every((side) => side.length === 1)) {
      fitting.set(one.name, { sides: one.sides.map((side) => side[0]!), reported: i < call.reported })
    }
  })
  if (frequencies !== undefined && call.sample.seen < call.table.loci.length && call.reported > 0) {
    const carried = (allele: string) => (frequencies.frequencyOf(allele) ?? 0) > 0
    for (const sides of pairsThatFit(call, carried)) {
      const name = sides.length === 1 ? sides[0]! : diplotypeName(sides[0]!, sides[1]!)
      if (!fitting.has(name)) fitting.set(name, { sides: [...sides].sort(compareAlleles), reported: false })
    }
  }
  const weighed = [...fitting].map(([name, one]) => ({
    name,
    ...one,
    weight: weightOf(one.sides, frequencies),
  }))
  const total = weighed.reduce((sum, one) => sum + one.weight, 0)
  // With a position unseen, the only fit is the only one that is known of: without frequencies that is no certainty.
  const alone = weighed.length === 1 && call.sample.seen === call.table.loci.length
  return weighed
    .sort(
      (a, b) =>
        b.weight - a.weight || Number(b.reported) - Number(a.reported) || compareAlleles(a.name, b.name),
    )
    .filter((one, i) => one.reported || i < MOST_LISTED)
    .map((one) => {
      const diplotype = callOf(gene, one.sides, 0)
      return {
        name: one.name,
        phenotype: diplotype.phenotype,
        activityScore: diplotype.activityScore,
        probability: one.weight > 0 ? one.weight / total : alone ? 1 : undefined,
        reported: one.reported,
      }
    })
}

function weightOf(sides: readonly string[], frequencies: GeneFrequencies | undefined): number {
  if (frequencies === undefined) return 0
  const each = sides.map((side) => frequencies.frequencyOf(side) ?? 0)
  if (each.length === 1) return each[0]!
  return each[0]! * each[1]! * (sides[0] === sides[1] ? 1 : 2)
}

/**
 * Pairs of alleles (one allele of a haploid sample) that agree with every seen position when the unseen ones may hold
 * anything. Only alleles that `among` lets through are tried.
 */
export function pairsThatFit(call: GeneCall, among: (allele: string) => boolean): string[][] {
  const { table, sample } = call
  const possible = table.alleles.filter((allele) => among(allele.reportedAs) && mayCarry(allele, sample))
  if (sample.haploid) return possible.map((allele) => [allele.reportedAs])
  const pairs: string[][] = []
  possible.forEach((a, i) => {
    for (const b of possible.slice(i)) {
      const homozygousFits = sample.variant.every((locus) => {
        const bit = 1 << sample.first[locus]!
        return (
          sample.first[locus] !== sample.second[locus] || (a.accepts[locus]! & b.accepts[locus]! & bit) !== 0
        )
      })
      const fits = (x: Uint8Array, y: Uint8Array, group: readonly number[]) =>
        group.every(
          (locus) =>
            (a.accepts[locus]! & (1 << x[locus]!)) !== 0 && (b.accepts[locus]! & (1 << y[locus]!)) !== 0,
        )
      if (!homozygousFits) continue
      if (
        sample.groups.every(
          (group) => fits(sample.first, sample.second, group) || fits(sample.second, sample.first, group),
        )
      ) {
        pairs.push([a.reportedAs, b.reportedAs])
      }
    }
  })
  return pairs
}
