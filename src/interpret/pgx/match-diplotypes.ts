import { compareAlleles } from './allele-order.ts'
import type { GeneTable, TableAllele } from './gene-table.ts'
import { type SampleGene, UNSEEN } from './sample-gene.ts'

/** Two alleles that together explain every seen position, or one for a haploid sample. Indices into the table. */
interface DiplotypeMatch {
  readonly a: number
  /** Undefined for a haploid sample. */
  readonly b: number | undefined
  /** Number of defining cells that were matched, over both strands. */
  readonly score: number
}

/**
 * Every diplotype that fits, best score first, then by name. The score of an allele is the number of seen positions
 * its definition names (all of them for the reference); an IUPAC cell counts only where the strand carries a variant.
 * An allele of which no defining position was seen is left out: it can be neither confirmed nor excluded.
 */
export function matchDiplotypes(table: GeneTable, sample: SampleGene): DiplotypeMatch[] {
  const candidates = allelesThatFitEitherStrand(table, sample)
  const matches: DiplotypeMatch[] = []
  if (sample.haploid) {
    for (const { index, cells } of candidates) {
      matches.push({
        a: index,
        b: undefined,
        score: cells + wobbleCells(table.alleles[index]!, sample.first),
      })
    }
  } else {
    for (let i = 0; i < candidates.length; i++) {
      for (let j = i; j < candidates.length; j++) {
        const a = candidates[i]!
        const b = candidates[j]!
        const wobble = pairFits(table.alleles[a.index]!, table.alleles[b.index]!, sample)
        if (wobble >= 0) matches.push({ a: a.index, b: b.index, score: a.cells + b.cells + wobble })
      }
    }
  }
  const name = (match: DiplotypeMatch, which: 'a' | 'b') => {
    const index = match[which]
    return index === undefined ? '' : table.alleles[index]!.name
  }
  return matches
    .map((match) =>
      match.b !== undefined && compareAlleles(name(match, 'a'), name(match, 'b')) > 0
        ? { ...match, a: match.b, b: match.a }
        : match,
    )
    .sort(
      (x, y) =>
        y.score - x.score ||
        compareAlleles(name(x, 'a'), name(y, 'a')) ||
        compareAlleles(name(x, 'b'), name(y, 'b')),
    )
}

/** Alleles that could lie on one strand or the other, each with its seen, unambiguous defining cells. */
function allelesThatFitEitherStrand(
  table: GeneTable,
  sample: SampleGene,
): { index: number; cells: number }[] {
  const { first, second, variant } = sample
  const found: { index: number; cells: number }[] = []
  next: for (let index = 0; index < table.alleles.length; index++) {
    const allele = table.alleles[index]!
    for (const locus of allele.needsVariant) {
      if (first[locus] === 0 && second[locus] === 0) continue next
    }
    for (const locus of variant) {
      if ((allele.accepts[locus]! & ((1 << first[locus]!) | (1 << second[locus]!))) === 0) continue next
    }
    let seen = 0
    for (const locus of allele.defined) if (first[locus] !== UNSEEN) seen++
    if (seen === 0) continue
    for (const locus of allele.wobbles) if (first[locus] !== UNSEEN) seen--
    found.push({ index, cells: seen })
  }
  return found
}

/** IUPAC cells that count: those where the strand is seen and not REF. */
function wobbleCells(allele: TableAllele, strand: Uint8Array): number {
  let count = 0
  for (const locus of allele.wobbles) if (strand[locus] !== 0 && strand[locus] !== UNSEEN) count++
  return count
}

/**
 * Whether the alleles complement each other at every seen position, in some arrangement of each phase group.
 * Returns the largest number of IUPAC cells that count over the arrangements that fit, or -1.
 */
function pairFits(a: TableAllele, b: TableAllele, sample: SampleGene): number {
  const { first, second } = sample
  for (const locus of sample.variant) {
    const x = first[locus]!
    if (x === second[locus] && (a.accepts[locus]! & b.accepts[locus]! & (1 << x)) === 0) return -1
  }
  let wobble = 0
  const counting = a.wobbles.length > 0 || b.wobbles.length > 0
  if (counting) {
    for (const locus of a.wobbles)
      if (first[locus] === second[locus] && first[locus] !== 0 && first[locus] !== UNSEEN) wobble++
    for (const locus of b.wobbles)
      if (first[locus] === second[locus] && first[locus] !== 0 && first[locus] !== UNSEEN) wobble++
  }
  for (const group of sample.groups) {
    const forward = arrangement(a, b, group, first, second, counting)
    const backward = arrangement(a, b, group, second, first, counting)
    if (forward < 0 && backward < 0) return -1
    wobble += Math.max(forward, backward)
  }
  return wobble
}

/** IUPAC cells that count when `a` lies on `x` and `b` on `y` within the group, or -1 when they do not fit. */
function arrangement(
  a: TableAllele,
  b: TableAllele,
  group: readonly number[],
  x: Uint8Array,
  y: Uint8Array,
  counting: boolean,
): number {
  let wobble = 0
  for (const locus of group) {
    if ((a.accepts[locus]! & (1 << x[locus]!)) === 0 || (b.accepts[locus]! & (1 << y[locus]!)) === 0)
      return -1
    if (counting) {
      if (x[locus] !== 0 && isWobble(a, locus)) wobble++
      if (y[locus] !== 0 && isWobble(b, locus)) wobble++
    }
  }
  return wobble
}

function isWobble(allele: TableAllele, locus: number): boolean {
  return allele.wobbles.includes(locus)
}
