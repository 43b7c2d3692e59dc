import { asDna } from '../hgvs/apply-edit.ts'
import { isPosition, type NucleotideExpression, type Place } from '../hgvs/expression.ts'
import { formatInterval } from '../hgvs/format.ts'
import { type SequenceChange, trimmed } from '../sequence-change.ts'

/** What stands in the place of a span, as far as the expression says it. */
export type Effect =
  | { readonly kind: 'replace'; readonly inserted: string }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'invert' }
  /** The run of units that begins here becomes so many; `unit` undefined where it is the span itself. */
  | { readonly kind: 'repeat'; readonly unit: string | undefined; readonly count: number }

/** A change by its text alone, without its reference. */
export interface Span {
  /**
   * The sequence and, on a transcript, the stretch of it along which positions can be counted: from the start codon, from the
   * stop codon, or into one side of one intron.
   */
  readonly frame: string
  /** [start, end) counted from 0 in the frame; both NaN where the two ends lie in different frames. */
  readonly start: number
  readonly end: number
  /** Bases of the span, where they are stated. */
  readonly deleted: string | undefined
  readonly effect: Effect
}

export function spanOfChange(change: SequenceChange): Span {
  const { sequence, start, deleted, inserted } = trimmed(change)
  const told = deleted.includes('N') ? undefined : deleted
  return {
    frame: `${sequence}|g`,
    start,
    end: start + deleted.length,
    deleted: told,
    effect: { kind: 'replace', inserted },
  }
}

/** Undefined where the expression is not exact: an uncertain place, an unknown insertion, several changes. */
export function spanOf(expression: NucleotideExpression, accession: string): Span | undefined {
  const { change, type, alleles } = expression
  if (alleles !== undefined || change.interval.uncertain) return undefined
  const start = frameOf(change.interval.start, type)
  const end = frameOf(change.interval.end, type)
  if (start === undefined || end === undefined) return undefined
  const told = effectOf(expression)
  if (told === undefined) return undefined
  const kind = type === 'm' || type === 'o' ? 'g' : type
  if (start.frame !== end.frame) {
    const text = formatInterval(change.interval)
    return { frame: `${accession}|${kind}|${text}`, start: Number.NaN, end: Number.NaN, ...told }
  }
  const frame = `${accession}|${kind}${start.frame}`
  // An insertion stands between its two positions.
  if (change.edit.kind === 'insertion') return { frame, start: end.at, end: end.at, ...told }
  // A run of units is named by its first one or as a whole: where it begins is what counts.
  const unit = told.effect.kind === 'repeat' ? told.effect.unit : undefined
  return { frame, start: start.at, end: unit === undefined ? end.at + 1 : start.at + unit.length, ...told }
}

function effectOf({ change: { edit } }: NucleotideExpression): Pick<Span, 'deleted' | 'effect'> | undefined {
  const bases = (text: string | undefined) => (text === undefined ? undefined : asDna(text))
  switch (edit.kind) {
    case 'substitution':
      return { deleted: asDna(edit.from), effect: { kind: 'replace', inserted: asDna(edit.to) } }
    case 'deletion':
      return { deleted: bases(edit.stated.bases), effect: { kind: 'replace', inserted: '' } }
    case 'duplication':
      return { deleted: bases(edit.stated.bases), effect: { kind: 'duplicate' } }
    case 'inversion':
      return { deleted: bases(edit.stated.bases), effect: { kind: 'invert' } }
    case 'insertion':
      if (edit.inserted.kind !== 'bases') return undefined
      return { deleted: '', effect: { kind: 'replace', inserted: asDna(edit.inserted.bases) } }
    case 'deletion-insertion':
      if (edit.inserted.kind !== 'bases') return undefined
      return {
        deleted: bases(edit.stated.bases),
        effect: { kind: 'replace', inserted: asDna(edit.inserted.bases) },
      }
    case 'repeat': {
      const { least, most } = edit.count
      if (least === undefined || least !== most) return undefined
      return { deleted: undefined, effect: { kind: 'repeat', unit: bases(edit.unit), count: least } }
    }
    default:
      return undefined
  }
}

/** The frame of one position, and its place there counted from 0. */
function frameOf(place: Place, type: string): { readonly frame: string; readonly at: number } | undefined {
  if (!isPosition(place) || place.base === undefined || !Number.isFinite(place.offset)) return undefined
  const { from, base, offset } = place
  if (offset !== 0) {
    const side = offset > 0 ? '+' : '-'
    return { frame: `|${from === 'stop' ? '*' : ''}${base}${side}`, at: offset > 0 ? offset - 1 : offset }
  }
  if (from === 'stop') return { frame: '|*', at: base - 1 }
  // There is no position 0.
  return { frame: type === 'c' || type === 'r' ? '|exon' : '', at: base > 0 ? base - 1 : base }
}
