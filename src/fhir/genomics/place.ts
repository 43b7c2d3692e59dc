import type { Assemblies, Bounds, ReferenceSequence } from '../../knowledge/assemblies.ts'
import { Fault } from '../../terms/fault.ts'
import type { Edit } from './edit.ts'
import type { Genome } from './genome.ts'
import { compareEdits, gain, type Verdict, widened } from './same-edit.ts'
import type { Span, StoredVariant } from './stored-variant.ts'

/** A range as asked for: SPDI-like, 0-based, end not included. */
export interface AskedRange extends Span {
  readonly text: string
  readonly sequence: ReferenceSequence
}

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

/**
 * Variants that make the same change as the one asked for, which may be told in several assemblies. One that is stored in
 * another assembly is carried over. Throws SEQUENCE_UNKNOWN, LIFTOVER_UNKNOWN and VARIANT_SPELLING_UNKNOWN.
 */
export function sameVariants(
  asked: readonly Edit[],
  variants: readonly StoredVariant[],
  { assemblies, sources }: Genome,
): readonly StoredVariant[] {
  const found = new Set<StoredVariant>()
  const simple = variants.filter((one) => one.edit !== undefined)
  const own = new Set(asked.map(({ refseq }) => refseq))
  let unsure = 0
  for (const edit of asked) {
    const sequence = sequenceOf(edit.refseq, assemblies, 'variants')
    // What is told in its own assembly needs no other.
    const here = simple.filter(({ refseq }) => refseq === edit.refseq || !own.has(refseq))
    const same = judged(here, sequence, assemblies, (one, from) => {
      const moved = carriedOver(one, from, edit, sequence, assemblies)
      if (typeof moved === 'string') return moved
      const verdict = compareEdits(widened(moved, sources.sequences), edit)
      if (verdict === 'unknown') unsure++
      return verdict === 'yes' ? 'yes' : 'no'
    })
    for (const one of same) found.add(one)
  }
  if (unsure > 0 && found.size === 0) throw spellingUnknown(unsure)
  return [...found]
}

/** A stored edit in the assembly that is asked in; or whether it is the one asked for, as far as its place is known there. */
function carriedOver(
  { edit, span }: StoredVariant,
  from: ReferenceSequence,
  asked: Edit,
  sequence: ReferenceSequence,
  assemblies: Assemblies,
): Edit | Verdict {
  if (from.refseq === sequence.refseq) return edit!
  const { start, end } = liftedTo(span, from, sequence, assemblies)
  const exact = start.low === start.high && end.low === end.high
  if (exact) return { ...edit!, refseq: sequence.refseq, start: start.low, end: end.low }
  // Elsewhere in any case, or of other bases.
  if (overlap({ start, end }, { start: asked.start, end: asked.end + 1 }) === 'no') return 'no'
  // Two changes of different size are not the same wherever they lie.
  return gain(edit!) === gain(asked) ? 'unknown' : 'no'
}

function spellingUnknown(count: number): Fault {
  return new Fault(
    'VARIANT_SPELLING_UNKNOWN',
    'variants',
    `${count === 1 ? 'a stored insertion or deletion' : `${count} stored insertions or deletions`} may be the one asked for, written at another place of a repeat: the sequence there is not known here`,
    'Set GARROD_REFERENCE to the FASTA of the assembly.',
  )
}
