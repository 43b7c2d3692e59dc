import type { Form } from './apply-edit.ts'
import type { MoleculeType, NucleotideEdit, NucleotideExpression, Position } from './expression.ts'

/** A change with its positions as HGVS counts them; of an insertion the two neighbours. */
interface PositionedChange {
  readonly accession: string | undefined
  readonly selector?: string | undefined
  readonly type: Exclude<MoleculeType, 'p'>
  readonly start: Position
  readonly end: Position
  readonly deleted: string
  readonly inserted: string
  readonly form: Form
}

/** The expression of a change, in the form that it already has. */
export function nameChange(change: PositionedChange): NucleotideExpression {
  const { accession, selector, type, start, end } = change
  const edit = editOf(
    type === 'r' ? { ...change, deleted: asRna(change.deleted), inserted: asRna(change.inserted) } : change,
  )
  return {
    accession,
    selector,
    type,
    change: { interval: { start, end, uncertain: false }, edit, predicted: false },
  }
}

/** HGVS writes RNA in small letters. */
function asRna(bases: string): string {
  return bases.toLowerCase().replaceAll('t', 'u')
}

function editOf({ deleted, inserted, form }: PositionedChange): NucleotideEdit {
  if (form === 'duplication') return { kind: 'duplication', stated: {} }
  if (form === 'inversion') return { kind: 'inversion', stated: {} }
  if (deleted === '') return { kind: 'insertion', inserted: { kind: 'bases', bases: inserted } }
  if (deleted === inserted) return { kind: 'identity', stated: {} }
  if (inserted === '') return { kind: 'deletion', stated: {} }
  // An untold base cannot be named as substituted.
  if (deleted.length === 1 && inserted.length === 1 && deleted.toUpperCase() !== 'N')
    return { kind: 'substitution', from: deleted, to: inserted }
  return { kind: 'deletion-insertion', stated: {}, inserted: { kind: 'bases', bases: inserted } }
}
