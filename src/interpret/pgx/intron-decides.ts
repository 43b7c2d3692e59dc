import type { GeneRule } from '../../knowledge/pgx/gene-rule.ts'
import type { GeneTable } from './gene-table.ts'
import { type SampleGene, UNSEEN } from './sample-gene.ts'

type Rule = NonNullable<GeneRule['intronDecides']>

/** Indices of the two positions, and the code of the variant base at each. */
export interface IntronExon {
  readonly rule: Rule
  readonly intron: number
  readonly exon: number
  readonly intronVariant: number
  readonly exonVariant: number
}

/**
 * DPYD HapB3: the intronic variant c.1129-5923C>G (rs75017182) is causal, the exonic c.1236G>A (rs56038477) only tags
 * it. The intron decides wherever it was read; the exon stands in for it only where it was not.
 * Source: Meulendijks 2015, doi:10.1016/S1470-2045(15)00286-7; CPIC fluoropyrimidine guideline, allele functionality.
 */
export function intronExon(table: GeneTable, rule: Rule): IntronExon {
  const indexAt = (position: number) => table.loci.findIndex((locus) => locus.position === position)
  const [intron, exon] = [indexAt(rule.intronPosition), indexAt(rule.exonPosition)]
  return {
    rule,
    intron,
    exon,
    intronVariant: variantCode(table, intron, rule),
    exonVariant: variantCode(table, exon, rule),
  }
}

function variantCode(table: GeneTable, index: number, rule: Rule): number {
  const locus = table.loci[index]!
  const bases = table.definition.alleles
    .find((allele) => allele.name === rule.haplotype)
    ?.cells.get(locus.position)
  return locus.alts.indexOf(bases ?? '') + 1
}

/** What one strand carries of the haplotype: name and the number of seen positions that show it. */
export function decideStrand(
  at: IntronExon,
  strand: Uint8Array,
): { readonly name: string; readonly cells: number } | undefined {
  const intron = strand[at.intron]
  const onExon = strand[at.exon] === at.exonVariant
  if (intron === UNSEEN) return onExon ? { name: at.rule.haplotype, cells: 1 } : undefined
  if (intron !== at.intronVariant) return undefined
  return onExon ? { name: at.rule.haplotype, cells: 2 } : { name: at.rule.intronAllele, cells: 1 }
}

/** The same without phase: as many whole haplotypes as both positions allow, the other introns alone. */
export function decideUnphased(at: IntronExon, sample: SampleGene): string[] {
  const copies = (index: number, code: number) =>
    Number(sample.first[index] === code) + Number(sample.second[index] === code)
  const exons = copies(at.exon, at.exonVariant)
  if (sample.first[at.intron] === UNSEEN) return Array<string>(exons).fill(at.rule.haplotype)
  const introns = copies(at.intron, at.intronVariant)
  if (sample.first[at.exon] === UNSEEN) return Array<string>(introns).fill(at.rule.intronAllele)
  const whole = Math.min(introns, exons)
  return [
    ...Array<string>(whole).fill(at.rule.haplotype),
    ...Array<string>(introns - whole).fill(at.rule.intronAllele),
  ]
}

/** What the reader must know about the two positions, in sentences. */
export function intronNotes(at: IntronExon, sample: SampleGene): string[] {
  const tagOn = (strand: Uint8Array) => strand[at.exon] === at.exonVariant
  if (sample.first[at.intron] === UNSEEN) {
    if (!tagOn(sample.first) && !tagOn(sample.second)) return []
    return [
      `${at.rule.haplotype} is inferred from its exonic tag alone: the causal intronic position was not read.`,
    ]
  }
  const mismatch = [sample.first, sample.second].some(
    (strand) => tagOn(strand) && strand[at.intron] !== at.intronVariant,
  )
  if (!mismatch || !sample.effectivelyPhased) {
    const count = (index: number, code: number) =>
      Number(sample.first[index] === code) + Number(sample.second[index] === code)
    if (count(at.exon, at.exonVariant) <= count(at.intron, at.intronVariant)) return []
  }
  return [
    `The exonic tag of ${at.rule.haplotype} was found without its causal intronic variant: the intron decides and the tag is not counted.`,
  ]
}
