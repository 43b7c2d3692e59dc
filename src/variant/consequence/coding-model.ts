import { chromosomeOf } from '../../terms/genome.ts'
import { aminoAcid, type GeneticCode, reverseComplement } from '../nucleotides.ts'
import type { SequenceSource } from '../sequence.ts'
import type { Transcript } from '../transcript.ts'

/** Bases kept on either side of the coding sequence, for a codon that a change makes reach over its end. */
const PAD = 10

/** An interval of the genome, both ends included, counted from 0. */
export interface Stretch {
  readonly begin: number
  readonly end: number
}

export interface CodingStretch extends Stretch {
  /** Place of its first base in `spliced`. */
  readonly offset: number
}

/** A transcript as consequences are called on it: everything in the direction of the genome. */
export interface TranscriptModel extends Stretch {
  readonly transcript: Transcript
  readonly exons: readonly Stretch[]
  readonly utr5: readonly Stretch[]
  readonly utr3: readonly Stretch[]
  /** False where the annotation does not list them: they are told only where nothing else is. */
  readonly utrListed: boolean
  readonly coding: CodingModel | undefined
  /** Coding bases at an unknown end that belong to no whole codon, and of a mitochondrial stop that is completed in the RNA. */
  readonly incomplete: readonly Stretch[]
}

export interface CodingModel {
  /** Parts of the coding sequence by place on the genome, without bases that belong to no whole codon at an unknown end. */
  readonly parts: readonly CodingStretch[]
  /** All parts, in the direction of the genome, in capitals; N where the sequence does not reach. */
  readonly spliced: string
  /** PAD bases of the genome before the first part and after the last. */
  readonly before: string
  readonly after: string
  readonly code: GeneticCode
  /** The first codon is a start that the annotation knows. */
  readonly hasStart: boolean
  /** The annotation knows the end, so that the last codon is the stop. */
  readonly hasEnd: boolean
}

/** Undefined when the sequence source has no such contig. */
export function modelOf(transcript: Transcript, source: SequenceSource): TranscriptModel | undefined {
  const contig = source.contig(transcript.contig)
  if (contig === undefined) return undefined
  const forward = transcript.strand === 1
  const exons = transcript.exons.map(({ start, end }) => ({ begin: start, end: end - 1 }))
  if (!forward) exons.reverse()
  const whole = { begin: exons[0]!.begin, end: exons[exons.length - 1]!.end }
  const base = { transcript, exons, ...whole }
  const cds = codingInterval(transcript)
  if (cds === undefined)
    return { ...base, utr5: [], utr3: [], utrListed: true, coding: undefined, incomplete: [] }
  const outer = codingInterval(transcript, true)!
  const below = clipped(exons, whole.begin, outer.begin - 1)
  const above = clipped(exons, outer.end + 1, whole.end)
  return {
    ...base,
    utr5: forward ? below : above,
    utr3: forward ? above : below,
    utrListed: transcript.utrNotListed !== true,
    incomplete: [...clipped(exons, outer.begin, cds.begin - 1), ...clipped(exons, cds.end + 1, outer.end)],
    coding: codingModel(transcript, source, contig.name, clipped(exons, cds.begin, cds.end)),
  }
}

function codingModel(
  transcript: Transcript,
  source: SequenceSource,
  contig: string,
  stretches: readonly Stretch[],
): CodingModel {
  let offset = 0
  const parts: CodingStretch[] = []
  let spliced = ''
  for (const { begin, end } of stretches) {
    parts.push({ begin, end, offset })
    spliced += basesOf(source, contig, begin, end + 1)
    offset += end + 1 - begin
  }
  const code: GeneticCode = chromosomeOf(transcript.contig) === 'chrM' ? 'mitochondrial' : 'standard'
  const first = transcript.strand === 1 ? spliced.slice(0, 3) : reverseComplement(spliced.slice(-3))
  const cds = transcript.cds!
  const begin = parts[0]!.begin
  const end = parts[parts.length - 1]!.end
  return {
    parts,
    spliced,
    before: basesOf(source, contig, begin - PAD, begin),
    after: basesOf(source, contig, end + 1, end + 1 + PAD),
    code,
    hasStart: cds.phase === 0 && aminoAcid(first, code) === 'M',
    hasEnd: (cds.end - cds.start - cds.phase) % 3 === 0,
  }
}

/** Bases [from, to), N where the sequence does not reach. */
export function basesOf(source: SequenceSource, contig: string, from: number, to: number): string {
  const found = to > 0 ? source.bases(contig, Math.max(0, from), to) : ''
  const missing = Math.min(to, 0) - Math.min(from, 0)
  return ('N'.repeat(missing) + found).padEnd(to - from, 'N')
}

/** First and last coding base on the genome; `whole`: with the bases that belong to no codon. */
function codingInterval(transcript: Transcript, whole = false): Stretch | undefined {
  const { cds, exons, strand } = transcript
  if (cds === undefined) return undefined
  const rest = (cds.end - cds.start - cds.phase) % 3
  const first = genomePlace(exons, strand, cds.start + (whole ? 0 : cds.phase))
  const last = genomePlace(exons, strand, cds.end - 1 - (whole ? 0 : rest))
  if (first === undefined || last === undefined || cds.end - cds.start < 3) return undefined
  return strand === 1 ? { begin: first, end: last } : { begin: last, end: first }
}

function genomePlace(exons: Transcript['exons'], strand: 1 | -1, at: number): number | undefined {
  const exon = exons.find(({ transcriptStart, transcriptEnd }) => at >= transcriptStart && at < transcriptEnd)
  if (exon === undefined) return undefined
  return strand === 1 ? exon.start + at - exon.transcriptStart : exon.end - 1 - (at - exon.transcriptStart)
}

function clipped(stretches: readonly Stretch[], begin: number, end: number): Stretch[] {
  return stretches.flatMap((one) => {
    const from = Math.max(one.begin, begin)
    const to = Math.min(one.end, end)
    return from <= to ? [{ begin: from, end: to }] : []
  })
}
