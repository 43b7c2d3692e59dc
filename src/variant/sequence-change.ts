import type { Answer } from '../terms/answer.ts'

/**
 * `deleted` at [start, start + deleted.length), counted from 0, is replaced by `inserted`. Both in capitals, forward strand.
 * N stands for a base that neither the expression nor a file told: such a change can be counted along, not compared.
 */
export interface SequenceChange {
  /** Accession with version, or the name a file gives to the sequence. */
  readonly sequence: string
  readonly start: number
  readonly deleted: string
  readonly inserted: string
}

/** Why a change has no name of the kind that was asked for. */
export type NameGap =
  /** None of the files given has this sequence. */
  | { readonly kind: 'no-sequence'; readonly sequence: string }
  /** The file has the sequence, but not these bases, [start, end) counted from 0. */
  | {
      readonly kind: 'bases-unknown'
      readonly sequence: string
      readonly start: number
      readonly end: number
    }
  /** None of the files given has this transcript; `others` are versions that are there. */
  | { readonly kind: 'no-transcript'; readonly transcript: string; readonly others: readonly string[] }
  /** The expression names no version; this is the only one that the files have. */
  | { readonly kind: 'version-taken'; readonly asked: string; readonly transcript: string }
  /** The expression names a gene in parentheses, and the transcript is of another, by the files. */
  | {
      readonly kind: 'other-gene'
      readonly asked: string
      readonly transcript: string
      readonly gene: string
    }
  /** The transcript is there, but not aligned to this sequence. */
  | { readonly kind: 'not-aligned'; readonly transcript: string; readonly to: string }
  /** The expression names other bases than the genome has, and the transcript's own sequence is in no file given. */
  | { readonly kind: 'transcript-differs'; readonly transcript: string }
  | { readonly kind: 'not-coding'; readonly transcript: string }
  /** Its coding sequence cannot be read as the protein that is made of it. */
  | { readonly kind: 'not-one-protein'; readonly transcript: string; readonly why: string }
  | { readonly kind: 'outside-transcript'; readonly transcript: string }
  /** The expression does not say where exactly, how much, or what: "(4_6)_10del", "insN[10]", "copy4". */
  | { readonly kind: 'not-exact'; readonly what: string }
  /** A range over the origin of a circular sequence. */
  | { readonly kind: 'across-origin' }
  /** More bases than one answer may read. */
  | { readonly kind: 'too-long'; readonly bases: number; readonly most: number }
  /** Two expressions are the same only if the reference repeats, every `unit` bases, in [start, end) counted from 0. */
  | {
      readonly kind: 'only-if-repeat'
      readonly sequence: string
      readonly start: number
      readonly end: number
      readonly unit: number
    }
  /** Two expressions are of two sequences that no alignment given relates. */
  | { readonly kind: 'no-common-sequence'; readonly one: string; readonly other: string }
  /** No digest of the whole sequence is known, so that there is no identifier others would compute too. */
  | { readonly kind: 'no-digest'; readonly sequence: string }

export type Named<T> = Answer<T, NameGap>

export function known<T>(value: T): { readonly known: true; readonly value: T } {
  return { known: true, value }
}

export function unknown(gap: NameGap): { readonly known: false; readonly because: readonly [NameGap] } {
  return { known: false, because: [gap] }
}

/** The change without the bases that both sides share at either end: what is left differs. */
export function trimmed(change: SequenceChange): SequenceChange {
  const { deleted, inserted } = change
  const shortest = Math.min(deleted.length, inserted.length)
  let tail = 0
  const same = (i: number, j: number) => deleted[i] === inserted[j] && deleted[i] !== 'N'
  while (tail < shortest && same(deleted.length - 1 - tail, inserted.length - 1 - tail)) tail++
  let head = 0
  while (head < shortest - tail && same(head, head)) head++
  return {
    sequence: change.sequence,
    start: change.start + head,
    deleted: deleted.slice(head, deleted.length - tail),
    inserted: inserted.slice(head, inserted.length - tail),
  }
}

/** Why a change cannot be compared with the reference: some of its bases are not told; undefined when all are. */
export function untold({ sequence, start, deleted, inserted }: SequenceChange): NameGap | undefined {
  if (!/[^ACGT]/.test(deleted) && !/[^ACGT]/.test(inserted)) return undefined
  return { kind: 'bases-unknown', sequence, start, end: start + deleted.length }
}
