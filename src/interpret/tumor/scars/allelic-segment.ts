import type { CopyNumberSegment } from '../../../record/tumor-profile.ts'

/** A stretch of one chromosome with copies of both alleles, major >= minor; [start, end], 1-based. */
export interface AllelicSegment {
  readonly start: number
  readonly end: number
  readonly major: number
  readonly minor: number
}

/** The segments of an autosome in rising order. */
export interface Chromosome {
  readonly name: string
  readonly segments: readonly AllelicSegment[]
}

/** Autosomes with their allele-specific segments, equal neighbours joined; segments without minor copies are left out, copies are rounded. */
export function autosomes(segments: readonly CopyNumberSegment[]): Chromosome[] {
  const found = Map.groupBy(
    segments.filter(
      ({ chromosome, minor }) => minor !== undefined && /^([1-9]|1\d|2[0-2])$/.test(chromosome),
    ),
    ({ chromosome }) => chromosome,
  )
  return [...found]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([name, list]) => ({
      name,
      segments: joined(
        list
          .map(({ start, end, total, minor }) => {
            const one = Math.round(minor!)
            const other = Math.max(0, Math.round(total) - one)
            return { start, end, major: Math.max(one, other), minor: Math.min(one, other) }
          })
          .sort((a, b) => a.start - b.start || a.end - b.end),
      ),
    }))
}

/** Neighbours with the same copies of both alleles become one, gaps between them included. */
export function joined(segments: readonly AllelicSegment[]): AllelicSegment[] {
  const result: AllelicSegment[] = []
  for (const one of segments) {
    const last = result.at(-1)
    if (last !== undefined && last.major === one.major && last.minor === one.minor)
      result[result.length - 1] = { ...last, end: Math.max(last.end, one.end) }
    else result.push(one)
  }
  return result
}

export function lengthOf({ start, end }: { readonly start: number; readonly end: number }): number {
  return end - start
}
