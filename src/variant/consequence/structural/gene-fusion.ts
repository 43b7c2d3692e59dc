import type { Answer } from '../../../terms/answer.ts'
import type { Transcript, TranscriptSource } from '../../transcript.ts'
import { chosenTranscript } from '../transcript-choice.ts'
import type { BreakEnd, StructuralChange } from './structural-change.ts'
import { cutOf, keepsFirstPart, placeOfCut, type TranscriptPlace } from './transcript-place.ts'

/** A gene that gives its first part (5′) or its last part (3′) to a fusion. */
export interface FusionPartner {
  readonly transcript: Transcript
  readonly place: TranscriptPlace
  /** Last exon that a 5′ partner gives, or first exon that a 3′ partner gives, whole or in part; counted from 1. */
  readonly exon: number
}

/** Two genes that a join puts beside each other in one direction: a candidate, not a transcript that was seen. */
export interface GeneFusion {
  readonly five: FusionPartner
  readonly three: FusionPartner
  /** Is the 3′ partner read in its own frame? Told where both breaks lie in introns between coding exons. */
  readonly frame: Answer<'kept' | 'shifted', string>
}

/** The fusions that the joins of a change make, of different genes, each gene on the transcript a report speaks of. */
export function geneFusions(change: StructuralChange, transcripts: TranscriptSource): readonly GeneFusion[] {
  const found: GeneFusion[] = []
  for (const [one, other] of change.joins) {
    if (other === undefined) continue
    const partners = [brokenGenes(one, transcripts), brokenGenes(other, transcripts)] as const
    for (const a of partners[0]) {
      for (const b of partners[1]) {
        if (geneKey(a) === geneKey(b)) continue
        const [first, second] = [keepsFirstPart(a, one), keepsFirstPart(b, other)]
        if (first === second) continue
        const [five, three] = first
          ? [partner(a, one, true), partner(b, other, false)]
          : [partner(b, other, true), partner(a, one, false)]
        found.push({ five, three, frame: frameOf(five, three, change) })
      }
    }
  }
  return found
}

/** The transcript of every gene that an end of a join parts. */
function brokenGenes(end: BreakEnd, transcripts: TranscriptSource): readonly Transcript[] {
  const cut = cutOf(end)
  const parted = transcripts
    .overlapping(end.contig, Math.max(0, cut - 1), cut + 1)
    .filter((one) => placeOfCut(one, cut) !== undefined)
  return [...Map.groupBy(parted, geneKey).values()].flatMap((some) => chosenTranscript(some) ?? [])
}

export function geneKey({ gene, id }: Transcript): string {
  return gene.id ?? gene.symbol ?? id
}

function partner(transcript: Transcript, end: BreakEnd, isFive: boolean): FusionPartner {
  const place = placeOfCut(transcript, cutOf(end))!
  return { transcript, place, exon: !isFive && place.kind === 'intron' ? place.exon + 1 : place.exon }
}

function frameOf(
  five: FusionPartner,
  three: FusionPartner,
  { slack }: StructuralChange,
): GeneFusion['frame'] {
  if (slack === undefined) return unknown('the places of the breaks are not exact')
  for (const { transcript, place } of [five, three]) {
    const name = transcript.gene.symbol ?? transcript.id
    const { cds } = transcript
    if (cds === undefined) return unknown(`${name} is not translated`)
    if (place.kind === 'exon')
      return unknown(`the break lies inside exon ${place.exon} of ${name}: how it is spliced is not known`)
    if (place.at <= cds.start) return unknown(`the break lies before the coding sequence of ${name}`)
    if (place.at >= cds.end) return unknown(`the break lies behind the coding sequence of ${name}`)
    if (place.room < slack)
      return unknown(`the break may lie in an exon of ${name}: its place is known to ${slack} bases only`)
  }
  return { known: true, value: codonPlace(five) === codonPlace(three) ? 'kept' : 'shifted' }
}

/** Bases of a codon before the break. */
function codonPlace({ transcript, place }: FusionPartner): number {
  const { start, phase } = transcript.cds!
  return (place.at - start - phase + 3) % 3
}

function unknown(why: string): GeneFusion['frame'] {
  return { known: false, because: [why] }
}
