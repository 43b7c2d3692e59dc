import type { SequenceSource } from './sequence.ts'
import { known, type Named, unknown } from './sequence-change.ts'

/** No answer reads a longer stretch, in bases. */
const LONGEST_STRETCH = 5_000_000

/**
 * Bases [start, end) of a sequence, counted from 0; unknown where no file has it, and where it is not A, C, G and T there.
 * Clipped to the ends of the sequence.
 */
export function knownBases(
  source: SequenceSource,
  sequence: string,
  start: number,
  end: number,
): Named<string> {
  const contig = source.contig(sequence)
  if (contig === undefined) return unknown({ kind: 'no-sequence', sequence })
  if (end - start > LONGEST_STRETCH) {
    return unknown({ kind: 'too-long', bases: end - start, most: LONGEST_STRETCH })
  }
  const bases = source.bases(contig.name, start, end)
  if (/[^ACGT]/.test(bases)) return unknown({ kind: 'bases-unknown', sequence, start, end })
  return known(bases)
}
