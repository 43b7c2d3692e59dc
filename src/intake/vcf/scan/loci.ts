import { chromosomeOf } from '../../../terms/genome.ts'

/** One stretch asked for: 1-based, [from, to]. */
export interface Locus {
  /** As it was written in the list. */
  readonly contig: string
  readonly from: number
  readonly to: number
}

/** Stretches of one contig, sorted and not overlapping, 1-based [from, to]. */
export interface Stretches {
  readonly from: Int32Array
  readonly to: Int32Array
}

/** Per contig, by `contigKey`. */
export type LociByContig = ReadonlyMap<string, Stretches>

/** One name for a contig however it is spelt: "1" and "chr1" are the same, "HLA-A*01:01" is itself. */
export function contigKey(name: string): string {
  return chromosomeOf(name) ?? name
}

/** Loci in any order, overlapping or not, as stretches to be searched. */
export function stretchesOf(loci: readonly Locus[]): LociByContig {
  const groups = Map.groupBy(loci, (locus) => contigKey(locus.contig))
  return new Map([...groups].map(([key, members]) => [key, merged(members)]))
}

function merged(loci: readonly Locus[]): Stretches {
  const sorted = loci.toSorted((a, b) => a.from - b.from)
  const from: number[] = []
  const to: number[] = []
  for (const one of sorted) {
    const last = to.length - 1
    if (last >= 0 && one.from <= to[last]! + 1) to[last] = Math.max(to[last]!, one.to)
    else {
      from.push(one.from)
      to.push(one.to)
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) }
}

/** First stretch that ends at or after the position, by halving. */
export function firstEndingFrom(stretches: Stretches, position: number): number {
  const { to } = stretches
  let low = 0
  let high = to.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (to[middle]! < position) low = middle + 1
    else high = middle
  }
  return low
}
