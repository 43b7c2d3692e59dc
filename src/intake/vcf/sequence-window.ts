/**
 * A short stretch of known reference bases around an insertion or deletion. Two spellings of a change are the same
 * change exactly when they turn this stretch into the same bases, however they are anchored, padded or shifted.
 */
export interface SequenceWindow {
  /** 1-based position of the first base. */
  readonly start: number
  readonly bases: string
}

/** What one spelled change does to a window. */
type Effect =
  | { readonly kind: 'same' }
  /** `at` is the first changed base, or the base before which is inserted, once moved as far left as the window shows. */
  | {
      readonly kind: 'changed'
      readonly haplotype: string
      readonly at: number
      readonly removed: number
      readonly added: number
    }
  /** It reaches beyond the known bases, so what it makes of them cannot be told. */
  | { readonly kind: 'beyond' }

/** A change without the bases that REF and ALT share. */
interface Core {
  /** 1-based position of the first removed base, or the base before which is inserted. */
  readonly at: number
  readonly removed: string
  readonly added: string
}

/** REF and ALT without the end and then the beginning that they share. Equal alleles leave nothing removed or added. */
export function coreOf(position: number, ref: string, alt: string): Core {
  let end = 0
  const shorter = Math.min(ref.length, alt.length)
  while (end < shorter && ref[ref.length - 1 - end] === alt[alt.length - 1 - end]) end += 1
  let begin = 0
  while (begin < shorter - end && ref[begin] === alt[begin]) begin += 1
  return {
    at: position + begin,
    removed: ref.slice(begin, ref.length - end),
    added: alt.slice(begin, alt.length - end),
  }
}

/** The bases of a window after a change, and where the change lies when moved to the left as VCF asks. */
export function effectOn(window: SequenceWindow, core: Core): Effect {
  const { start, bases } = window
  if (core.removed === '' && core.added === '') return { kind: 'same' }
  const from = core.at - start
  const to = from + core.removed.length
  if (to < 0 || from > bases.length || (core.removed !== '' && (to <= 0 || from >= bases.length))) {
    return { kind: 'same' }
  }
  if (from < 0 || to > bases.length) return { kind: 'beyond' }
  const haplotype = bases.slice(0, from) + core.added + bases.slice(to)
  return {
    kind: 'changed',
    haplotype,
    at: start + leftmost(bases, from, core),
    removed: core.removed.length,
    added: core.added.length,
  }
}

/** Moves a pure insertion or deletion to the left while the base before it equals its last base. */
function leftmost(bases: string, from: number, core: Core): number {
  if (core.removed !== '' && core.added !== '') return from
  let moved = core.removed + core.added
  let at = from
  while (at > 0 && bases[at - 1] === moved[moved.length - 1]) {
    moved = moved[moved.length - 1] + moved.slice(0, -1)
    at -= 1
  }
  return at
}

/** Whether the bases of REF are those of the window where the two overlap. */
export function agrees(window: SequenceWindow, position: number, ref: string): boolean {
  const from = Math.max(position, window.start)
  const to = Math.min(position + ref.length, window.start + window.bases.length)
  for (let at = from; at < to; at++) {
    if (ref[at - position] !== window.bases[at - window.start]) return false
  }
  return true
}
