import type { Transcript, TranscriptSource } from '../../transcript.ts'
import { GENE_FUSION, NONE, type TermSet } from '../term.ts'
import { chosenTranscript } from '../transcript-choice.ts'
import { type GeneFusion, geneFusions, geneKey } from './gene-fusion.ts'
import type { BreakEnd, StructuralChange } from './structural-change.ts'
import { type Reach, structuralEffect } from './structural-effect.ts'
import { cutOf } from './transcript-place.ts'

/** What a change of many bases, or a join, does to one transcript. */
export interface StructuralDetail extends Reach {
  readonly change: StructuralChange
  /** Candidates in which this transcript is a partner. */
  readonly fusions: readonly GeneFusion[]
  /** False where it would be another thing at another place that the file allows (CIPOS, CIEND, IMPRECISE). */
  readonly certain: boolean
}

interface StructuralCall {
  readonly transcript: Transcript
  readonly terms: TermSet
  readonly detail: StructuralDetail
}

/**
 * Consequences of a structural change, by gene from left to right. A gene that is covered whole is told once, on the transcript
 * that a report speaks of; of one that is broken every transcript is told.
 */
export function callStructural(
  contig: string,
  change: StructuralChange,
  transcripts: TranscriptSource,
): StructuralCall[] {
  const fusions = geneFusions(change, transcripts)
  const calls = reached(contig, change, transcripts).flatMap((transcript): StructuralCall[] => {
    const effect = structuralEffect(transcript, change)
    if (effect === undefined) return []
    const own = fusions.filter(({ five, three }) => [five.transcript, three.transcript].includes(transcript))
    const { terms, ...reach } = effect
    const certain = isCertain(transcript, change, JSON.stringify(effect))
    return [
      {
        transcript,
        terms: terms | (own.length > 0 ? GENE_FUSION : NONE),
        detail: { ...reach, change, fusions: own, certain },
      },
    ]
  })
  return [...Map.groupBy(calls, ({ transcript }) => geneKey(transcript)).values()].flatMap((some) => {
    if (some.some(({ detail }) => detail.covers !== 'whole')) return some
    const chosen = chosenTranscript(some.map(({ transcript }) => transcript))
    return some.filter(({ transcript }) => transcript === chosen)
  })
}

function reached(
  contig: string,
  { stretch, joins }: StructuralChange,
  transcripts: TranscriptSource,
): readonly Transcript[] {
  if (stretch !== undefined) return transcripts.overlapping(contig, stretch.begin - 1, stretch.end)
  const cuts = joins.map(([own]) => cutOf(own))
  return cuts.flatMap((cut) => transcripts.overlapping(contig, Math.max(0, cut - 1), cut + 1))
}

/** The same at the innermost and the outermost places that the ends may have. */
function isCertain(transcript: Transcript, change: StructuralChange, told: string): boolean {
  const { slack, stretch, joins } = change
  if (slack === undefined) return false
  if (slack === 0) return true
  return [-slack, slack].every((by) => {
    const moved = (end: BreakEnd): BreakEnd => ({ ...end, position: end.position + by })
    const other: StructuralChange = {
      ...change,
      stretch: stretch && { begin: stretch.begin - by, end: stretch.end + by },
      joins: joins.map(([own]) => [moved(own)] as const),
    }
    const { begin, end } = other.stretch ?? { begin: 0, end: 0 }
    return begin <= end && JSON.stringify(structuralEffect(transcript, other)) === told
  })
}
