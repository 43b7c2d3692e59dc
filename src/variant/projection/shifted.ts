import type { Form } from '../hgvs/apply-edit.ts'
import { knownBases } from '../known-bases.ts'
import { reverseComplement } from '../nucleotides.ts'
import { type Bounds, roll } from '../roll.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, type SequenceChange, trimmed, unknown, untold } from '../sequence-change.ts'
import type { WrittenChange } from './written-change.ts'

/**
 * The form that HGVS asks for: no shared bases, insertions and deletions as far to the 3' end as they go, a copy of what stands
 * before it as a duplication, the other strand as an inversion. `towards` is the 3' end: 1 for higher positions.
 * Source: HGVS Nomenclature 21.0, "General recommendations" (3' rule, prioritisation).
 */
export function shifted(
  change: SequenceChange,
  source: SequenceSource,
  towards: 1 | -1,
  bounds?: Bounds,
): Named<WrittenChange> {
  const gap = untold(change)
  if (gap !== undefined) return unknown(gap)
  const core = trimmed(change)
  const { sequence, deleted, inserted } = core
  if (deleted === '' && inserted === '') return known({ ...change, form: 'other' })
  if (deleted !== '' && inserted !== '') return known({ ...core, form: bothForm(deleted, inserted) })
  const room = roll(core, source, bounds)
  if (!room.known) return room
  const by = towards === 1 ? room.value.right : -room.value.left
  const unit = turned(deleted === '' ? inserted : deleted, by)
  const start = core.start + by
  if (inserted === '') return known({ sequence, start, deleted: unit, inserted: '', form: 'other' })
  const copied = towards === 1 ? start - unit.length : start
  const inside =
    copied >= (bounds?.start ?? 0) && copied + unit.length <= (bounds?.end ?? Number.POSITIVE_INFINITY)
  const beside = inside ? knownBases(source, sequence, copied, copied + unit.length) : undefined
  if (beside?.known && beside.value === unit) {
    return known({ sequence, start: copied, deleted: unit, inserted: unit + unit, form: 'duplication' })
  }
  if (beside?.known === false && mayBeCopy(source, sequence, copied, unit)) return beside
  const back =
    by === 0 ? 0 : stepBack(start, towards, bounds ?? { start: 0, end: source.contig(sequence)!.length })
  const between = turned(inserted, by + back)
  return known({ sequence, start: start + back, deleted: '', inserted: between, form: 'insertion' })
}

/** An insertion stands between two bases: one that has come to the outer side of the last base goes back before it. */
function stepBack(start: number, towards: 1 | -1, bounds: Bounds): 0 | 1 | -1 {
  if (bounds.goesOn) return 0
  if (towards === 1) return start === bounds.end ? -1 : 0
  return start === bounds.start ? 1 : 0
}

function bothForm(deleted: string, inserted: string): Form {
  return deleted.length > 1 && inserted === reverseComplement(deleted) ? 'inversion' : 'other'
}

/** The unit of a repeat, begun so many bases later (or, below zero, earlier). */
function turned(unit: string, by: number): string {
  const at = ((by % unit.length) + unit.length) % unit.length
  return unit.slice(at) + unit.slice(0, at)
}

/** Whether the bases that are known do not rule a copy out. */
function mayBeCopy(source: SequenceSource, sequence: string, start: number, unit: string): boolean {
  const contig = source.contig(sequence)
  if (contig === undefined || start < 0) return false
  const bases = source.bases(contig.name, start, start + unit.length)
  if (bases.length < unit.length) return false
  return [...bases].every((base, i) => base === unit[i] || !'ACGT'.includes(base))
}
