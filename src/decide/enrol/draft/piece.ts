import type { Criterion } from '../criterion.ts'

/** A part of a text that was understood. */
export interface Piece {
  readonly criterion: Criterion
  /** Characters of the text, from 0: [start, end). */
  readonly start: number
  readonly end: number
  /** The text says that it must not be so; what is joined to it by "or" must not be so either. */
  readonly negated?: boolean
}

/** Pieces that follow one another; of two that overlap the longer one stays, else the earlier. */
export function withoutOverlap(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = []
  const longest = [...pieces].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  for (const one of longest)
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one)
  return kept.sort((a, b) => a.start - b.start)
}
