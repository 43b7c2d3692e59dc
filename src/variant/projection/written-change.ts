import type { Form } from '../hgvs/apply-edit.ts'
import { reverseComplement } from '../nucleotides.ts'
import type { SequenceChange } from '../sequence-change.ts'
import type { TranscriptPlace } from './numbering.ts'
import type { TranscriptMap } from './transcript-map.ts'

/**
 * A change of one sequence that remembers how it was written: of a duplication, `deleted` is what stands twice in
 * `inserted`; of an insertion `deleted` is empty.
 */
export interface WrittenChange extends SequenceChange {
  readonly form: Form
  /** True where `deleted` is what the transcript has, and the genome's own bases there are not known. */
  readonly assumed?: true
}

/** The same on a transcript, in its direction, where places may lie in introns. */
export interface PlacedChange {
  readonly map: TranscriptMap
  /** First and last base, both included; of an insertion the two bases that it stands between. */
  readonly start: TranscriptPlace
  readonly end: TranscriptPlace
  readonly deleted: string
  readonly inserted: string
  readonly form: Form
  /** True where `deleted` is what the genome has, and the transcript's own bases there are not known. */
  readonly assumed?: true
}

/** The change of the transcript's own sequence; undefined where an end lies in an intron. */
export function ownChange({
  map,
  start,
  end,
  deleted,
  inserted,
  form,
}: PlacedChange): WrittenChange | undefined {
  if (start.offset !== 0 || end.offset !== 0) return undefined
  const at = form === 'insertion' ? end.base : start.base
  return { sequence: map.transcript.id, start: at, deleted, inserted, form }
}

/** Whether both ends lie in exons, and not in the same one. */
export function crossesIntron({ map, start, end }: Pick<PlacedChange, 'map' | 'start' | 'end'>): boolean {
  return start.offset === 0 && end.offset === 0 && map.exonOf(start.base) !== map.exonOf(end.base)
}

/** What a change that copies its reference puts in where the reference is this; undefined where it brings its own bases. */
export function retold(
  { form, deleted, inserted }: Pick<PlacedChange, 'form' | 'deleted' | 'inserted'>,
  reference: string,
): string | undefined {
  if (form === 'duplication') return reference + reference
  if (form === 'inversion') return reverseComplement(reference)
  return form === 'other' && deleted === inserted && deleted !== '' ? reference : undefined
}
