import type { SequenceSource } from './sequence.ts'
import { known, type Named, type SequenceChange, unknown } from './sequence-change.ts'

/** A change is followed no further than this along a repeat, in bases. */
const FURTHEST = 5_000_000

/** [start, end) that a change must stay in, counted from 0: an exon, or the whole sequence. */
export interface Bounds {
  readonly start: number
  readonly end: number
  /** True where bases follow on either side, so that an insertion may stand at the very start or end. */
  readonly goesOn?: true
}

/**
 * How many bases a pure insertion or deletion may be moved to either side without changing the result. Time is linear in the
 * answer. Unknown where the bases that decide it are not known (a gap of the assembly, a slice of a file).
 * Source: Holmes et al. 2020, doi:10.1093/bioinformatics/btz856 (VOCA); GA4GH VRS 2, "Allele Normalization".
 */
export function roll(
  change: SequenceChange,
  source: SequenceSource,
  bounds?: Bounds,
): Named<{ readonly left: number; readonly right: number }> {
  const { sequence, start, deleted, inserted } = change
  const contig = source.contig(sequence)
  if (contig === undefined) return unknown({ kind: 'no-sequence', sequence })
  const unit = deleted === '' ? inserted : deleted
  const end = start + deleted.length
  const from = Math.max(0, bounds?.start ?? 0)
  const to = Math.min(contig.length, bounds?.end ?? contig.length)
  const read = (first: number, last: number) => source.bases(contig.name, first, last)
  const right = follow(Math.max(0, to - end), (k, n) => read(end + k, end + k + n), unit)
  if (right === undefined) return unknown({ kind: 'bases-unknown', sequence, start: end, end: end + 1 })
  const backwards = (k: number, n: number) => reversed(read(start - k - n, start - k))
  const left = follow(Math.max(0, start - from), backwards, reversed(unit))
  if (left === undefined) return unknown({ kind: 'bases-unknown', sequence, start: start - 1, end: start })
  return known({ left, right })
}

/** How many bases go on as the unit does, over and over; undefined when that is not known. */
function follow(
  most: number,
  read: (from: number, count: number) => string,
  unit: string,
): number | undefined {
  let seen = 0
  let size = 64
  while (seen < most) {
    if (seen >= FURTHEST) return undefined
    const bases = read(seen, Math.min(size, most - seen))
    for (let i = 0; i < bases.length; i++) {
      const base = bases[i]!
      if (base === unit[(seen + i) % unit.length]) continue
      return 'ACGT'.includes(base) ? seen + i : undefined
    }
    if (bases.length === 0) return seen
    seen += bases.length
    size = Math.min(size * 2, 65_536)
  }
  return most
}

function reversed(text: string): string {
  let other = ''
  for (let i = text.length - 1; i >= 0; i--) other += text[i]
  return other
}
