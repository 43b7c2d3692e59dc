import { aminoAcid, reverseComplement } from '../nucleotides.ts'
import type { CodingModel } from './coding-model.ts'
import {
  CODING_SEQUENCE,
  FRAMESHIFT,
  INFRAME_DELETION,
  INFRAME_INSERTION,
  MISSENSE,
  NONE,
  OF_PROTEIN,
  PROTEIN_ALTERING,
  START_LOST,
  START_OR_STOP,
  START_RETAINED,
  STOP_GAINED,
  STOP_LOST,
  STOP_RETAINED,
  SYNONYMOUS,
  type TermSet,
} from './term.ts'

/** One allele of a haplotype inside the coding sequence, in the direction of the genome. */
export interface CodingEdit {
  /** [at, at + length) of the spliced reference becomes `bases`. */
  readonly at: number
  readonly length: number
  readonly bases: string
  /** What the place of the change already says: a start or stop codon is touched. */
  readonly terms: TermSet
}

/** What one or several edits of a haplotype, which only together say what becomes of the protein, do to it. */
export interface CodingChange {
  /** Indices of the edits, in the direction of the genome. */
  readonly edits: readonly number[]
  readonly terms: TermSet
  /** Residues before and after, from the first codon that is touched, and the numbers of those codons. "*" is a stop. */
  readonly before: { readonly residue: number; readonly protein: string }
  readonly after: { readonly residue: number; readonly protein: string }
  /** A stop of an earlier change of the haplotype comes before it: it is not translated. */
  readonly afterStop: boolean
  /** Coding bases added, or taken away where below 0. */
  readonly gained: number
}

/** An edit in the direction of translation. */
interface Oriented {
  readonly index: number
  readonly at: number
  readonly length: number
  readonly bases: string
  readonly delta: number
  /** Place in the changed coding sequence. */
  readonly altAt: number
  readonly terms: TermSet
}

/**
 * Breaks the edits of one haplotype, sorted and not overlapping, into changes that can be told alone: edits in one codon, and
 * edits that shift the reading frame up to the one that restores it, belong together.
 */
export function codingChanges(
  model: CodingModel,
  strand: 1 | -1,
  edits: readonly CodingEdit[],
): CodingChange[] {
  const reading = new Reading(model, strand)
  const oriented = reading.orient(edits)
  const changes: CodingChange[] = []
  let group: Oriented[] = []
  let shift = 0
  let stopped = false
  for (const [i, edit] of oriented.entries()) {
    group.push(edit)
    shift += edit.delta
    const next = oriented[i + 1]
    if (next !== undefined && (shift % 3 !== 0 || reading.meet(edit, next))) continue
    const change = reading.describe(group, shift, stopped)
    changes.push(change)
    stopped ||= change.after.protein.endsWith('*')
    group = []
    shift = 0
  }
  return changes
}

class Reading {
  readonly #model: CodingModel
  readonly #strand: 1 | -1
  /** The reference coding sequence in the direction of translation, and what of the genome lies on either side. */
  readonly #coding: string
  readonly #before: string
  readonly #after: string

  constructor(model: CodingModel, strand: 1 | -1) {
    this.#model = model
    this.#strand = strand
    const forward = strand === 1
    this.#coding = forward ? model.spliced : reverseComplement(model.spliced)
    this.#before = forward ? model.before : reverseComplement(model.after)
    this.#after = forward ? model.after : reverseComplement(model.before)
  }

  orient(edits: readonly CodingEdit[]): Oriented[] {
    const forward = this.#strand === 1
    const order = edits.map((edit, index) => ({ edit, index }))
    if (!forward) order.reverse()
    let shift = 0
    return order.map(({ edit, index }) => {
      const at = forward ? edit.at : this.#coding.length - edit.at - edit.length
      const bases = forward ? edit.bases : reverseComplement(edit.bases)
      const delta = bases.length - edit.length
      const made = { index, at, length: edit.length, bases, delta, altAt: at + shift, terms: edit.terms }
      shift += delta
      return made
    })
  }

  /** Is the last codon that one edit touches the first that the next one touches? */
  meet(edit: Oriented, next: Oriented): boolean {
    const forward = this.#strand === 1
    let last = edit.altAt + edit.bases.length - 1
    // Behind a plain deletion the first base that stays is in the codon where both sides meet.
    if (edit.delta < 0 && forward && edit.bases.length === 1) last += 1
    else if (edit.delta > 0 && !forward) last -= 1
    return Math.floor(last / 3) === Math.floor(next.altAt / 3)
  }

  describe(group: readonly Oriented[], shift: number, afterStop: boolean): CodingChange {
    const first = group[0]!
    const last = group[group.length - 1]!
    const shifted = shift % 3 !== 0
    let bases = ''
    let at = first.at
    for (const edit of group) {
      bases += this.#coding.slice(at, edit.at) + edit.bases
      at = edit.at + edit.length
    }
    const end = last.at + last.length
    const before = untilStop(
      this.#translate(first.at, this.#coding.slice(first.at, end), end, shifted, first.at),
    )
    const after = untilStop(this.#translate(first.altAt, bases, end, shifted, first.at))
    const terms = this.#terms(group, shift, before, after)
    return {
      edits: group.map(({ index }) => index).sort((a, b) => a - b),
      terms,
      before: { residue: Math.floor(first.at / 3) + 1, protein: before },
      after: { residue: Math.floor(first.altAt / 3) + 1, protein: after },
      afterStop,
      gained: shift,
    }
  }

  /** Residues of `bases`, made whole codons by the reference around [refAt, refEnd); to the end where the frame is shifted. */
  #translate(place: number, bases: string, refEnd: number, shifted: boolean, refAt: number): string {
    const lead = place % 3
    const prefix = (this.#before + this.#coding.slice(0, refAt)).slice(-lead || Number.MAX_SAFE_INTEGER)
    let text = prefix + bases
    const tail = this.#coding.slice(refEnd)
    const missing = (3 - (text.length % 3)) % 3
    text += (tail + this.#after).slice(0, missing)
    if (shifted) text += tail.slice(missing)
    let protein = ''
    for (let i = 0; i + 3 <= text.length; i += 3) protein += aminoAcid(text.slice(i, i + 3), this.#model.code)
    return protein
  }

  #terms(group: readonly Oriented[], shift: number, before: string, after: string): TermSet {
    let terms = NONE
    for (const edit of group) terms |= edit.terms & OF_PROTEIN
    let dropped = NONE
    if (shift === 0 && group.some(({ delta }) => delta !== 0)) terms |= PROTEIN_ALTERING
    const endsBefore = before.endsWith('*')
    const endsAfter = after.endsWith('*')
    let incomplete = false
    if (terms & STOP_LOST) {
      if (endsBefore && endsAfter) {
        dropped |= STOP_LOST
        terms |= STOP_RETAINED
      } else if (!endsBefore) {
        if (endsAfter) {
          dropped |= STOP_GAINED
          terms |= STOP_RETAINED
        } else incomplete = true
      }
    }
    if (terms & START_LOST && before[0] !== 'M') terms &= ~START_LOST
    const sameStart = terms & START_LOST && after[0] === 'M' && group.every(({ delta }) => delta === 0)
    if (sameStart) {
      dropped |= START_LOST | SYNONYMOUS
      terms |= START_RETAINED
    }
    if (shift !== 0) {
      terms |= shift % 3 !== 0 ? FRAMESHIFT : shift < 0 ? INFRAME_DELETION : INFRAME_INSERTION
      if (!endsBefore && endsAfter) terms |= STOP_GAINED
    } else terms |= substitutionTerms(before, after)
    if (group.length > 1 && terms & (INFRAME_DELETION | INFRAME_INSERTION | PROTEIN_ALTERING) && endsAfter) {
      dropped |= INFRAME_DELETION | INFRAME_INSERTION | PROTEIN_ALTERING
      terms |= FRAMESHIFT | STOP_GAINED
    }
    terms &= ~dropped
    if (terms & STOP_RETAINED) terms &= ~(STOP_LOST | STOP_GAINED | SYNONYMOUS)
    if (incomplete && terms & ~START_OR_STOP) terms &= ~START_OR_STOP
    if (terms & START_OR_STOP) terms &= ~MISSENSE
    return terms
  }
}

function substitutionTerms(before: string, after: string): TermSet {
  let terms = NONE
  for (let i = 0; i < before.length; i++) {
    // A codon with a base that is not known: what it becomes is not known either.
    if (before[i] === 'X' || after[i] === 'X') {
      terms |= CODING_SEQUENCE
      continue
    }
    if (before[i] === after[i]) continue
    terms |= before[i] === '*' ? STOP_LOST : after[i] === '*' ? STOP_GAINED : MISSENSE
  }
  return terms === NONE ? SYNONYMOUS : terms
}

function untilStop(protein: string): string {
  const stop = protein.indexOf('*')
  return stop < 0 ? protein : protein.slice(0, stop + 1)
}
