import { compareAlleles } from './allele-order.ts'
import { type GeneTable, HALF } from './gene-table.ts'
import { type SampleGene, UNSEEN } from './sample-gene.ts'

/** The named variants on one strand of a gene whose definitions are single variants (DPYD, RYR1). */
export interface StrandAlleles {
  /** Names in report order; empty for a reference strand. */
  readonly names: readonly string[]
  /** Seen defining positions of those names; of a reference strand, all seen positions. A half call takes one away. */
  readonly score: number
}

/** Both strands of one arrangement of the phase groups. */
interface StrandPair {
  readonly first: StrandAlleles
  readonly second: StrandAlleles
}

/** More phase groups than this are listed without strands: 2^11 arrangements tell nobody anything. */
export const MOST_GROUPS = 11

/** A name that another rule finds on a strand (the table was compiled without it), and its seen cells. */
type FoundElsewhere = (strand: Uint8Array) => { readonly name: string; readonly cells: number } | undefined

/**
 * Every arrangement of the phase groups, each as the named variants of its two strands, without repeats.
 */
export function arrangeStrands(
  table: GeneTable,
  sample: SampleGene,
  elsewhere: FoundElsewhere,
): StrandPair[] {
  const pairs = new Map<string, StrandPair>()
  const flips = 2 ** Math.max(0, sample.groups.length - 1)
  for (let flip = 0; flip < flips; flip++) {
    const x = Uint8Array.from(sample.first)
    const y = Uint8Array.from(sample.second)
    sample.groups.forEach((group, g) => {
      // The first group stays: turning all groups gives the same pair.
      if (g === 0 || ((flip >> (g - 1)) & 1) === 0) return
      for (const locus of group) [x[locus], y[locus]] = [y[locus]!, x[locus]!]
    })
    const first = strandAlleles(table, x, sample, elsewhere)
    const second = strandAlleles(table, y, sample, elsewhere)
    const key = [first.names.join('+'), second.names.join('+')].sort().join('/')
    if (!pairs.has(key)) pairs.set(key, { first, second })
  }
  return [...pairs.values()]
}

function strandAlleles(
  table: GeneTable,
  strand: Uint8Array,
  sample: SampleGene,
  elsewhere: FoundElsewhere,
): StrandAlleles {
  const contained = table.alleles
    .filter((allele) => !allele.reference)
    .map((allele) => ({
      name: allele.reportedAs,
      cells: [...allele.defined].filter((locus) => strand[locus] !== UNSEEN),
      allele,
    }))
    .filter(
      ({ cells, allele }) =>
        cells.length > 0 && cells.every((locus) => (allele.accepts[locus]! & (1 << strand[locus]!)) !== 0),
    )
    .sort((a, b) => b.cells.length - a.cells.length || compareAlleles(a.name, b.name))
  const taken = new Set<number>()
  const names: string[] = []
  let score = 0
  for (const { name, cells } of contained) {
    if (cells.some((locus) => taken.has(locus))) continue
    for (const locus of cells) taken.add(locus)
    names.push(name)
    score += cells.length
  }
  const other = elsewhere(strand)
  if (other !== undefined) {
    names.push(other.name)
    score += other.cells
  }
  // A half call is a base nobody read: it is written out, so that the strand is not taken for complete.
  const unread = sample.halfCalled
    .filter((locus) => strand[locus] === HALF)
    .map((locus) => `g.${table.loci[locus]!.position}?`)
  if (names.length === 0 && unread.length === 0) return { names: [], score: sample.seen }
  return { names: [...names.sort(compareAlleles), ...unread], score: Math.max(0, score - unread.length) }
}

/**
 * Without phase: every named variant that the sample carries, twice when on both strands, and the reference when one
 * strand could be free of variants. In report order.
 */
export function allelesPresent(table: GeneTable, sample: SampleGene, elsewhere: readonly string[]): string[] {
  const found: string[] = [...elsewhere]
  for (const allele of table.alleles) {
    if (allele.reference) continue
    const cells = [...allele.defined].filter((locus) => sample.first[locus] !== UNSEEN)
    if (cells.length === 0) continue
    const on = (strand: Uint8Array, locus: number) => (allele.accepts[locus]! & (1 << strand[locus]!)) !== 0
    if (!cells.every((locus) => on(sample.first, locus) || on(sample.second, locus))) continue
    found.push(allele.reportedAs)
    if (cells.every((locus) => on(sample.first, locus) && on(sample.second, locus)))
      found.push(allele.reportedAs)
  }
  return found.sort(compareAlleles)
}
