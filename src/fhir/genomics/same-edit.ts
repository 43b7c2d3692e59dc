import { compareSpans } from '../../variant/equivalence/compare-spans.ts'
import type { Span } from '../../variant/equivalence/span.ts'
import { knownBases } from '../../variant/known-bases.ts'
import type { SequenceSource } from '../../variant/sequence.ts'
import { contextual } from '../../variant/spdi/contextual.ts'
import type { Edit } from './edit.ts'

export type Verdict = 'yes' | 'no' | 'unknown'

/** Further apart than this along a repeat, in bases, two insertions or deletions are not one. */
const FURTHEST = 500

/**
 * The edit over every way of writing it (contextual SPDI), where the sequence is there; else as it is. An edit that
 * contradicts its sequence is left as it is, too.
 */
export function widened(edit: Edit, sequences: SequenceSource): Edit {
  if (edit.whole) return edit
  const held = knownBases(sequences, edit.refseq, edit.start, edit.end)
  if (!held.known || held.value.length !== edit.end - edit.start) return edit
  if (edit.deleted !== undefined && edit.deleted !== held.value) return edit
  const inserted = edit.duplicates ? held.value + held.value : edit.inserted
  const { refseq, start } = edit
  const wide = contextual({ sequence: refseq, start, deleted: held.value, inserted }, sequences)
  if (!wide.known) return edit
  const { value } = wide
  return {
    refseq,
    start: value.start,
    end: value.start + value.deleted.length,
    deleted: value.deleted,
    inserted: value.inserted,
    duplicates: false,
    whole: true,
  }
}

/**
 * Whether two edits of one sequence make the same sequence. Two that were widened are compared as they stand. Else it is told
 * where one spans the other, or by their texts; unknown where only the bases between them could tell.
 */
export function compareEdits(one: Edit, other: Edit): Verdict {
  if (one.refseq !== other.refseq) return 'no'
  if (one.whole && other.whole)
    return one.start === other.start && one.deleted === other.deleted && one.inserted === other.inserted
      ? 'yes'
      : 'no'
  const spanned = within(one, other) ?? within(other, one)
  if (spanned !== undefined) return spanned
  if (gain(one) !== gain(other)) return 'no'
  const verdict = compareSpans(spanOf(one), spanOf(other))
  if (verdict === 'same') return 'yes'
  if (verdict === 'different') return 'no'
  const apart = Math.max(one.start, other.start) - Math.min(one.end, other.end)
  // A change that neither adds nor takes away is nowhere else.
  if (apart > FURTHEST || (apart > 0 && gain(one) === 0)) return 'no'
  return breaksRepeat(one, other) ? 'no' : 'unknown'
}

/** How many bases an edit adds; below zero, takes away. */
export function gain({ start, end, inserted, duplicates }: Edit): number {
  return duplicates ? end - start : inserted.length - (end - start)
}

function spanOf({ refseq, start, end, deleted, inserted, duplicates }: Edit): Span {
  return {
    frame: `${refseq}|g`,
    start,
    end,
    deleted,
    effect: duplicates ? { kind: 'duplicate' } : { kind: 'replace', inserted },
  }
}

/** Applies `inner` to the bases that `outer` spells out; undefined where it does not lie in them. */
function within(inner: Edit, outer: Edit): Verdict | undefined {
  const bases = outer.deleted
  if (bases === undefined || outer.duplicates || inner.start < outer.start || inner.end > outer.end)
    return undefined
  const from = inner.start - outer.start
  const to = inner.end - outer.start
  const here = bases.slice(from, to)
  if (inner.deleted !== undefined && inner.deleted !== here) return 'no'
  const inserted = inner.duplicates ? here + here : inner.inserted
  return bases.slice(0, from) + inserted + bases.slice(to) === outer.inserted ? 'yes' : 'no'
}

/**
 * Whether bases that the two spell out show that the sequence does not repeat from the one to the other, every as many bases
 * as they add or take away.
 */
function breaksRepeat(one: Edit, other: Edit): boolean {
  const length = Math.abs(gain(one))
  const told = new Map<number, string>()
  for (const { start, deleted } of [one, other])
    for (const [i, base] of [...(deleted ?? '')].entries()) told.set(start + i, base)
  const [a, b] = [core(one), core(other)]
  const [first, last] = a.start <= b.start ? [a, b] : [b, a]
  for (let at = first.start; at < Math.max(first.end, last.end); at++) {
    const base = told.get(at)
    const expected = first.unit?.[(at - first.start) % length] ?? told.get(at - length)
    const inRepeat = first.unit !== undefined || at - length >= first.start
    if (inRepeat && base !== undefined && expected !== undefined && base !== expected) return true
  }
  return false
}

/** [start, end) of what differs, where it is told, and the bases that are added or taken away. */
function core({ start, end, deleted, inserted, duplicates }: Edit) {
  if (duplicates || deleted === undefined) return { start, end, unit: deleted }
  const shortest = Math.min(deleted.length, inserted.length)
  let tail = 0
  while (tail < shortest && deleted.at(-1 - tail) === inserted.at(-1 - tail)) tail++
  let head = 0
  while (head < shortest - tail && deleted[head] === inserted[head]) head++
  const gone = deleted.slice(head, deleted.length - tail)
  const added = inserted.slice(head, inserted.length - tail)
  const unit = gone === '' ? added : added === '' ? gone : undefined
  return { start: start + head, end: end - tail, unit }
}
