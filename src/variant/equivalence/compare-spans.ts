import { reverseComplement } from '../nucleotides.ts'
import type { NameGap } from '../sequence-change.ts'
import type { Span } from './span.ts'

type Verdict = 'same' | 'different' | NameGap

/** Whether two changes of one frame make the same sequence, from what their texts say; else what would have to be known. */
export function compareSpans(asked: Span, compared: Span): Verdict {
  const [one, other] = [reduced(asked), reduced(compared)]
  if (sameText(one, other)) return contradicts(one, other) ? 'different' : 'same'
  const [gained, alsoGained] = [gain(one), gain(other)]
  if (gained !== undefined && alsoGained !== undefined && gained !== alsoGained) return 'different'
  if (Number.isNaN(one.start) || Number.isNaN(other.start)) return unsure(one, other)
  const [first, second] = one.start <= other.start ? [one, other] : [other, one]
  const [a, b] = [spelled(first), spelled(second)]
  if (a !== undefined && b !== undefined) return compareSpelled(a, b)
  const [unit, unitToo] = [indelUnit(first), indelUnit(second)]
  if (unit !== undefined && unitToo !== undefined) return compareIndels(unit, unitToo, first.frame)
  if ((unit === undefined) !== (unitToo === undefined) && [first, second].every(isCertainKind))
    return 'different'
  const apart = first.end <= second.start && isSubstitution(first) && isSubstitution(second)
  return apart ? 'different' : unsure(first, second)
}

/** A change whose bases are told, as little of it as differs. */
function reduced(span: Span): Span {
  const told = span.effect.kind === 'replace' && !Number.isNaN(span.start) ? spelled(span) : undefined
  if (told === undefined || (told.deleted === '' && told.inserted === '')) return span
  const { frame, start, deleted, inserted } = told
  return { frame, start, end: start + deleted.length, deleted, effect: { kind: 'replace', inserted } }
}

function sameText(one: Span, other: Span): boolean {
  const places =
    (Number.isNaN(one.start) && Number.isNaN(other.start)) ||
    (one.start === other.start && one.end === other.end)
  if (!places || one.effect.kind !== other.effect.kind) return false
  if (one.effect.kind === 'repeat' && other.effect.kind === 'repeat') {
    return one.effect.unit === other.effect.unit && one.effect.count === other.effect.count
  }
  return (
    one.effect.kind !== 'replace' ||
    other.effect.kind !== 'replace' ||
    one.effect.inserted === other.effect.inserted
  )
}

/** Two expressions of one span that name different bases of it cannot both be right. */
function contradicts(one: Span, other: Span): boolean {
  return one.deleted !== undefined && other.deleted !== undefined && one.deleted !== other.deleted
}

/** How many bases a change adds; below zero, takes away. */
function gain({ start, end, deleted, effect }: Span): number | undefined {
  const length = Number.isNaN(start) ? deleted?.length : end - start
  if (effect.kind === 'invert') return 0
  if (length === undefined || effect.kind === 'repeat') return undefined
  return effect.kind === 'duplicate' ? length : effect.inserted.length - length
}

interface Spelled {
  readonly start: number
  readonly deleted: string
  readonly inserted: string
  readonly frame: string
}

/** A change whose bases are all told, without those that both sides share. */
function spelled({ start, deleted, effect, frame }: Span): Spelled | undefined {
  if (deleted === undefined || effect.kind === 'repeat') return undefined
  if (effect.kind === 'duplicate')
    return { frame, start: start + deleted.length, deleted: '', inserted: deleted }
  const inserted = effect.kind === 'invert' ? reverseComplement(deleted) : effect.inserted
  const shortest = Math.min(deleted.length, inserted.length)
  let tail = 0
  while (tail < shortest && deleted.at(-1 - tail) === inserted.at(-1 - tail)) tail++
  let head = 0
  while (head < shortest - tail && deleted[head] === inserted[head]) head++
  return {
    frame,
    start: start + head,
    deleted: deleted.slice(head, deleted.length - tail),
    inserted: inserted.slice(head, inserted.length - tail),
  }
}

function compareSpelled(one: Spelled, other: Spelled): Verdict {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one]
  const same =
    first.start === second.start && first.deleted === second.deleted && first.inserted === second.inserted
  if (same) return 'same'
  const pure = [first, second].map(({ deleted, inserted }) => (deleted === '') !== (inserted === ''))
  if (!pure[0] || !pure[1] || (first.deleted === '') !== (second.deleted === '')) return 'different'
  const [unit, unitToo] = [first.deleted || first.inserted, second.deleted || second.inserted]
  const by = second.start - first.start
  if (unitToo !== turned(unit, by)) return 'different'
  // Two deletions that touch tell all bases between them.
  if (first.deleted !== '' && by <= unit.length) return 'same'
  return repeatNeeded(first.frame, first.start, second.start + second.deleted.length, unit.length)
}

interface Unit {
  readonly start: number
  readonly end: number
  readonly length: number
  readonly copy: boolean
  readonly bases: string | undefined
}

/** A pure deletion, insertion or duplication; undefined for what both deletes and inserts, or may. */
function indelUnit({ start, end, deleted, effect }: Span): Unit | undefined {
  const length = end - start
  if (effect.kind === 'duplicate') return { start, end, length, copy: true, bases: deleted }
  if (effect.kind !== 'replace') return undefined
  if (effect.inserted === '') return { start, end, length, copy: false, bases: deleted }
  return length === 0
    ? { start, end, length: effect.inserted.length, copy: false, bases: effect.inserted }
    : undefined
}

/** Both gain or lose the same number of bases. */
function compareIndels(first: Unit, second: Unit, frame: string): Verdict {
  const inserted = [first, second].find(({ copy, start, end }) => !copy && start === end)
  const copied = [first, second].find(({ copy }) => copy)
  if (inserted !== undefined && copied?.bases !== undefined && inserted.bases !== undefined) {
    if (inserted.bases !== turned(copied.bases, inserted.start - copied.start)) return 'different'
    if (inserted.start >= copied.start && inserted.start <= copied.end) return 'same'
  }
  const [start, end] = [Math.min(first.start, second.start), Math.max(first.end, second.end)]
  return repeatNeeded(frame, start, end, first.length)
}

function repeatNeeded(frame: string, start: number, end: number, unit: number): NameGap {
  return { kind: 'only-if-repeat', sequence: sequenceOf(frame), start, end, unit }
}

/** The unit of a repeat, begun so many bases later. */
function turned(unit: string, by: number): string {
  const at = ((by % unit.length) + unit.length) % unit.length
  return unit.slice(at) + unit.slice(0, at)
}

/** A substitution of one base, told as one. */
function isSubstitution({ start, end, deleted, effect }: Span): boolean {
  if (end - start !== 1 || effect.kind !== 'replace' || effect.inserted.length !== 1) return false
  return deleted !== effect.inserted
}

/** Whether a change is surely of its kind: a deletion with insertion may turn out to be less. */
function isCertainKind(span: Span): boolean {
  return indelUnit(span) !== undefined || isSubstitution(span)
}

function unsure(one: Span, other: Span): NameGap {
  const known = !Number.isNaN(one.start) && !Number.isNaN(other.start)
  const start = known ? Math.min(one.start, other.start) : 0
  const end = known ? Math.max(one.end, other.end) : 0
  return { kind: 'bases-unknown', sequence: sequenceOf(one.frame), start, end }
}

function sequenceOf(frame: string): string {
  return frame.split('|')[0]!
}
