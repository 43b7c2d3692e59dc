import type { Position } from '../hgvs/expression.ts'
import type { CodingSequence } from '../transcript.ts'

/** A base of a transcript, counted from 0, or one of the intron beside it. */
export interface TranscriptPlace {
  /** Negative before the first base, beyond the last one after it: HGVS may count there. */
  readonly base: number
  /** Bases into the intron: +1 is the first behind `base`, -1 the last before it; 0 in the exon. */
  readonly offset: number
}

/**
 * Where a position as HGVS counts it lies: c. from the start codon and, with "*", from the stop codon; n. and r. of a
 * transcript that is not translated from its first base. Undefined for "?", for a zero, and for c. without a coding sequence.
 * Source: HGVS Nomenclature 21.0, "Numbering".
 */
export function placeOf(position: Position, cds: CodingSequence | undefined): TranscriptPlace | undefined {
  const { from, base, offset } = position
  if (base === undefined || base === 0 || !Number.isFinite(offset)) return undefined
  if (from === 'stop') return cds === undefined ? undefined : { base: cds.end - 1 + base, offset }
  const start = cds?.start ?? 0
  return { base: base > 0 ? start + base - 1 : start + base, offset }
}

/** The position as HGVS counts it; without a coding sequence from the transcript's first base. */
export function positionOf({ base, offset }: TranscriptPlace, cds: CodingSequence | undefined): Position {
  if (cds !== undefined && base >= cds.end) return { from: 'stop', base: base - cds.end + 1, offset }
  const counted = base - (cds?.start ?? 0)
  return { from: 'start', base: counted >= 0 ? counted + 1 : counted, offset }
}
