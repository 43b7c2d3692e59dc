import { reverseComplement } from '../nucleotides.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import type { TranscriptMap } from './transcript-map.ts'

/**
 * Bases [start, end) of a transcript, counted from 0: from its own sequence where a file has it, else from the genome it is
 * aligned to. Where the genome lacks a base of the transcript, and no file has the transcript, they are unknown.
 */
export function transcriptBases(
  map: TranscriptMap,
  source: SequenceSource,
  start: number,
  end: number,
): Named<string> {
  const own = ownBases(map, source, start, end)
  return own === undefined ? fromGenome(map, source, start, end) : known(own)
}

/** Bases of the transcript's own sequence; undefined where no file has them. */
export function ownBases(
  map: TranscriptMap,
  source: SequenceSource,
  start: number,
  end: number,
): string | undefined {
  const own = source.contig(map.transcript.id)
  if (own === undefined) return undefined
  const bases = source.bases(own.name, start, end)
  return /^[ACGT]*$/.test(bases) && bases.length === end - start ? bases : undefined
}

/** The bases that the genome has where the transcript is aligned to it. */
export function fromGenome(
  map: TranscriptMap,
  source: SequenceSource,
  start: number,
  end: number,
): Named<string> {
  const { id, contig, strand } = map.transcript
  const found = source.contig(contig)
  if (found === undefined) return unknown({ kind: 'no-sequence', sequence: contig })
  let text = ''
  for (let at = start; at < end; ) {
    const first = map.genomeBase(at)
    if (first === undefined) return unknown({ kind: 'bases-unknown', sequence: id, start, end })
    let count = 1
    while (at + count < end && map.genomeBase(at + count) === first + strand * count) count++
    const bases =
      strand === 1
        ? source.bases(found.name, first, first + count)
        : reverseComplement(source.bases(found.name, first - count + 1, first + 1))
    text += bases
    at += count
  }
  if (!/^[ACGT]*$/.test(text)) return unknown({ kind: 'bases-unknown', sequence: id, start, end })
  return known(text)
}
