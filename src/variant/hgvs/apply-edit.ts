import { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'
import { reverseComplement } from '../nucleotides.ts'
import { known, type Named, type NameGap, unknown } from '../sequence-change.ts'
import type { Inserted, NucleotideEdit, RepeatCount, Stated } from './expression.ts'
import { formatNucleotideEdit } from './format.ts'

/** How an edit was written: a duplication keeps its interval, an insertion its two neighbours. */
export type Form = 'duplication' | 'insertion' | 'inversion' | 'other'

/**
 * What an edit puts in the place of an interval, in the direction of the expression. `length` bases are replaced; for an
 * insertion, none, and the place is between the two bases of the interval.
 */
interface Effect {
  readonly deleted: string
  readonly inserted: string
  readonly form: Form
}

/** The reference around an interval, in the direction of the expression. */
export interface Around {
  /** Bases of the interval. */
  readonly length: number
  /** The whole expression, for messages. */
  readonly where: string
  bases(): Named<string>
  /** Why the bases may be another's: a transcript that was spliced from the genome. A contradiction is then in doubt. */
  readonly doubt?: NameGap
  /** Up to so many bases from the start of the interval on, for a repeat that goes beyond it. */
  onward(count: number): Named<string>
  /** Up to so many bases right before the start of the interval, for a repeat that begins before it. */
  before(count: number): Named<string>
  /** Bases of another stretch that is put in here. */
  stretch(inserted: Extract<Inserted, { kind: 'stretch' }>): Named<string>
}

const LONGEST_INSERTION = 5_000_000

/**
 * Throws HGVS_REFERENCE_MISMATCH, HGVS_LENGTH_MISMATCH and HGVS_INSERTION_PLACE where the expression contradicts its
 * reference or itself. Bases that the expression states stand in for a reference that is not there,
 * N where it states none.
 */
export function applyEdit(edit: NucleotideEdit, around: Around): Named<Effect> {
  switch (edit.kind) {
    case 'insertion': {
      if (around.length !== 2) throw insertionPlace(around.where)
      const inserted = insertedBases(edit.inserted, around)
      return inserted.known ? known({ deleted: '', inserted: inserted.value, form: 'insertion' }) : inserted
    }
    case 'repeat':
      return repeated(edit.unit, edit.count, around)
    case 'conversion':
    case 'copies':
      return unknown({ kind: 'not-exact', what: formatNucleotideEdit(edit) })
  }
  const stated: Stated = edit.kind === 'substitution' ? { bases: edit.from } : edit.stated
  const reference = checked(stated, around)
  if (!reference.known) return reference
  const deleted = reference.value
  switch (edit.kind) {
    case 'identity':
      return known({ deleted, inserted: deleted, form: 'other' })
    case 'substitution':
      return known({ deleted, inserted: asDna(edit.to), form: 'other' })
    case 'deletion':
      return known({ deleted, inserted: '', form: 'other' })
    case 'duplication':
      return known({ deleted, inserted: deleted + deleted, form: 'duplication' })
    case 'inversion':
      return known({ deleted, inserted: reverseComplement(deleted), form: 'inversion' })
    case 'deletion-insertion': {
      const inserted = insertedBases(edit.inserted, around)
      return inserted.known ? known({ deleted, inserted: inserted.value, form: 'other' }) : inserted
    }
  }
}

/** RNA is written in small letters and with u; sequence is compared as DNA. */
export function asDna(bases: string): string {
  return bases.toUpperCase().replaceAll('U', 'T')
}

function checked(stated: Stated, { length, where, bases, doubt }: Around): Named<string> {
  const spelled = stated.bases === undefined ? undefined : asDna(stated.bases)
  const count = spelled?.length ?? stated.length
  if (count !== undefined && count !== length) {
    throw new Fault(
      'HGVS_LENGTH_MISMATCH',
      where,
      `the positions span ${howMany(length, 'base')}, but ${count} ${count === 1 ? 'is' : 'are'} named`,
      'Correct the positions or the bases: they contradict each other.',
    )
  }
  const reference = bases()
  if (!reference.known) {
    if (spelled !== undefined) return known(spelled)
    return length > LONGEST_INSERTION ? reference : known('N'.repeat(length))
  }
  if (spelled !== undefined && spelled !== reference.value) {
    if (doubt !== undefined) return unknown(doubt)
    throw new Fault(
      'HGVS_REFERENCE_MISMATCH',
      where,
      `the reference has ${shown(reference.value)} there, not ${shown(spelled)}`,
      'Check the accession with its version, the position and the strand.',
    )
  }
  return reference
}

function shown(bases: string): string {
  return bases.length > 40 ? `${bases.slice(0, 37)}…` : bases
}

function insertedBases(inserted: Inserted, around: Around): Named<string> {
  switch (inserted.kind) {
    case 'bases':
      return known(asDna(inserted.bases))
    case 'unknown':
      return unknown({ kind: 'not-exact', what: 'how many or which bases are inserted is not said' })
    case 'stretch':
      return around.stretch(inserted)
    case 'several': {
      let text = ''
      for (const part of inserted.parts) {
        const bases = insertedBases(part, around)
        if (!bases.known) return bases
        text += bases.value
        if (text.length > LONGEST_INSERTION) {
          return unknown({ kind: 'too-long', bases: text.length, most: LONGEST_INSERTION })
        }
      }
      return known(text)
    }
  }
}

/** "CAG[23]": the run of the unit that begins at the interval becomes so many units. */
function repeated(unit: string | undefined, count: RepeatCount, around: Around): Named<Effect> {
  const { least, most } = count
  if (least === undefined || least !== most)
    return unknown({ kind: 'not-exact', what: 'the number of repeats' })
  const bases = around.bases()
  if (!bases.known) return bases
  const one = unit === undefined ? bases.value : asDna(unit)
  if (least * one.length > LONGEST_INSERTION) {
    return unknown({ kind: 'too-long', bases: least * one.length, most: LONGEST_INSERTION })
  }
  if (!sameStart(bases.value, one)) {
    throw new Fault(
      'HGVS_REFERENCE_MISMATCH',
      around.where,
      `the reference has ${shown(bases.value)} there, which is not ${shown(one)} repeated`,
      'Give the position of the first unit, or of the whole run of units.',
    )
  }
  let run = 0
  for (let size = Math.max(64, one.length * 4); ; size *= 2) {
    const onward = around.onward(size)
    if (!onward.known) return onward
    run = 0
    while (onward.value.startsWith(one, run * one.length)) run++
    if ((run + 1) * one.length <= onward.value.length || onward.value.length < size) break
  }
  const before = around.before(one.length)
  if (run === 0 || (before.known && before.value === one)) throw repeatPlace(around.where, one, run)
  return known({ deleted: one.repeat(run), inserted: one.repeat(least), form: 'other' })
}

/** Of a run begun elsewhere nobody can say how many units there are now: all of them, or those from here on. */
function repeatPlace(where: string, unit: string, run: number): Fault {
  return new Fault(
    'HGVS_REPEAT_PLACE',
    where,
    run === 0 ? `no ${shown(unit)} begins there` : `the run of ${shown(unit)} begins before that position`,
    'Give the position of the first unit of the run, and how many units there are in all.',
  )
}

function sameStart(bases: string, unit: string): boolean {
  if (bases.length % unit.length !== 0 && bases.length !== 1) return false
  for (let i = 0; i < bases.length; i++) if (bases[i] !== unit[i % unit.length]) return false
  return true
}

function insertionPlace(where: string): Fault {
  return new Fault(
    'HGVS_INSERTION_PLACE',
    where,
    'an insertion stands between two neighbouring positions',
    'Write it as "123_124insT".',
  )
}
