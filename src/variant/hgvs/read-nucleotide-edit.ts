import type { Cursor } from './cursor.ts'
import type { Inserted, MoleculeType, NucleotideEdit, RepeatCount, Stated, Stretch } from './expression.ts'
import { readAccession } from './read-accession.ts'
import { readInterval } from './read-place.ts'

type NucleotideType = Exclude<MoleculeType, 'p'>

const DNA = /[ACGTRYMKWSBDHVNacgtrymkwsbdhvn]+/y
const RNA = /[ACGURYMKWSBDHVNacgurymkwsbdhvn]+/y
const TYPES = 'gmocnr'

/** The bases of this kind of molecule that stand here, with codes of several bases (IUPAC); "" when none. */
export function readBases(cursor: Cursor, type: NucleotideType): string {
  return cursor.run(type === 'r' ? RNA : DNA) ?? ''
}

/** An edit without its place: "A>C", "del", "delinsTG", "dup", "inv", "=", "TG[4]", "conNM_004006.1:c.15_355", "copy4". */
export function readNucleotideEdit(cursor: Cursor, type: NucleotideType): NucleotideEdit {
  if (cursor.take('del')) {
    const stated = readStated(cursor, type)
    if (!cursor.take('ins')) return { kind: 'deletion', stated }
    return { kind: 'deletion-insertion', stated, inserted: readInserted(cursor, type) }
  }
  if (cursor.take('ins')) return { kind: 'insertion', inserted: readInserted(cursor, type) }
  if (cursor.take('dup')) {
    const bases = readBases(cursor, type)
    return { kind: 'duplication', stated: bases === '' ? {} : { bases } }
  }
  if (cursor.take('inv')) return { kind: 'inversion', stated: readStated(cursor, type) }
  if (cursor.take('con')) return { kind: 'conversion', source: readStretch(cursor, type, true) }
  if (cursor.take('copy')) {
    const count = cursor.number()
    if (count === undefined) throw cursor.fault('a number of copies')
    return { kind: 'copies', count }
  }
  if (cursor.here === '[') return { kind: 'repeat', unit: undefined, count: readCount(cursor) }
  const bases = readBases(cursor, type)
  if (cursor.take('=')) return { kind: 'identity', stated: bases === '' ? {} : { bases } }
  if (bases.length === 1 && cursor.take('>')) {
    const to = readBases(cursor, type)
    if (to.length !== 1) throw cursor.fault('one base')
    return { kind: 'substitution', from: bases, to }
  }
  if (bases !== '' && cursor.here === '[') return { kind: 'repeat', unit: bases, count: readCount(cursor) }
  throw cursor.fault(bases === '' ? 'a change such as "A>C", "del", "dup", "insT" or "="' : '"=", ">" or "["')
}

function readStated(cursor: Cursor, type: NucleotideType): Stated {
  const length = cursor.number()
  if (length !== undefined) return { length }
  const bases = readBases(cursor, type)
  return bases === '' ? {} : { bases }
}

/** "[4]", "[(5_9)]", "[?]". */
function readCount(cursor: Cursor): RepeatCount {
  cursor.expect('[')
  const count = readCountInside(cursor)
  cursor.expect(']')
  return count
}

function readCountInside(cursor: Cursor): RepeatCount {
  if (!cursor.take('(')) {
    const one = numberOrUnknown(cursor)
    return { least: one, most: one }
  }
  const least = numberOrUnknown(cursor)
  const most = cursor.take('_') ? numberOrUnknown(cursor) : least
  cursor.expect(')')
  return { least, most }
}

function numberOrUnknown(cursor: Cursor): number | undefined {
  if (cursor.take('?')) return undefined
  const value = cursor.number()
  if (value === undefined) throw cursor.fault('a number or "?"')
  return value
}

function readInserted(cursor: Cursor, type: NucleotideType): Inserted {
  if (!cursor.take('[')) return readInsertedPart(cursor, type)
  const parts = [readInsertedPart(cursor, type)]
  while (cursor.take(';')) parts.push(readInsertedPart(cursor, type))
  cursor.expect(']')
  return parts.length === 1 ? parts[0]! : { kind: 'several', parts }
}

function readInsertedPart(cursor: Cursor, type: NucleotideType): Inserted {
  if (cursor.here === '(') return { kind: 'unknown', length: readCountInside(cursor) }
  if (/^[0-9*?-]/.test(cursor.here)) return { kind: 'stretch', stretch: readStretch(cursor, type, false) }
  const start = cursor.at
  const bases = readBases(cursor, type)
  if (bases !== '' && cursor.here === '[') {
    const count = readCount(cursor)
    if (bases.toUpperCase() === 'N') return { kind: 'unknown', length: count }
    const { least, most } = count
    const spelled = (least ?? 0) * bases.length
    if (least === undefined || least !== most || spelled > 1_000_000) {
      throw cursor.fault('a known number of repeats that makes at most a million bases')
    }
    return { kind: 'bases', bases: bases.repeat(least) }
  }
  if (bases !== '' && (cursor.done || /^[;\])]/.test(cursor.here))) return { kind: 'bases', bases }
  cursor.at = start
  if (/^[A-Za-z]/.test(cursor.here) && cursor.text.includes(':', start)) {
    return { kind: 'stretch', stretch: readStretch(cursor, type, false) }
  }
  readBases(cursor, type)
  throw cursor.fault('the inserted bases')
}

/** "NM_004006.1:c.15_355", or a stretch of the same sequence, "123_234inv". */
function readStretch(cursor: Cursor, type: NucleotideType, named: boolean): Stretch {
  if (!named && /^[0-9*?-]/.test(cursor.here)) {
    const interval = readInterval(cursor, type)
    return { accession: undefined, type: undefined, interval, inverted: cursor.take('inv') }
  }
  const accession = readAccession(cursor)
  cursor.expect(':')
  const its = cursor.here as NucleotideType
  if (!TYPES.includes(its) || its.length === 0) throw cursor.fault('"g.", "c." or another type')
  cursor.at++
  cursor.expect('.')
  const interval = readInterval(cursor, its)
  return { accession, type: its, interval, inverted: cursor.take('inv') }
}
