import { formatHgvs } from '../hgvs/format.ts'
import { transcriptName } from '../projection/names.ts'
import { shifted } from '../projection/shifted.ts'
import { toTranscript } from '../projection/to-transcript.ts'
import { fromGenome, transcriptBases } from '../projection/transcript-bases.ts'
import { ownChange, type PlacedChange, type WrittenChange } from '../projection/written-change.ts'
import { predictProtein } from '../protein/predict.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import { span, type Transcript, type TranscriptTag } from '../transcript.ts'
import { also } from './genome-names.ts'
import { SplicedTranscript } from './spliced.ts'

/** One change as one transcript has it. */
export interface TranscriptNames {
  readonly transcript: string
  readonly gene: string | undefined
  readonly tags: readonly TranscriptTag[]
  /** The sequence that the transcript is aligned to. */
  readonly alignedTo: string
  /** As HGVS asks for it: as far to the 3' end of the transcript as it goes on the genome. */
  readonly hgvs: Named<string>
  /** True where the genome's bases are taken for those of the transcript, whose own sequence is in no file given. */
  readonly assumed: boolean
  /** HGVS without shifting. */
  readonly asWritten: string
  /** Predicted, "p.(…)". */
  readonly protein: Named<string>
}

/** `genome`: the same change on the sequence that the transcript is aligned to, where known. */
export function transcriptNames(
  placed: PlacedChange,
  genome: Named<WrittenChange>,
  source: SequenceSource,
): TranscriptNames {
  const text = (one: PlacedChange) => formatHgvs(transcriptName(one))
  return namesOf(placed, normalised(placed, genome, source), text, source)
}

/**
 * A change of the RNA, shifted along the transcript without its introns. `predicted`: written in parentheses, not seen.
 * Source: HGVS Nomenclature 21.0, "RNA": the exception to the 3' rule at junctions of exons is one of DNA.
 */
export function rnaNames(placed: PlacedChange, source: SequenceSource, predicted: boolean): TranscriptNames {
  const own = ownChange(placed)
  const moved =
    own === undefined
      ? unknown({ kind: 'not-exact', what: 'which bases of an intron the RNA keeps' })
      : placedAgain(placed, shifted(own, new SplicedTranscript(placed.map, source), 1))
  const text = (one: PlacedChange) => {
    const name = transcriptName(one, 'r')
    return formatHgvs({ ...name, change: { ...name.change, predicted } })
  }
  return namesOf(placed, moved, text, source)
}

function namesOf(
  placed: PlacedChange,
  moved: Named<PlacedChange>,
  text: (one: PlacedChange) => string,
  source: SequenceSource,
): TranscriptNames {
  const { id, gene, tags, contig } = placed.map.transcript
  return {
    transcript: id,
    gene: gene.symbol,
    tags,
    assumed: placed.assumed === true,
    alignedTo: source.contig(contig)?.refseq ?? contig,
    hgvs: also(moved, text),
    asWritten: text(placed),
    protein: also(predictProtein(moved.known ? moved.value : placed, source), formatHgvs),
  }
}

/**
 * Shifted along the transcript in its exon and, where it comes to the exon's end or lies in an intron, along the genome: it may
 * reach into the intron but never over a junction of two exons.
 * Source: HGVS Nomenclature 21.0, "General recommendations", the 3' rule and its exception.
 */
function normalised(
  placed: PlacedChange,
  genome: Named<WrittenChange>,
  source: SequenceSource,
): Named<PlacedChange> {
  const { map } = placed
  const inExon = alongExon(placed, source)
  if (inExon?.known && inExon.value.settled) return placedAgain(placed, known(inExon.value.change))
  const along = alongGenome(genome, map.transcript, source)
  const there = along.known ? toTranscript(along.value, map, source) : along
  if (there.known && agree(placed, there.value, source)) return there
  if (inExon === undefined || !inExon.known) return inExon ?? there
  // At the exon's edge the intron decides, which only the genome has.
  return along.known ? placedAgain(placed, known(inExon.value.change)) : along
}

/**
 * In one exon of the transcript. Not `settled` where an intron decides: it ends at the exon's edge, or what is put in may stand
 * once more before it, over the other edge. Undefined for a change of an intron, or over one.
 */
function alongExon(
  placed: PlacedChange,
  source: SequenceSource,
): Named<{ readonly change: WrittenChange; readonly settled: boolean }> | undefined {
  const { map, start, end } = placed
  const own = ownChange(placed)
  const exon = map.exonOf(start.base)
  if (own === undefined || exon === undefined || exon !== map.exonOf(end.base)) return undefined
  const { exons } = map.transcript
  const last = exon === exons.at(-1)
  const bounds = {
    start: exon.transcriptStart,
    end: exon.transcriptEnd,
    ...(last ? {} : { goesOn: true as const }),
  }
  const moved = shifted(own, new SplicedTranscript(map, source), 1, bounds)
  return also(moved, (change) => {
    const { start: at, deleted, inserted, form } = change
    const atEnd = !last && at + deleted.length === exon.transcriptEnd
    const overStart = exon !== exons[0] && form === 'insertion' && at - inserted.length < exon.transcriptStart
    return { change, settled: !atEnd && !overStart }
  })
}

/** No further than the transcript goes: what lies beyond its last base has no name on it. */
function alongGenome(
  genome: Named<WrittenChange>,
  transcript: Transcript,
  source: SequenceSource,
): Named<WrittenChange> {
  if (!genome.known) return genome
  const { assumed, sequence, start, deleted } = genome.value
  if (assumed) return unknown({ kind: 'bases-unknown', sequence, start, end: start + deleted.length })
  return shifted(genome.value, source, transcript.strand, span(transcript))
}

/** Whether transcript and genome have the same bases over all that the change was moved along. */
function agree(one: PlacedChange, other: PlacedChange, source: SequenceSource): boolean {
  const places = [one.start, one.end, other.start, other.end]
  if (places.some(({ offset }) => offset !== 0)) return true
  const [from, to] = [
    Math.min(...places.map(({ base }) => base)),
    Math.max(...places.map(({ base }) => base)) + 1,
  ]
  if (!one.map.gapless(from, to)) return false
  const [own, aligned] = [transcriptBases(one.map, source, from, to), fromGenome(one.map, source, from, to)]
  return own.known && aligned.known ? own.value === aligned.value : !own.known
}

function placedAgain(placed: PlacedChange, moved: Named<WrittenChange>): Named<PlacedChange> {
  if (!moved.known) return moved
  const { start, deleted, inserted, form } = moved.value
  const insertion = deleted === ''
  const { map } = placed
  // Before the first base, or behind the last, a transcript has no second neighbour to name.
  if (insertion && (start < 1 || start >= map.length))
    return unknown({ kind: 'outside-transcript', transcript: map.transcript.id })
  return known({
    map,
    start: { base: insertion ? start - 1 : start, offset: 0 },
    end: { base: insertion ? start : start + deleted.length - 1, offset: 0 },
    deleted,
    inserted,
    form,
  })
}
