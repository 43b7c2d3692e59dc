import { knownBases } from '../known-bases.ts'
import { roll } from '../roll.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, type SequenceChange, trimmed, unknown, untold } from '../sequence-change.ts'

/**
 * The one form of a change that spans every way of writing it (NCBI's contextual allele, "fully justified" in VRS): shared
 * bases are taken off, then an insertion or deletion is widened over the repeat that it stands in. A change of nothing, and
 * one that both deletes and inserts, has only one way.
 */
export function contextual(change: SequenceChange, source: SequenceSource): Named<SequenceChange> {
  const gap = untold(change)
  if (gap !== undefined) return unknown(gap)
  const core = trimmed(change)
  if ((core.deleted === '') === (core.inserted === '')) return known(core.deleted === '' ? change : core)
  const room = roll(core, source)
  if (!room.known) return room
  const { left, right } = room.value
  const end = core.start + core.deleted.length
  const before = knownBases(source, core.sequence, core.start - left, core.start)
  const after = knownBases(source, core.sequence, end, end + right)
  if (!before.known) return before
  if (!after.known) return after
  return known({
    sequence: core.sequence,
    start: core.start - left,
    deleted: `${before.value}${core.deleted}${after.value}`,
    inserted: `${before.value}${core.inserted}${after.value}`,
  })
}
