import { Fault } from '../../terms/fault.ts'
import { Cursor } from './cursor.ts'
import type {
  AlleleList,
  HgvsExpression,
  MoleculeType,
  NucleotideChange,
  NucleotideExpression,
  ProteinExpression,
} from './expression.ts'
import { readAccession, readSelector } from './read-accession.ts'
import { readNucleotideEdit } from './read-nucleotide-edit.ts'
import { readInterval } from './read-place.ts'
import { readProteinChange } from './read-protein.ts'

type NucleotideType = Exclude<MoleculeType, 'p'>

/** Longer texts are refused: an insertion of a million bases is not given by name. */
export const LONGEST_EXPRESSION = 1_000_000

/**
 * An HGVS expression with or without its reference ("NM_004006.2:c.93+1G>T", "c.93+1G>T"), by the grammar alone: whether
 * the positions exist is asked by `validate`. Time is linear in the text.
 * Source: HGVS Nomenclature 21.0. Throws HGVS_SYNTAX and HGVS_TOO_LONG.
 */
export function parseHgvs(text: string): HgvsExpression {
  if (text.length > LONGEST_EXPRESSION) {
    throw new Fault(
      'HGVS_TOO_LONG',
      `"${text.slice(0, 60)}…"`,
      `the expression has ${text.length} characters`,
      `Give at most ${LONGEST_EXPRESSION}; send a long insertion as a VCF record.`,
    )
  }
  const cursor = new Cursor(text)
  const expression = readExpression(cursor)
  if (!cursor.done) throw cursor.fault('the end')
  return expression
}

function readExpression(cursor: Cursor): HgvsExpression {
  const bare = /^[gmocnrp]\./.test(cursor.text)
  const accession = bare ? undefined : readAccession(cursor)
  const selector = bare ? undefined : readSelector(cursor)
  if (!bare) cursor.expect(':')
  const type = readType(cursor)
  const named = { accession, selector }
  if (type === 'p') return readProteinExpression(cursor, named)
  return readNucleotideExpression(cursor, named, type)
}

export function readType(cursor: Cursor): MoleculeType {
  const type = cursor.run(/[gmocnrp](?=\.)/y)
  if (type === undefined)
    throw cursor.fault('the type of the sequence, "g.", "c.", "n.", "m.", "o.", "r." or "p."')
  cursor.expect('.')
  return type as MoleculeType
}

type Named = Pick<HgvsExpression, 'accession' | 'selector'>

function readNucleotideExpression(cursor: Cursor, named: Named, type: NucleotideType): NucleotideExpression {
  const read = () => readNucleotideChange(cursor, type)
  const alleles = readAlleles(cursor, read)
  return { ...named, type, ...alleles }
}

function readProteinExpression(cursor: Cursor, named: Named): ProteinExpression {
  return { ...named, type: 'p', ...readAlleles(cursor, () => readProteinChange(cursor)) }
}

/** A position and its edit; the whole in parentheses (a prediction) only of RNA, as HGVS has it. */
export function readNucleotideChange(cursor: Cursor, type: NucleotideType): NucleotideChange {
  if (type !== 'r' || cursor.here !== '(') {
    return { interval: readInterval(cursor, type), edit: readNucleotideEdit(cursor, type), predicted: false }
  }
  // "((1_10)a>c)" and "(1_10a>c)" are predictions, "(1_10)a>c" has an uncertain place.
  const start = cursor.at
  const uncertain = cursor.run(/\([^()]*\)(?=[^)])/y)
  cursor.at = start
  const predicted = uncertain === undefined
  if (predicted) cursor.expect('(')
  const change = { interval: readInterval(cursor, type), edit: readNucleotideEdit(cursor, type), predicted }
  if (predicted) cursor.expect(')')
  return change
}

/** One change, "[a;b]" on one molecule, "[a];[b]" on both, "a(;)b" or "[a(;)b]" where that is not known. */
function readAlleles<Change>(
  cursor: Cursor,
  read: () => Change,
): { readonly change: Change; readonly alleles?: AlleleList<Change> } {
  if (cursor.here !== '[') {
    const changes = [read()]
    while (cursor.take('(;)')) changes.push(read())
    if (changes.length === 1) return { change: changes[0]! }
    return { change: changes[0]!, alleles: { molecules: [changes], phase: 'unknown' } }
  }
  const molecules: Change[][] = []
  let phase: AlleleList<Change>['phase'] = 'cis'
  do {
    cursor.expect('[')
    const changes = [read()]
    while (!cursor.take(']')) {
      if (cursor.take('(;)')) phase = 'unknown'
      else cursor.expect(';')
      changes.push(read())
    }
    molecules.push(changes)
  } while (cursor.take(';'))
  if (molecules.length > 1) phase = 'trans'
  return { change: molecules[0]![0]!, alleles: { molecules, phase } }
}
