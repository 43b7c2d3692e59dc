import type { Assemblies, Bounds, ReferenceSequence } from '../../knowledge/assemblies.ts'
import { Fault } from '../../terms/fault.ts'
import { type Edit, sameEdit } from './edit.ts'
import type { Span, StoredVariant } from './stored-variant.ts'

/** A range as asked for: SPDI-like, 0-based, end not included. */
export interface AskedRange extends Span {
  readonly text: string
  readonly sequence: ReferenceSequence
}

type Verdict = 'yes' | 'no' | 'unknown'

/** Reads "NC_000019.9:11200138-11244496". Throws RANGE_MALFORMED, SEQUENCE_UNKNOWN. */
export function readRange(text: string, assemblies: Assemblies): AskedRange {
  const match = /^(NC_\d+\.\d+):(\d+)-(\d+)$/.exec(text)
  const [, refseq = '', from = '', to = ''] = match ?? []
  const [start, end] = [Number(from), Number(to)]
  if (match === null || end < start) {
    throw new Fault(
      'RANGE_MALFORMED',
      'ranges',
      `"${text}" is not a range`,
      'Write it as NC_000019.9:11200138-11244496 (0-based, the end not included).',
    )
  }
  return { text, start, end, sequence: sequenceOf(refseq, assemblies, 'ranges') }
}

/** Throws SEQUENCE_UNKNOWN. */
export function sequenceOf(refseq: string, assemblies: Assemblies, where: string): ReferenceSequence {
  const sequence = assemblies.sequence(refseq)
  if (sequence !== undefined) return sequence
  throw new Fault(
    'SEQUENCE_UNKNOWN',
    where,
    `"${refseq}" is not a chromosome of GRCh37 or GRCh38`,
    'Name the RefSeq accession with its version, as NC_000019.10.',
  )
}

/** A span in the coordinates of another assembly, as far as its ends are known. */
interface LiftedSpan {
  readonly start: Bounds
  readonly end: Bounds
}

function liftedTo(
  span: Span,
  from: ReferenceSequence,
  to: ReferenceSequence,
  assemblies: Assemblies,
): LiftedSpan {
  const exactly = (position: number): Bounds => ({ low: position, high: position })
  if (from.refseq === to.refseq) return { start: exactly(span.start), end: exactly(span.end) }
  const start = assemblies.lift(from.chromosome, from.assembly, span.start + 1)
  const end = assemblies.lift(from.chromosome, from.assembly, Math.max(span.start + 1, span.end))
  const empty = span.end === span.start ? 1 : 0
  return {
    start: { low: start.low - 1, high: start.high - 1 },
    end: { low: end.low - empty, high: end.high - empty },
  }
}

/** Whether two spans share a base; an insertion lies in a span that holds its place. */
function overlap({ start, end }: LiftedSpan, asked: Span): Verdict {
  const reaches = (from: number, to: number) =>
    from < asked.end && (to > asked.start || (to === from && to >= asked.start))
  if (reaches(start.high, end.low) && reaches(start.low, end.high)) return 'yes'
  return reaches(start.low, end.high) ? 'unknown' : 'no'
}

function contains({ start, end }: LiftedSpan, asked: Span): Verdict {
  if (start.high <= asked.start && end.low >= asked.end) return 'yes'
  return start.low <= asked.start && end.high >= asked.end ? 'unknown' : 'no'
}

/** Variants on the chromosome of a question, and how their place in its assembly is judged. */
function judged(
  variants: readonly StoredVariant[],
  asked: ReferenceSequence,
  assemblies: Assemblies,
  judge: (variant: StoredVariant, sequence: ReferenceSequence) => Verdict,
): readonly StoredVariant[] {
  const found: StoredVariant[] = []
  let unknown = 0
  for (const variant of variants) {
    const sequence = assemblies.sequence(variant.refseq)
    if (sequence?.chromosome !== asked.chromosome) continue
    const verdict = judge(variant, sequence)
    if (verdict === 'yes') found.push(variant)
    else if (verdict === 'unknown') unknown++
  }
  if (unknown > 0) {
    throw new Fault(
      'LIFTOVER_UNKNOWN',
      asked.refseq,
      `${unknown} stored variants of chromosome ${asked.chromosome} are on the other assembly, at places whose ${asked.assembly} position is not known here`,
      'Ask in the assembly of the stored variants, or import the chain file of the two assemblies (garrod facts import chain).',
    )
  }
  return found
}

/** Simple variants that touch the range. Throws LIFTOVER_UNKNOWN when an answer would be a guess. */
export function variantsIn(range: AskedRange, variants: readonly StoredVariant[], assemblies: Assemblies) {
  const simple = variants.filter((one) => one.inner === undefined)
  return judged(simple, range.sequence, assemblies, (one, from) =>
    overlap(liftedTo(one.span, from, range.sequence, assemblies), range),
  )
}

/** Structural variants that reach into the range, by their outermost ends. */
export function structuralIntersecting(
  range: AskedRange,
  variants: readonly StoredVariant[],
  assemblies: Assemblies,
) {
  const structural = variants.filter((one) => one.inner !== undefined)
  return judged(structural, range.sequence, assemblies, (one, from) =>
    overlap(liftedTo(one.span, from, range.sequence, assemblies), range),
  )
}

/** Structural variants that hold the whole range, by the bases that are changed for certain. */
export function structuralSubsuming(
  range: AskedRange,
  variants: readonly StoredVariant[],
  assemblies: Assemblies,
) {
  const structural = variants.filter((one) => one.inner !== undefined)
  return judged(structural, range.sequence, assemblies, (one, from) =>
    contains(liftedTo(one.inner!, from, range.sequence, assemblies), range),
  )
}

/** Variants that make the same change as the one asked for, in either assembly. */
export function sameVariants(asked: Edit, variants: readonly StoredVariant[], assemblies: Assemblies) {
  const sequence = sequenceOf(asked.refseq, assemblies, 'variants')
  const simple = variants.filter((one) => one.edit !== undefined)
  return judged(simple, sequence, assemblies, (one, from) => {
    if (from.refseq === sequence.refseq) return sameEdit(one.edit!, asked) ? 'yes' : 'no'
    const { start, end } = liftedTo(one.span, from, sequence, assemblies)
    const known = start.low === start.high && end.low === end.high
    if (known) {
      const moved = { ...one.edit!, refseq: sequence.refseq, start: start.low, end: end.low }
      return sameEdit(moved, asked) ? 'yes' : 'no'
    }
    // Elsewhere in any case, or of other bases.
    if (overlap({ start, end }, { start: asked.start, end: asked.end + 1 }) === 'no') return 'no'
    return couldBeSame(one.edit!, asked) ? 'unknown' : 'no'
  })
}

/** Two changes of different size are not the same wherever they lie. */
function couldBeSame(one: Edit, other: Edit): boolean {
  return gain(one) === gain(other)
}

function gain({ start, end, inserted, duplicates }: Edit): number {
  return duplicates ? end - start : inserted.length - (end - start)
}
