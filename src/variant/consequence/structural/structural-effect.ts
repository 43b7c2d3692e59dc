import { span, type Transcript } from '../../transcript.ts'
import {
  CODING_SEQUENCE,
  ELONGATION,
  EXON_LOSS,
  INTRON,
  NON_CODING,
  NONE,
  SPLICE_ACCEPTOR,
  SPLICE_DONOR,
  START_LOST,
  STOP_LOST,
  type TermSet,
  TRANSCRIPT,
  TRANSCRIPT_ABLATION,
  TRANSCRIPT_AMPLIFICATION,
  TRUNCATION,
  UTR_3,
  UTR_5,
} from '../term.ts'
import type { StructuralChange } from './structural-change.ts'
import { cutOf, placeOfCut } from './transcript-place.ts'

/** How a change of many bases lies to a transcript; exons counted from 1 as they are read. */
export interface Reach {
  /** break: it parts the transcript there, and nothing is lost or repeated by itself. */
  readonly covers: 'whole' | 'first part' | 'last part' | 'inside' | 'break'
  readonly exonsWhole: readonly number[]
  readonly exonsPart: readonly number[]
  readonly codingBases: number
  /** Told of whole exons between others that are lost, or repeated beside themselves. */
  readonly frame: 'kept' | 'shifted' | undefined
}

interface StructuralEffect extends Reach {
  readonly terms: TermSet
}

/** Bases of an intron beside an exon that are its splice site. */
const SITE = 2

/** What a change does to one transcript; undefined where it does not reach it. */
export function structuralEffect(
  transcript: Transcript,
  change: StructuralChange,
): StructuralEffect | undefined {
  const reach =
    change.stretch === undefined ? breakOf(transcript, change) : reachOf(transcript, change.stretch)
  if (reach === undefined) return undefined
  return { ...reach, terms: termsOf(transcript, change, reach) }
}

function breakOf(transcript: Transcript, { joins }: StructuralChange): Reach | undefined {
  // The first end of a join is the record's own place; the other is told at its own record.
  const place = joins.map(([own]) => placeOfCut(transcript, cutOf(own))).find((one) => one !== undefined)
  if (place === undefined) return undefined
  const exonsPart = place.kind === 'exon' ? [place.exon] : []
  return { covers: 'break', exonsWhole: [], exonsPart, codingBases: 0, frame: undefined }
}

/** `stretch`: 1-based [begin, end]. */
function reachOf(
  transcript: Transcript,
  stretch: NonNullable<StructuralChange['stretch']>,
): Reach | undefined {
  const [from, to] = [stretch.begin - 1, stretch.end]
  const { start, end } = span(transcript)
  if (to <= start || from >= end) return undefined
  const exonsWhole: number[] = []
  const exonsPart: number[] = []
  let codingBases = 0
  for (const [i, exon] of transcript.exons.entries()) {
    const [low, high] = [Math.max(from, exon.start), Math.min(to, exon.end)]
    if (low >= high) continue
    if (low === exon.start && high === exon.end) exonsWhole.push(i + 1)
    else exonsPart.push(i + 1)
    codingBases += codingOf(transcript, ...inTranscript(transcript, exon, low, high))
  }
  const [left, right] = [from <= start, to >= end]
  const covers =
    left && right
      ? 'whole'
      : !left && !right
        ? 'inside'
        : left === (transcript.strand === 1)
          ? 'first part'
          : 'last part'
  const between =
    covers === 'inside' &&
    exonsPart.length === 0 &&
    exonsWhole.length > 0 &&
    codingBases > 0 &&
    codingBases < codingOf(transcript, 0, Number.POSITIVE_INFINITY) &&
    !holdsStart(transcript, exonsWhole) &&
    !holdsStop(transcript, exonsWhole)
  const frame = between ? (codingBases % 3 === 0 ? 'kept' : 'shifted') : undefined
  return { covers, exonsWhole, exonsPart, codingBases, frame }
}

/** The part [low, high) of an exon on the genome, in the transcript. */
function inTranscript(
  { strand }: Transcript,
  exon: Transcript['exons'][number],
  low: number,
  high: number,
): [number, number] {
  return strand === 1
    ? [exon.transcriptStart + low - exon.start, exon.transcriptStart + high - exon.start]
    : [exon.transcriptStart + exon.end - high, exon.transcriptStart + exon.end - low]
}

function codingOf({ cds }: Transcript, from: number, to: number): number {
  return cds === undefined ? 0 : Math.max(0, Math.min(to, cds.end) - Math.max(from, cds.start))
}

function holds({ exons }: Transcript, numbers: readonly number[], from: number, to: number): boolean {
  return numbers.some((one) => exons[one - 1]!.transcriptStart < to && exons[one - 1]!.transcriptEnd > from)
}

function holdsStart(transcript: Transcript, exons: readonly number[]): boolean {
  const { cds } = transcript
  return cds !== undefined && holds(transcript, exons, cds.start, cds.start + 3)
}

function holdsStop(transcript: Transcript, exons: readonly number[]): boolean {
  const { cds } = transcript
  return cds !== undefined && holds(transcript, exons, cds.end - 3, cds.end)
}

function termsOf(transcript: Transcript, change: StructuralChange, reach: Reach): TermSet {
  const { covers, exonsWhole, exonsPart } = reach
  const exonic = exonsWhole.length + exonsPart.length > 0
  switch (change.alteration) {
    case 'deletion':
    case 'copy_number_loss': {
      if (covers === 'whole') return TRANSCRIPT_ABLATION
      const sites = splicedSites(transcript, change.stretch!)
      if (!exonic) return sites === NONE ? intronOf(transcript) : sites
      const lost = exonsWhole.length > 0 ? EXON_LOSS : NONE
      return (
        TRUNCATION |
        lost |
        sites |
        partsOf(transcript, change.stretch!) |
        endsLost(transcript, change.stretch!)
      )
    }
    case 'duplication':
    case 'tandem_duplication':
    case 'copy_number_gain':
      if (covers === 'whole') return TRANSCRIPT_AMPLIFICATION
      if (!exonic) return intronOf(transcript)
      // Of a repeated end the transcript itself stays whole beside it.
      if (covers !== 'inside') return TRANSCRIPT
      return ELONGATION | partsOf(transcript, change.stretch!)
    case 'inversion':
      if (covers === 'whole') return TRANSCRIPT
      if (!exonic && covers === 'inside') return intronOf(transcript)
      return TRUNCATION | (exonic ? partsOf(transcript, change.stretch!) : NONE)
    case 'chromosome_breakpoint':
      return TRUNCATION
  }
}

function intronOf({ cds }: Transcript): TermSet {
  return cds === undefined ? NON_CODING : INTRON
}

/** Which parts of the transcript the stretch reaches. */
function partsOf(transcript: Transcript, stretch: NonNullable<StructuralChange['stretch']>): TermSet {
  const { cds, exons } = transcript
  if (cds === undefined) return NON_CODING
  let terms = NONE
  for (const part of touched(transcript, stretch)) {
    if (part[0] < cds.start) terms |= UTR_5
    if (part[1] > cds.end) terms |= UTR_3
    if (part[0] < cds.end && part[1] > cds.start) terms |= CODING_SEQUENCE
  }
  return exons.length > 0 ? terms : NONE
}

function endsLost(transcript: Transcript, stretch: NonNullable<StructuralChange['stretch']>): TermSet {
  const { cds } = transcript
  if (cds === undefined) return NONE
  let terms = NONE
  for (const [from, to] of touched(transcript, stretch)) {
    if (cds.startKnown && from < cds.start + 3 && to > cds.start) terms |= START_LOST
    if (cds.endKnown && from < cds.end && to > cds.end - 3) terms |= STOP_LOST
  }
  return terms
}

/** The parts of the transcript, in its own coordinates, that a stretch of the genome holds. */
function touched(
  transcript: Transcript,
  { begin, end }: NonNullable<StructuralChange['stretch']>,
): [number, number][] {
  return transcript.exons.flatMap((exon) => {
    const [low, high] = [Math.max(begin - 1, exon.start), Math.min(end, exon.end)]
    return low < high ? [inTranscript(transcript, exon, low, high)] : []
  })
}

/** Splice sites of exons that are not lost whole. */
function splicedSites(
  { exons, strand }: Transcript,
  { begin, end }: NonNullable<StructuralChange['stretch']>,
): TermSet {
  const [from, to] = [begin - 1, end]
  let terms = NONE
  for (const [i, exon] of exons.entries()) {
    if (from <= exon.start && to >= exon.end) continue
    const below = from < exon.start && to > exon.start - SITE
    const above = from < exon.end + SITE && to > exon.end
    const [before, after] = strand === 1 ? [below, above] : [above, below]
    if (before && i > 0) terms |= SPLICE_ACCEPTOR
    if (after && i < exons.length - 1) terms |= SPLICE_DONOR
  }
  return terms
}
