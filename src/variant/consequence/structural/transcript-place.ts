import { span, type Transcript } from '../../transcript.ts'
import type { BreakEnd } from './structural-change.ts'

/** Where a break lies in a transcript: inside an exon, or in the intron behind it; exons counted from 1 as they are read. */
export interface TranscriptPlace {
  readonly kind: 'exon' | 'intron'
  readonly exon: number
  /** Bases of the transcript before the break; in an intron those of all exons before it. */
  readonly at: number
  /** Bases to the nearest exon from a break in an intron; 0 in an exon. */
  readonly room: number
}

/** The bases of the genome before a break, counted from the first of its contig. */
export function cutOf({ position, keeps }: BreakEnd): number {
  return keeps === 'left' ? position : position - 1
}

/** Undefined where the break does not part the transcript. */
export function placeOfCut(transcript: Transcript, cut: number): TranscriptPlace | undefined {
  const { start, end } = span(transcript)
  if (cut <= start || cut >= end) return undefined
  const forward = transcript.strand === 1
  for (const [i, exon] of transcript.exons.entries()) {
    // A break at an exon's edge lies in the intron beside it.
    if (cut > exon.start && cut < exon.end) {
      const into = forward ? cut - exon.start : exon.end - cut
      return { kind: 'exon', exon: i + 1, at: exon.transcriptStart + into, room: 0 }
    }
    const next = transcript.exons[i + 1]
    if (next === undefined) return undefined
    const [from, to] = forward ? [exon.end, next.start] : [next.end, exon.start]
    if (cut >= from && cut <= to)
      return {
        kind: 'intron',
        exon: i + 1,
        at: exon.transcriptEnd,
        room: Math.min(cut - from, to - cut),
      }
  }
  return undefined
}

/** Does an end keep the part of the transcript that is read first? */
export function keepsFirstPart({ strand }: Transcript, { keeps }: BreakEnd): boolean {
  return (strand === 1) === (keeps === 'left')
}
