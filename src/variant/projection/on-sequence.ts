import { Fault } from '../../terms/fault.ts'
import { type Around, applyEdit } from '../hgvs/apply-edit.ts'
import {
  type Inserted,
  type Interval,
  isPosition,
  type NucleotideExpression,
  type Place,
} from '../hgvs/expression.ts'
import { formatHgvs } from '../hgvs/format.ts'
import { knownBases } from '../known-bases.ts'
import { reverseComplement } from '../nucleotides.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import type { WrittenChange } from './written-change.ts'

/**
 * What an expression says about a sequence that is counted from its first base: g., m. and o., and n. of a sequence by itself.
 * `where` is the expression as it was asked, for messages. Throws HGVS_OUTSIDE and HGVS_ORDER beside the faults of the edit.
 */
export function onSequence(
  expression: NucleotideExpression,
  source: SequenceSource,
  where: string = formatHgvs(expression),
): Named<WrittenChange> {
  const { accession: sequence, change } = expression
  if (sequence === undefined) return unknown({ kind: 'not-exact', what: 'the expression names no sequence' })
  const exact = exactInterval(change.interval, where, isCircular(expression.type))
  if (!exact.known) return exact
  const [start, end] = exact.value
  const length = source.contig(sequence)?.length
  if (length !== undefined && end > length) throw outside(where, sequence, length)
  const around: Around = {
    length: end - start,
    where,
    bases: () => knownBases(source, sequence, start, end),
    onward: (count) => knownBases(source, sequence, start, start + count),
    before: (count) => knownBases(source, sequence, Math.max(0, start - count), start),
    stretch: (inserted) => stretchBases(inserted, sequence, source, where),
  }
  const effect = applyEdit(change.edit, around)
  if (!effect.known) return effect
  const at = effect.value.form === 'insertion' ? start + 1 : start
  return known({ sequence, start: at, ...effect.value })
}

/** [start, end) counted from 0. */
function exactInterval(
  { start, end, uncertain }: Interval,
  where: string,
  circular: boolean,
): Named<readonly [number, number]> {
  const first = exactBase(start)
  const last = exactBase(end)
  if (uncertain || first === undefined || last === undefined) {
    return unknown({ kind: 'not-exact', what: 'where exactly the change lies' })
  }
  if (first < 1) throw outside(where)
  if (last < first && circular) return unknown({ kind: 'across-origin' })
  if (last < first) throw order(where)
  return known([first - 1, last])
}

/** Of a circular sequence a range may run over its origin: "m.16560_5del" (HGVS 21, DNA, deletion). */
function isCircular(type: string | undefined): boolean {
  return type === 'm' || type === 'o'
}

function exactBase(place: Place): number | undefined {
  if (!isPosition(place) || place.from === 'stop' || place.offset !== 0) return undefined
  return place.base
}

/** Bases of a stretch of this or another sequence that is put in. */
export function stretchBases(
  { stretch }: Extract<Inserted, { kind: 'stretch' }>,
  here: string,
  source: SequenceSource,
  where: string,
): Named<string> {
  const { accession, type, interval, inverted } = stretch
  if (type === 'c' || type === 'r')
    return unknown({ kind: 'not-exact', what: 'a stretch of a transcript is inserted' })
  const exact = exactInterval(interval, where, isCircular(type))
  if (!exact.known) return exact
  const bases = knownBases(source, accession ?? here, ...exact.value)
  if (!bases.known) return bases
  return known(inverted ? reverseComplement(bases.value) : bases.value)
}

/** `sequence` undefined: the position is below the first one. */
export function outside(where: string, sequence?: string, length?: number): Fault {
  return new Fault(
    'HGVS_OUTSIDE',
    where,
    sequence === undefined ? 'positions count from 1' : `${sequence} has ${length} bases`,
    'Check the position, and the version of the accession.',
  )
}

export function order(where: string): Fault {
  return new Fault(
    'HGVS_ORDER',
    where,
    'the first position lies behind the last one',
    'Write the positions in the direction of the sequence.',
  )
}
