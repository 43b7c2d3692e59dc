import type { VrsObject } from './identify.ts'

/** A change at [start, end) of a sequence, 0-based, fully spelled out. */
interface SpelledChange {
  /** GA4GH refget digest of the sequence, "SQ.…". */
  readonly refget: string
  readonly start: number
  readonly deleted: string
  readonly inserted: string
  /** Whether an insertion or deletion is known to span every way of writing it, as NCBI's contextual SPDI does; a VCF record does not. */
  readonly contextual: boolean
}

/**
 * The VRS 2 Allele of a change; undefined when it has no identifier that others would compute too. A substitution needs no sequence around it. An insertion or deletion has one
 * identifier only when it spans every way of writing it (VRS, "Allele Normalization"): a contextual one does; a bare one may be
 * shifted by bases that are not given.
 */
export function vrsAllele(change: SpelledChange): VrsObject | undefined {
  const { refget, start, deleted, inserted, contextual } = change
  const location: VrsObject = {
    type: 'SequenceLocation',
    sequenceReference: { type: 'SequenceReference', refgetAccession: refget },
    start,
    end: start + deleted.length,
  }
  if (deleted.length === inserted.length) {
    const [from, to] = trimmed(deleted, inserted)
    if (from === to)
      return allele(location, {
        type: 'ReferenceLengthExpression',
        length: deleted.length,
        repeatSubunitLength: deleted.length,
      })
    const at = deleted.slice(0, from)
    const narrow = {
      ...location,
      start: start + at.length,
      end: start + to,
    }
    return allele(narrow, { type: 'LiteralSequenceExpression', sequence: inserted.slice(from, to) })
  }
  const unit = Math.abs(inserted.length - deleted.length)
  const [longer, shorter] = inserted.length > deleted.length ? [inserted, deleted] : [deleted, inserted]
  if (contextual && shorter.length > 0 && repeats(longer, unit) && longer.startsWith(shorter)) {
    return allele(location, {
      type: 'ReferenceLengthExpression',
      length: inserted.length,
      repeatSubunitLength: unit,
    })
  }
  return undefined
}

function allele(location: VrsObject, state: VrsObject): VrsObject {
  return { type: 'Allele', location, state }
}

/** Whether a text is a unit of this length over and over, the last one perhaps cut. */
function repeats(text: string, unit: number): boolean {
  for (let i = unit; i < text.length; i++) if (text[i] !== text[i - unit]) return false
  return true
}

/** First and last place (exclusive) where two texts of one length differ; equal texts give two equal numbers. */
function trimmed(one: string, other: string): readonly [number, number] {
  let from = 0
  while (from < one.length && one[from] === other[from]) from++
  if (from === one.length) return [0, 0]
  let to = one.length
  while (to > from && one[to - 1] === other[to - 1]) to--
  return [from, to]
}
