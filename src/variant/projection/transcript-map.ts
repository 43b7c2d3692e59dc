import { Fault } from '../../terms/fault.ts'
import type { Exon, Transcript } from '../transcript.ts'
import type { TranscriptPlace } from './numbering.ts'

/** A stretch where transcript and genome lie base beside base. Intervals [start, end), counted from 0. */
interface Block {
  readonly transcriptStart: number
  readonly transcriptEnd: number
  readonly genomeStart: number
  readonly genomeEnd: number
}

/** A genomic base as a transcript sees it. */
export type Seen =
  /** A base of an exon, or one of an intron. */
  | { readonly kind: 'place'; readonly place: TranscriptPlace }
  /** In an exon, but the transcript lacks it: between two of its neighbouring bases. */
  | { readonly kind: 'between'; readonly before: number; readonly after: number }
  | { readonly kind: 'outside' }

/** The alignment of one transcript, asked in both directions. */
export class TranscriptMap {
  readonly transcript: Transcript
  /** Bases of the transcript. */
  readonly length: number
  readonly #blocks: readonly Block[]

  constructor(transcript: Transcript) {
    this.transcript = transcript
    this.length = transcript.exons.at(-1)!.transcriptEnd
    this.#blocks = transcript.exons.flatMap((exon) => blocksOf(exon, transcript))
  }

  /** The exon that a base of the transcript lies in. */
  exonOf(base: number): Exon | undefined {
    return this.transcript.exons.find((exon) => base >= exon.transcriptStart && base < exon.transcriptEnd)
  }

  /** The genomic base, counted from 0, beside this one of the transcript; undefined where the genome lacks it. */
  genomeBase(base: number): number | undefined {
    const block = this.#blocks.find((one) => base >= one.transcriptStart && base < one.transcriptEnd)
    if (block === undefined) return undefined
    const into = base - block.transcriptStart
    return this.transcript.strand === 1 ? block.genomeStart + into : block.genomeEnd - 1 - into
  }

  /** Whether every base of [start, end) has one beside it on the genome, with nothing but introns between them. */
  gapless(start: number, end: number): boolean {
    return this.transcript.exons.every((exon) => {
      const [from, to] = [Math.max(start, exon.transcriptStart), Math.min(end, exon.transcriptEnd)]
      if (from >= to) return true
      return this.#blocks.some((one) => from >= one.transcriptStart && to <= one.transcriptEnd)
    })
  }

  /**
   * The genomic base of a place; undefined where the genome lacks it, where it lies outside the transcript, and where an
   * offset does not lead from the edge of an exon into the intron beside it.
   */
  toGenome({ base, offset }: TranscriptPlace): number | undefined {
    if (offset === 0) return this.genomeBase(base)
    const exons = this.transcript.exons
    const index = exons.findIndex((exon) => base >= exon.transcriptStart && base < exon.transcriptEnd)
    const exon = exons[index]
    if (exon === undefined) return undefined
    const behind = offset > 0
    if (base !== (behind ? exon.transcriptEnd - 1 : exon.transcriptStart)) return undefined
    const other = exons[behind ? index + 1 : index - 1]
    if (other === undefined) return undefined
    const forward = this.transcript.strand === 1
    const edge = behind === forward ? exon.end - 1 : exon.start
    const genome = edge + (forward ? offset : -offset)
    const inside = behind === forward ? genome < other.start : genome >= other.end
    return inside ? genome : undefined
  }

  /** What the transcript has at a genomic base, counted from 0. In the middle of an intron the exon before it counts. */
  fromGenome(genome: number): Seen {
    for (const block of this.#blocks) {
      if (genome < block.genomeStart || genome >= block.genomeEnd) continue
      const into = this.transcript.strand === 1 ? genome - block.genomeStart : block.genomeEnd - 1 - genome
      return { kind: 'place', place: { base: block.transcriptStart + into, offset: 0 } }
    }
    const exon = this.transcript.exons.find((one) => genome >= one.start && genome < one.end)
    if (exon !== undefined) return this.#between(exon, genome)
    return this.#intron(genome)
  }

  #between(exon: Exon, genome: number): Seen {
    const forward = this.transcript.strand === 1
    let before = exon.transcriptStart - 1
    for (const block of this.#blocks) {
      if (block.transcriptStart < exon.transcriptStart || block.transcriptEnd > exon.transcriptEnd) continue
      if (forward ? block.genomeEnd <= genome : block.genomeStart > genome) before = block.transcriptEnd - 1
    }
    return { kind: 'between', before, after: before + 1 }
  }

  #intron(genome: number): Seen {
    const { exons, strand } = this.transcript
    for (let i = 0; i + 1 < exons.length; i++) {
      const [one, next] = [exons[i]!, exons[i + 1]!]
      const inside =
        strand === 1 ? genome >= one.end && genome < next.start : genome < one.start && genome >= next.end
      if (!inside) continue
      const behind = strand === 1 ? genome - one.end + 1 : one.start - genome
      const ahead = strand === 1 ? next.start - genome : genome - next.end + 1
      const place =
        behind <= ahead
          ? { base: one.transcriptEnd - 1, offset: behind }
          : { base: next.transcriptStart, offset: -ahead }
      return { kind: 'place', place }
    }
    return { kind: 'outside' }
  }
}

function blocksOf(exon: Exon, { id, strand }: Transcript): Block[] {
  const { start, end, transcriptStart, transcriptEnd, cigar } = exon
  if (cigar === undefined) {
    if (end - start !== transcriptEnd - transcriptStart) throw unequal(id, exon)
    return [{ transcriptStart, transcriptEnd, genomeStart: start, genomeEnd: end }]
  }
  const blocks: Block[] = []
  let inTranscript = transcriptStart
  let inGenome = 0
  for (const [, digits, operation] of cigar.matchAll(/([0-9]+)([=MXID])/g)) {
    const count = Number(digits)
    if (operation === 'I') inTranscript += count
    else if (operation === 'D') inGenome += count
    else {
      const genomeStart = strand === 1 ? start + inGenome : end - inGenome - count
      blocks.push({
        transcriptStart: inTranscript,
        transcriptEnd: inTranscript + count,
        genomeStart,
        genomeEnd: genomeStart + count,
      })
      inTranscript += count
      inGenome += count
    }
  }
  if (inTranscript !== transcriptEnd || inGenome !== end - start) throw unequal(id, exon)
  return blocks
}

function unequal(id: string, { start, end }: Exon): Fault {
  return new Fault(
    'TRANSCRIPT_ALIGNMENT',
    `${id}, exon at ${start + 1}-${end}`,
    'the exon and its alignment do not have the same number of bases',
    'Give the transcripts again from their source: this record is damaged.',
  )
}
