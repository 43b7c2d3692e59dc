import type { VrsObject } from '../../terms/vrs/identify.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, type SequenceChange, trimmed } from '../sequence-change.ts'
import { contextual } from '../spdi/contextual.ts'
import { refgetOf } from './refget-of.ts'

/**
 * The normalised VRS 2 Allele of a change: what others compute for it too, whichever way it was written.
 * Source: GA4GH VRS 2, "Allele Normalization". Unknown where neighbouring bases or the digest of the sequence are.
 */
export function alleleOf(change: SequenceChange, source: SequenceSource): Named<VrsObject> {
  const refget = refgetOf(change.sequence, source)
  if (!refget.known) return refget
  const wide = contextual(change, source)
  if (!wide.known) return wide
  const { start, deleted, inserted } = wide.value
  const core = trimmed(change)
  return known({
    type: 'Allele',
    location: {
      type: 'SequenceLocation',
      sequenceReference: { type: 'SequenceReference', refgetAccession: refget.value },
      start,
      end: start + deleted.length,
    },
    state: stateOf(deleted, inserted, core.deleted.length, core.inserted.length),
  })
}

/** `deletedSeed` and `insertedSeed`: how many bases the trimmed change deletes and inserts. */
function stateOf(deleted: string, inserted: string, deletedSeed: number, insertedSeed: number): VrsObject {
  if (deletedSeed === 0 && insertedSeed === 0) return lengthOf(deleted.length, deleted.length)
  if (deletedSeed > 0 && insertedSeed > 0) return literal(inserted)
  if (insertedSeed === 0) return lengthOf(inserted.length, deletedSeed)
  const unit = repeatUnit(deleted, inserted, insertedSeed)
  return unit === undefined ? literal(inserted) : lengthOf(inserted.length, unit)
}

/** The greatest factor of the seed that the reference repeats at, and that the inserted text goes on at. */
function repeatUnit(deleted: string, inserted: string, seed: number): number | undefined {
  for (let unit = Math.min(seed, deleted.length); unit > 0; unit--) {
    if (seed % unit === 0 && inserted.startsWith(deleted) && goesRound(inserted, unit)) return unit
  }
  return undefined
}

function goesRound(text: string, unit: number): boolean {
  return text.slice(unit) === text.slice(0, text.length - unit)
}

function literal(sequence: string): VrsObject {
  return { type: 'LiteralSequenceExpression', sequence }
}

function lengthOf(length: number, repeatSubunitLength: number): VrsObject {
  return { type: 'ReferenceLengthExpression', length, repeatSubunitLength }
}
