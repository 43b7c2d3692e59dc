import { knownBases } from '../known-bases.ts'
import { reverseComplement } from '../nucleotides.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import { transcriptBases } from './transcript-bases.ts'
import type { TranscriptMap } from './transcript-map.ts'
import { crossesIntron, type PlacedChange, retold, type WrittenChange } from './written-change.ts'

/**
 * A change of a transcript as it stands on the genome, as it was written: not shifted. Where the transcript has bases that the
 * genome lacks, or the other way round, the stretch around them is replaced as a whole, so that the changed transcript is made.
 */
export function toGenome(placed: PlacedChange, source: SequenceSource): Named<WrittenChange> {
  const { map, start, end, form } = placed
  const [one, other] = [map.toGenome(start), map.toGenome(end)]
  const crossing = crossesIntron(placed)
  if (form === 'insertion' && crossing) {
    return unknown({
      kind: 'not-exact',
      what: 'an insertion between two exons may stand at either end of the intron',
    })
  }
  const span = end.base - start.base
  const even =
    one !== undefined &&
    other !== undefined &&
    (crossing ||
      form === 'insertion' ||
      start.offset !== 0 ||
      end.offset !== 0 ||
      Math.abs(other - one) === span)
  if (!even) return aroundGap(placed, source)
  const { contig, strand } = map.transcript
  if (form === 'insertion') {
    const inserted = strand === 1 ? placed.inserted : reverseComplement(placed.inserted)
    const from = Math.min(one, other) + 1
    // Bases between the two that only the genome has: the transcript is made by replacing them.
    const between = knownBases(source, contig, from, Math.max(one, other))
    if (from < Math.max(one, other)) {
      return between.known
        ? known({ sequence: contig, start: from, deleted: between.value, inserted, form: 'other' })
        : between
    }
    return known({ sequence: contig, start: from, deleted: '', inserted, form })
  }
  return onGenome(placed, Math.min(one, other), Math.max(one, other) + 1, source)
}

/** The same edit on the genomic bases [start, end), which are the reference there whatever the transcript has. */
function onGenome(
  placed: PlacedChange,
  start: number,
  end: number,
  source: SequenceSource,
): Named<WrittenChange> {
  const { contig, strand } = placed.map.transcript
  const turn = (bases: string) => (strand === 1 ? bases : reverseComplement(bases))
  const written = turn(placed.deleted)
  const held = knownBases(source, contig, start, end)
  // Bases that the expression states stand in for a reference that is not there.
  const deleted = held.known ? held.value : written.length === end - start ? written : undefined
  if (deleted === undefined) return held.known ? unknown({ kind: 'no-sequence', sequence: contig }) : held
  // In an intron there is only the genome; in an exon the transcript may have another base.
  const exonic = placed.start.offset === 0 || placed.end.offset === 0
  const doubt = !held.known && exonic ? ({ assumed: true } as const) : {}
  // Untold bases, and exons with the intron between them, are read off the genome; other bases are the transcript's.
  if (written.includes('N') || written.length !== deleted.length) {
    const { form } = placed
    return known({
      sequence: contig,
      start,
      deleted,
      inserted: retold(placed, deleted) ?? turn(placed.inserted),
      form,
      ...doubt,
    })
  }
  const form = deleted === written || placed.form === 'insertion' ? placed.form : 'other'
  return known({ sequence: contig, start, deleted, inserted: turn(placed.inserted), form, ...doubt })
}

/** The changed transcript between the nearest bases that the genome has too, in place of what the genome has there. */
function aroundGap(placed: PlacedChange, source: SequenceSource): Named<WrittenChange> {
  const { map, start, end, form } = placed
  const { id, contig, strand } = map.transcript
  if (start.offset !== 0 || end.offset !== 0) {
    return unknown({
      kind: 'not-exact',
      what: 'the change lies in an intron that the alignment does not settle',
    })
  }
  const insertion = form === 'insertion'
  const first = aligned(map, start.base, -1)
  const last = aligned(map, end.base, 1)
  if (first === undefined || last === undefined)
    return unknown({ kind: 'outside-transcript', transcript: id })
  const before = transcriptBases(map, source, first, insertion ? start.base + 1 : start.base)
  if (!before.known) return before
  const after = transcriptBases(map, source, insertion ? end.base : end.base + 1, last + 1)
  if (!after.known) return after
  const [one, other] = [map.genomeBase(first)!, map.genomeBase(last)!]
  const from = Math.min(one, other)
  const deleted = knownBases(source, contig, from, Math.max(one, other) + 1)
  if (!deleted.known) return deleted
  const changed = `${before.value}${placed.inserted}${after.value}`
  const inserted = strand === 1 ? changed : reverseComplement(changed)
  return known({ sequence: contig, start: from, deleted: deleted.value, inserted, form: 'other' })
}

/** The nearest base at or beyond this one, in this direction, that the genome has too. */
function aligned(map: TranscriptMap, base: number, step: 1 | -1): number | undefined {
  for (let at = base; at >= 0 && at < map.length; at += step) if (map.genomeBase(at) !== undefined) return at
  return undefined
}
