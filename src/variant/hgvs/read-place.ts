import type { Cursor } from './cursor.ts'
import type { Interval, MoleculeType, Place, Position } from './expression.ts'

type NucleotideType = Exclude<MoleculeType, 'p'>

/** A position: "123", "?", and on transcripts "-14", "88+1", "*46", "88-?". */
export function readPosition(cursor: Cursor, type: NucleotideType): Position {
  if (cursor.take('?')) return { from: 'start', base: undefined, offset: 0 }
  if (type === 'g' || type === 'm' || type === 'o') {
    const base = cursor.number()
    if (base === undefined) throw cursor.fault('a position')
    return { from: 'start', base, offset: 0 }
  }
  const from = type !== 'n' && cursor.take('*') ? 'stop' : 'start'
  const base = from === 'stop' ? cursor.number() : signedNumber(cursor)
  if (base === undefined) throw cursor.fault('a position')
  return { from, base, offset: readOffset(cursor) }
}

export function signedNumber(cursor: Cursor): number | undefined {
  const start = cursor.at
  const negative = cursor.take('-')
  if (!negative) cursor.take('+')
  const size = cursor.number()
  if (size === undefined) cursor.at = start
  return size === undefined ? undefined : negative ? 0 - size : size
}

function readOffset(cursor: Cursor): number {
  if (cursor.take('+?')) return Number.POSITIVE_INFINITY
  if (cursor.take('-?')) return Number.NEGATIVE_INFINITY
  const { here } = cursor
  if (here !== '+' && here !== '-') return 0
  return signedNumber(cursor) ?? 0
}

/** "123", "1_10" as a definite interval. */
export function readDefiniteInterval(cursor: Cursor, type: NucleotideType): Interval {
  const start = readPosition(cursor, type)
  const end = cursor.take('_') ? readPosition(cursor, type) : start
  return { start, end, uncertain: false }
}

/**
 * "123", "1_10", "(1_10)", "(4_6)_246", "4_(245_?)", "(?_6)_(245_?)": an end in parentheses lies somewhere in there.
 * "(10)" is one uncertain position.
 */
export function readInterval(cursor: Cursor, type: NucleotideType): Interval {
  const start = readPlace(cursor, type)
  if (!cursor.take('_')) {
    if (start.definite) return { start: start.place, end: start.place, uncertain: false }
    return { start: start.earliest, end: start.latest, uncertain: true }
  }
  const end = readPlace(cursor, type)
  return { start: placeOf(start), end: placeOf(end), uncertain: false }
}

type ReadPlace =
  | { readonly definite: true; readonly place: Position }
  | { readonly definite: false; readonly earliest: Position; readonly latest: Position }

function readPlace(cursor: Cursor, type: NucleotideType): ReadPlace {
  if (!cursor.take('(')) return { definite: true, place: readPosition(cursor, type) }
  const earliest = readPosition(cursor, type)
  const latest = cursor.take('_') ? readPosition(cursor, type) : earliest
  cursor.expect(')')
  return { definite: false, earliest, latest }
}

function placeOf(read: ReadPlace): Place {
  return read.definite ? read.place : { earliest: read.earliest, latest: read.latest }
}
