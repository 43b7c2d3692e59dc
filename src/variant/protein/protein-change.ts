import type { ProteinChange, ProteinEdit, ResiduePosition } from '../hgvs/expression.ts'

/** Two proteins, one letter each; "*" at the end where a stop was met. */
interface ProteinPair {
  readonly reference: string
  readonly changed: string
  /** Whether the codons behind the change are read in another frame, or run over the old stop. */
  readonly frameshift: boolean
  /** First and last codon, counted from 0, that the change touches; `last` is below `first` for an insertion between codons. */
  readonly first: number
  readonly last: number
  /** Codons that the change adds or, below zero, takes away; only where the frame is kept. */
  readonly codons: number
}

/**
 * The predicted change of a protein as HGVS describes it: from the first residue that differs on, as far to the C-terminal end
 * as it goes, in the order substitution, deletion, duplication, insertion, deletion-insertion.
 * Source: HGVS Nomenclature 21.0, "Protein".
 */
export function proteinChange(pair: ProteinPair): ProteinChange {
  const { reference, changed, frameshift } = pair
  if (reference === changed) return silent(pair)
  let at = 0
  while (at < reference.length && at < changed.length && reference[at] === changed[at]) at++
  const from = reference[at]
  const to = changed[at]
  if (from === undefined || (to === undefined && frameshift)) return { kind: 'unknown' }
  if (at === 0) return change(place(reference, 0), undefined, { kind: 'substitution', to: '?' })
  const stopTouched = frameshift || pair.last >= reference.length - 1
  if (from === '*' && stopTouched)
    return change(place(reference, at), undefined, extension(reference, changed, at))
  if (to === '*' && from !== '*') {
    const lost = inFrameLoss(pair, at)
    return lost ?? change(place(reference, at), undefined, { kind: 'substitution', to })
  }
  const stopLost = stopTouched && changed.length !== reference.length + pair.codons
  if (to !== undefined && (frameshift || stopLost)) {
    const stop = changed.endsWith('*') ? changed.length - at : '?'
    return change(place(reference, at), undefined, { kind: 'frameshift', to, stop })
  }
  return inFrame(pair, at)
}

function silent({ reference, first, last }: ProteinPair): ProteinChange {
  const start = place(reference, Math.min(first, reference.length - 1))
  const end = last > first && last < reference.length ? place(reference, last) : undefined
  return change(start, end, { kind: 'identity' })
}

function extension(reference: string, changed: string, at: number): ProteinEdit {
  const length = changed.endsWith('*') ? changed.length - reference.length : '?'
  return { kind: 'extension', to: changed[at], end: { kind: 'stop', length } }
}

/** Only the last residues are lost: a deletion, and not a new stop. */
function inFrameLoss(pair: ProteinPair, at: number): ProteinChange | undefined {
  const { reference, changed, frameshift, codons } = pair
  const whole = !frameshift && changed.length === reference.length + codons && reference.endsWith('*')
  return whole && codons < 0 ? inFrame(pair, at) : undefined
}

function inFrame(pair: ProteinPair, at: number): ProteinChange {
  const { reference, changed, codons } = pair
  const early = changed.endsWith('*') && changed.length < reference.length + codons
  if (early) return newStop(pair, at)
  let tail = 0
  const shortest = Math.min(reference.length, changed.length) - at
  while (tail < shortest && reference.at(-1 - tail) === changed.at(-1 - tail)) tail++
  const removed = reference.slice(at, reference.length - tail)
  const added = changed.slice(at, changed.length - tail)
  if (removed === '') return insertion(reference, added, at)
  const start = place(reference, at)
  const end = removed.length > 1 ? place(reference, at + removed.length - 1) : undefined
  if (added === '') return change(start, end, { kind: 'deletion' })
  if (removed.length === 1 && added.length === 1)
    return change(start, undefined, { kind: 'substitution', to: added })
  return change(start, end, { kind: 'deletion-insertion', residues: added })
}

/** A stop among the residues that are put in: what would follow it is not described. */
function newStop({ reference, changed, first, last }: ProteinPair, at: number): ProteinChange {
  const residues = changed.slice(at)
  if (last < first || last < at) {
    return change(place(reference, at - 1), place(reference, at), { kind: 'insertion', residues })
  }
  const end = last > at && last < reference.length ? place(reference, last) : undefined
  return change(place(reference, at), end, { kind: 'deletion-insertion', residues })
}

function insertion(reference: string, added: string, at: number): ProteinChange {
  if (reference.slice(at - added.length, at) === added && at >= added.length) {
    const start = place(reference, at - added.length)
    return change(start, added.length > 1 ? place(reference, at - 1) : undefined, { kind: 'duplication' })
  }
  return change(place(reference, at - 1), place(reference, at), { kind: 'insertion', residues: added })
}

function place(protein: string, at: number): ResiduePosition {
  return { residue: protein[at]!, number: at + 1 }
}

function change(start: ResiduePosition, end: ResiduePosition | undefined, edit: ProteinEdit): ProteinChange {
  return { kind: 'residues', start, end: end ?? start, uncertainInterval: false, edit, predicted: true }
}
