import { knownBases } from '../known-bases.ts'
import { reverseComplement } from '../nucleotides.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import type { TranscriptPlace } from './numbering.ts'
import { ownBases, transcriptBases } from './transcript-bases.ts'
import type { Seen, TranscriptMap } from './transcript-map.ts'
import { crossesIntron, type PlacedChange, retold, type WrittenChange } from './written-change.ts'

/** A change of the genome as a transcript sees it, as it was written: not shifted. */
export function toTranscript(
  written: WrittenChange,
  map: TranscriptMap,
  source: SequenceSource,
): Named<PlacedChange> {
  const { strand, id } = map.transcript
  const { form, deleted, inserted } = written
  const insertion = deleted === ''
  const low = insertion ? written.start - 1 : written.start
  const high = insertion ? written.start : written.start + deleted.length - 1
  const [first, last] = strand === 1 ? [low, high] : [high, low]
  const [start, end] = [map.fromGenome(first), map.fromGenome(last)]
  if (start.kind === 'outside' || end.kind === 'outside') {
    return unknown({ kind: 'outside-transcript', transcript: id })
  }
  const turn = (bases: string) => (strand === 1 ? bases : reverseComplement(bases))
  if (start.kind === 'between' || end.kind === 'between' || !even(start.place, end.place, high - low, map)) {
    return aroundGap(written, start, end, map, source)
  }
  const places = { map, start: start.place, end: end.place }
  const asWritten = { deleted: turn(deleted), inserted: turn(inserted), form }
  const exonic = start.place.offset === 0 && end.place.offset === 0
  if (!exonic || insertion) return known({ ...places, ...asWritten })
  if (crossesIntron(places)) return acrossIntron(places, asWritten, source)
  const own = ownBases(map, source, start.place.base, end.place.base + 1)
  if (own === undefined) return known({ ...places, ...asWritten, assumed: true })
  if (own === asWritten.deleted) return known({ ...places, ...asWritten })
  if (deleted.includes('N')) {
    return known({ ...places, deleted: own, inserted: retold(written, own) ?? asWritten.inserted, form })
  }
  return known({ ...places, deleted: own, inserted: asWritten.inserted, form: 'other' })
}

/** Of exons with the intron between them a transcript has the exons' bases alone: what is lost or doubled is counted in those. */
function acrossIntron(
  places: Pick<PlacedChange, 'map' | 'start' | 'end'>,
  written: Pick<PlacedChange, 'deleted' | 'inserted' | 'form'>,
  source: SequenceSource,
): Named<PlacedChange> {
  const { map, start, end } = places
  const [from, to] = [start.base, end.base + 1]
  const bases = transcriptBases(map, source, from, to)
  const deleted = bases.known ? bases.value : 'N'.repeat(to - from)
  const inserted = retold(written, deleted) ?? written.inserted
  const assumed = ownBases(map, source, from, to) === undefined ? ({ assumed: true } as const) : {}
  return known({ ...places, deleted, inserted, form: written.form, ...assumed })
}

/** Whether the two places are as far apart as the two genomic bases are, or an intron lies between. */
function even(start: TranscriptPlace, end: TranscriptPlace, distance: number, map: TranscriptMap): boolean {
  if (start.offset !== 0 || end.offset !== 0) return true
  return end.base - start.base === distance || map.exonOf(start.base) !== map.exonOf(end.base)
}

/** The changed genome between the nearest bases that the transcript has too, in place of what the transcript has there. */
function aroundGap(
  written: WrittenChange,
  start: Exclude<Seen, { kind: 'outside' }>,
  end: Exclude<Seen, { kind: 'outside' }>,
  map: TranscriptMap,
  source: SequenceSource,
): Named<PlacedChange> {
  const { contig, strand, id } = map.transcript
  const first = start.kind === 'between' ? start.before : start.place.base
  const last = end.kind === 'between' ? end.after : end.place.base
  const [one, other] = [map.genomeBase(first), map.genomeBase(last)]
  const intronic = [start, end].some((seen) => seen.kind === 'place' && seen.place.offset !== 0)
  if (one === undefined || other === undefined || intronic) {
    return unknown({ kind: 'outside-transcript', transcript: id })
  }
  const left = Math.min(one, other)
  const before = knownBases(source, contig, left, written.start)
  if (!before.known) return before
  const after = knownBases(source, contig, written.start + written.deleted.length, Math.max(one, other) + 1)
  if (!after.known) return after
  const changed = `${before.value}${written.inserted}${after.value}`
  const deleted = transcriptBases(map, source, first, last + 1)
  if (!deleted.known) return deleted
  return known({
    map,
    start: { base: first, offset: 0 },
    end: { base: last, offset: 0 },
    deleted: deleted.value,
    inserted: strand === 1 ? changed : reverseComplement(changed),
    form: 'other',
  })
}
