import type { CallableGene, GeneCall } from './call-gene.ts'
import type { TableAllele } from './gene-table.ts'
import { HALF } from './gene-table.ts'
import type { IntronExon } from './intron-decides.ts'
import { type SampleGene, UNSEEN } from './sample-gene.ts'

/**
 * Alleles that agree with all that was read but have a defining position that was not, and are not reported. The
 * strand that a half call left out may carry anything. Names as reported, in the order of the definition.
 */
export function notExcluded(gene: CallableGene, call: GeneCall): readonly string[] {
  const { table, sample } = call
  if (sample.seen === 0) return gene.everyAllele
  if (sample.seen === table.loci.length && sample.halfCalled.length === 0) return []
  const reported = new Set([
    ...call.diplotypes.slice(0, call.reported).flatMap((one) => one.sides.flat()),
    ...call.alleles,
  ])
  const found = new Set(gene.intron === undefined ? [] : intronNotExcluded(gene.intron, sample))
  for (const allele of table.alleles) {
    if (
      !allele.reference &&
      allele.defined.some((locus) => isUnread(sample, locus)) &&
      mayCarry(allele, sample)
    )
      found.add(allele.reportedAs)
  }
  return gene.everyAllele.filter((name) => found.has(name) && !reported.has(name))
}

/** Whether one strand of the sample could be this allele, if every base that was not read is as the allele needs it. */
export function mayCarry(allele: TableAllele, sample: SampleGene): boolean {
  return allele.accepts.every(
    (mask, locus) =>
      isUnread(sample, locus) || (mask & ((1 << sample.first[locus]!) | (1 << sample.second[locus]!))) !== 0,
  )
}

function isUnread({ first, second }: SampleGene, locus: number): boolean {
  return first[locus] === UNSEEN || first[locus] === HALF || second[locus] === HALF
}

/** Of the haplotype that its intron decides: what stays open while the intron, or beside it the exon, was not read. */
function intronNotExcluded(at: IntronExon, sample: SampleGene): string[] {
  const open = (locus: number, code: number) =>
    isUnread(sample, locus) || sample.first[locus] === code || sample.second[locus] === code
  const { haplotype, intronAllele } = at.rule
  if (!open(at.intron, at.intronVariant)) return []
  if (isUnread(sample, at.intron))
    return open(at.exon, at.exonVariant) ? [haplotype, intronAllele] : [intronAllele]
  return isUnread(sample, at.exon) ? [haplotype] : []
}
