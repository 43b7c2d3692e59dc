import type { Cursor } from './cursor.ts'
import type { ExtensionEnd, FrameStop, ProteinChange, ProteinEdit, ResiduePosition } from './expression.ts'
import { isResidue, residueOf } from './residues.ts'

/** One amino acid or the stop, in one letter or three; `X` is the stop, as older reports write it. */
export function readResidue(cursor: Cursor): string | undefined {
  return readStop(cursor) ?? readAminoAcid(cursor)
}

/** "Ter", "*", "X". */
export function readStop(cursor: Cursor): '*' | undefined {
  return cursor.take('Ter') || cursor.take('*') || takeX(cursor) ? '*' : undefined
}

/** "Xaa" is an amino acid, "X" the stop. */
function takeX(cursor: Cursor): boolean {
  return !cursor.text.startsWith('Xaa', cursor.at) && cursor.take('X')
}

/** The stop left out. */
export function readAminoAcid(cursor: Cursor): string | undefined {
  const three = residueOf(cursor.text.slice(cursor.at, cursor.at + 3))
  if (three !== undefined && three !== '*') {
    cursor.at += 3
    return three
  }
  const one = cursor.here
  if (one === '' || !isResidue(one)) return undefined
  cursor.at++
  return one
}

/** Amino acids of one alphabet, the stop only at the end: "MetMet", "MM", "GlyTer"; throws when none stands here. */
export function readResidues(cursor: Cursor): string {
  const threeLetters = residueOf(cursor.text.slice(cursor.at, cursor.at + 3)) !== undefined
  let residues = ''
  for (let one: string | undefined = ''; one !== '*'; ) {
    one = threeLetters
      ? residueOf(cursor.text.slice(cursor.at, cursor.at + 3))
      : oneLetter(cursor, residues === '')
    if (one === undefined) break
    cursor.at += threeLetters ? 3 : 1
    residues += one
  }
  if (residues === '') throw cursor.fault('amino acids')
  return residues
}

/** A letter by itself; X alone is the stop. */
function oneLetter(cursor: Cursor, first: boolean): string | undefined {
  const one = cursor.here
  if (one === '*' || (one === 'X' && first)) return '*'
  return one !== '' && isResidue(one) ? one : undefined
}

/** "Ala10", "*314". */
export function readResiduePosition(cursor: Cursor): ResiduePosition {
  const residue = readResidue(cursor)
  // What stands in a reference protein is known: Asx and Glx do not.
  if (residue === undefined || residue === 'B' || residue === 'Z') {
    throw cursor.fault('an amino acid such as "Ala" or "A"')
  }
  const number = cursor.number()
  if (number === undefined) throw cursor.fault('the number of the amino acid')
  return { residue, number }
}

/** An edit without its place: "Phe", "del", "dup", "insMetMet", "delinsIleLeu", "ArgfsTer10", "TrpextTer45", "=", "?". */
export function readProteinEdit(cursor: Cursor): ProteinEdit {
  if (cursor.take('delins')) return { kind: 'deletion-insertion', residues: readResidues(cursor) }
  if (cursor.take('del')) return { kind: 'deletion' }
  if (cursor.take('dup')) return { kind: 'duplication' }
  if (cursor.take('ins')) return { kind: 'insertion', residues: readResidues(cursor) }
  if (cursor.take('=')) return { kind: 'identity' }
  if (cursor.take('?')) return { kind: 'substitution', to: '?' }
  if (cursor.here === '[') return { kind: 'repeat', count: readRepeatCount(cursor) }
  const to =
    cursor.text.startsWith('fs', cursor.at) || cursor.text.startsWith('ext', cursor.at)
      ? undefined
      : readResidue(cursor)
  if (cursor.take('fs')) return { kind: 'frameshift', to, stop: readFrameStop(cursor) }
  if (cursor.take('ext')) return { kind: 'extension', to, end: readExtensionEnd(cursor) }
  if (to === undefined) throw cursor.fault('a change such as "Phe", "del", "fs", "ext" or "="')
  return { kind: 'substitution', to }
}

/** Behind "fs": nothing, "Ter", "Ter10", "Ter?". */
export function readFrameStop(cursor: Cursor): FrameStop {
  return readStop(cursor) === undefined ? undefined : readStopDistance(cursor)
}

/** Behind "Ter": nothing, a number of codons, "?". */
export function readStopDistance(cursor: Cursor): 'unnumbered' | number | '?' {
  return cursor.take('?') ? '?' : (cursor.number() ?? 'unnumbered')
}

/** Behind "ext": nothing, "Ter17", "-5", "Val-5". */
export function readExtensionEnd(cursor: Cursor): ExtensionEnd {
  if (readStop(cursor) !== undefined) return { kind: 'stop', length: readStopDistance(cursor) }
  const residue = readAminoAcid(cursor)
  if (cursor.take('-')) {
    const length = cursor.number()
    if (length === undefined) throw cursor.fault('a number of amino acids')
    return { kind: 'start', residue, length: -length }
  }
  if (residue !== undefined) throw cursor.fault('"-" and a number of amino acids')
  return undefined
}

function readRepeatCount(cursor: Cursor): { least: number | undefined; most: number | undefined } {
  cursor.expect('[')
  const uncertain = cursor.take('(')
  const least = cursor.number()
  const most = uncertain && cursor.take('_') ? cursor.number() : least
  if (least === undefined || most === undefined) throw cursor.fault('a number')
  if (uncertain) cursor.expect(')')
  cursor.expect(']')
  return { least, most }
}

/** A whole change: "Ala3Phe", "(Ala3_Tyr6del)", "=", "(=)", "0", "0?", "?". */
export function readProteinChange(cursor: Cursor): ProteinChange {
  return readWholeProtein(cursor) ?? readResidueChange(cursor)
}

/** "=", "(=)", "0", "0?", "?"; undefined when something else stands here. */
export function readWholeProtein(cursor: Cursor): ProteinChange | undefined {
  if (cursor.take('=')) return { kind: 'unchanged', predicted: false }
  if (cursor.take('(=)')) return { kind: 'unchanged', predicted: true }
  if (cursor.take('0?')) return { kind: 'none', predicted: true }
  if (cursor.take('0')) return { kind: 'none', predicted: false }
  if (cursor.take('?')) return { kind: 'unknown' }
  return undefined
}

function readResidueChange(cursor: Cursor): ProteinChange {
  const outside = cursor.take('(')
  const inside = outside && cursor.take('(')
  const start = readResiduePosition(cursor)
  const end = cursor.take('_') ? readResiduePosition(cursor) : start
  // "(Met1_Gly10)del" has an uncertain interval, "(Met1_Gly10del)" is predicted.
  const closed = outside && cursor.take(')')
  const edit = readProteinEdit(cursor)
  const predicted = inside || (outside && !closed)
  if (predicted) cursor.expect(')')
  return { kind: 'residues', start, end, uncertainInterval: closed, edit, predicted }
}
