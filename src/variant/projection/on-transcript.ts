import { Fault } from '../../terms/fault.ts'
import { type Around, applyEdit } from '../hgvs/apply-edit.ts'
import { type Inserted, isPosition, type NucleotideExpression, type Place } from '../hgvs/expression.ts'
import { formatHgvs } from '../hgvs/format.ts'
import { knownBases } from '../known-bases.ts'
import { reverseComplement } from '../nucleotides.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import type { Exon } from '../transcript.ts'
import { placeOf, type TranscriptPlace } from './numbering.ts'
import { order, outside, stretchBases } from './on-sequence.ts'
import { transcriptBases } from './transcript-bases.ts'
import type { TranscriptMap } from './transcript-map.ts'
import type { PlacedChange } from './written-change.ts'

/**
 * What a c., n. or r. expression says about a transcript; `where` is the expression as it was asked, for messages. Throws HGVS_OUTSIDE, HGVS_ORDER, HGVS_INTRON and the faults of
 * the edit where it contradicts the transcript.
 */
export function onTranscript(
  expression: NucleotideExpression,
  map: TranscriptMap,
  source: SequenceSource,
  where: string = formatHgvs(expression),
): Named<PlacedChange> {
  const { change, type } = expression
  const { id, cds } = map.transcript
  if (type === 'c' && cds === undefined) return unknown({ kind: 'not-coding', transcript: id })
  const coding = type === 'n' ? undefined : cds
  const { interval } = change
  if (isZero(interval.start) || isZero(interval.end)) throw outside(where)
  const start = exactPlace(interval.start, coding)
  const end = exactPlace(interval.end, coding)
  if (interval.uncertain || start === undefined || end === undefined) {
    return unknown({ kind: 'not-exact', what: 'where exactly the change lies' })
  }
  for (const place of [start, end]) {
    const gap = checkPlace(place, map, where)
    if (gap !== undefined) return unknown(gap)
  }
  if (start.base > end.base || (start.base === end.base && start.offset > end.offset)) throw order(where)
  const around = surroundings(start, end, map, source, where, type)
  const effect = applyEdit(change.edit, around)
  if (!effect.known) return effect
  if (change.edit.kind !== 'repeat') return known({ map, start, end, ...effect.value })
  // The run of units reaches beyond the position of the first one.
  const last = ahead(start, effect.value.deleted.length - 1, map)
  if (last === undefined)
    return unknown({ kind: 'not-exact', what: 'a repeat that crosses the edge of an exon' })
  return known({ map, start, end: last, ...effect.value })
}

function intronLength(one: Exon, other: Exon): number {
  return Math.max(one.start, other.start) - Math.min(one.end, other.end)
}

/** There is no base 0: the one before the first is -1. */
function isZero(place: Place): boolean {
  return isPosition(place) && place.base === 0
}

function exactPlace(place: Place, cds: TranscriptMap['transcript']['cds']): TranscriptPlace | undefined {
  return isPosition(place) ? placeOf(place, cds) : undefined
}

function checkPlace({ base, offset }: TranscriptPlace, map: TranscriptMap, where: string) {
  const { id, exons } = map.transcript
  if (base < 0 || base >= map.length) return { kind: 'outside-transcript', transcript: id } as const
  if (offset === 0 || map.toGenome({ base, offset }) !== undefined) return undefined
  const exon = map.exonOf(base)!
  const edge = offset > 0 ? exon.transcriptEnd - 1 : exon.transcriptStart
  const index = exons.indexOf(exon) + (offset > 0 ? 1 : -1)
  if (base === edge && exons[index] === undefined)
    return { kind: 'outside-transcript', transcript: id } as const
  if (base === edge) throw outside(where, 'the intron', intronLength(exon, exons[index]!))
  throw new Fault(
    'HGVS_INTRON',
    where,
    `the position counted from is not the ${offset > 0 ? 'last' : 'first'} base of an exon of ${id}`,
    'Intron positions count from the nearest base of an exon; check the version of the transcript.',
  )
}

function surroundings(
  start: TranscriptPlace,
  end: TranscriptPlace,
  map: TranscriptMap,
  source: SequenceSource,
  where: string,
  type: string,
): Around {
  const { id, contig, strand } = map.transcript
  const stretch: Around['stretch'] = (inserted) => stretchOf(inserted, type, map, source, where)
  if (start.offset === 0 && end.offset === 0) {
    return {
      length: end.base - start.base + 1,
      where,
      stretch,
      ...(source.contig(id) === undefined ? { doubt: { kind: 'transcript-differs', transcript: id } } : {}),
      bases: () => transcriptBases(map, source, start.base, end.base + 1),
      onward: (count) => {
        const last = map.exonOf(start.base)!.transcriptEnd
        return transcriptBases(map, source, start.base, Math.min(last, start.base + count))
      },
      before: (count) => {
        const first = map.exonOf(start.base)!.transcriptStart
        return transcriptBases(map, source, Math.max(first, start.base - count), start.base)
      },
    }
  }
  const [one, other] = [map.toGenome(start), map.toGenome(end)]
  const lacking = () => unknown({ kind: 'bases-unknown', sequence: id, start: start.base, end: end.base + 1 })
  if (one === undefined || other === undefined) {
    return {
      length: end.base - start.base + 1,
      where,
      stretch,
      bases: lacking,
      onward: lacking,
      before: lacking,
    }
  }
  const read = (count: number, from = one) => {
    const first = strand === 1 ? from : from - count + 1
    const bases = knownBases(source, contig, first, first + count)
    return bases.known && strand === -1 ? known(reverseComplement(bases.value)) : bases
  }
  const length = Math.abs(other - one) + 1
  const before = (count: number) => read(count, one - count * strand)
  return { length, where, stretch, bases: () => read(length), onward: (count) => read(count), before }
}

/** Bases of a stretch that is put in: one of this transcript counts as the expression does. */
function stretchOf(
  inserted: Extract<Inserted, { kind: 'stretch' }>,
  type: string,
  map: TranscriptMap,
  source: SequenceSource,
  where: string,
): Named<string> {
  const { accession, interval, inverted } = inserted.stretch
  const { id, cds } = map.transcript
  if (accession !== undefined) return stretchBases(inserted, id, source, where)
  const coding = type === 'n' ? undefined : cds
  const [start, end] = [exactPlace(interval.start, coding), exactPlace(interval.end, coding)]
  if (
    interval.uncertain ||
    start === undefined ||
    end === undefined ||
    start.offset !== 0 ||
    end.offset !== 0
  )
    return unknown({ kind: 'not-exact', what: 'which bases are inserted' })
  if (start.base < 0 || end.base >= map.length) return unknown({ kind: 'outside-transcript', transcript: id })
  if (start.base > end.base) throw order(where)
  const bases = transcriptBases(map, source, start.base, end.base + 1)
  return bases.known && inverted ? known(reverseComplement(bases.value)) : bases
}

/** The place so many bases further, within one exon or one side of an intron. */
function ahead(
  { base, offset }: TranscriptPlace,
  count: number,
  map: TranscriptMap,
): TranscriptPlace | undefined {
  if (offset !== 0)
    return map.toGenome({ base, offset: offset + count }) === undefined
      ? undefined
      : { base, offset: offset + count }
  const exon = map.exonOf(base)
  return exon === undefined || base + count >= exon.transcriptEnd
    ? undefined
    : { base: base + count, offset: 0 }
}
