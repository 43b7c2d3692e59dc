import type { SequenceSource } from '../sequence.ts'
import { kindOf } from './variant-kind.ts'
import type { VariantRecord } from './variant-record.ts'

export type AlleleProblem =
  /** The FASTA has no such sequence, or it ends before REF does. */
  | { readonly kind: 'no-sequence' }
  | { readonly kind: 'ref-differs'; readonly sequence: string }
  /** REF or ALT has letters that are neither bases nor N. */
  | { readonly kind: 'not-bases'; readonly allele: string }
  | { readonly kind: 'same-allele'; readonly allele: string }
  /** The repeat it lies in is longer than any that is known: a gap of N. */
  | { readonly kind: 'endless-repeat' }

const NOT_BASES = /[^ACGTNacgtn]/
const NOT_BASES_ALL = /[^ACGTNacgtn]/g

/** Reference bases of REF, IUPAC codes as N; undefined where the sequence does not reach. In the case of the source. */
export function sequenceOfRef(source: SequenceSource, record: VariantRecord): string | undefined {
  const contig = source.contig(record.contig)
  if (contig === undefined || record.position < 1) return undefined
  const start = record.position - 1
  const found = source.written(contig.name, start, start + record.ref.length)
  if (found.length < record.ref.length) return undefined
  return NOT_BASES.test(found) ? found.replace(NOT_BASES_ALL, 'N') : found
}

/** Is REF what the sequence has, letter case aside? */
export function refProblem(source: SequenceSource, record: VariantRecord): AlleleProblem | undefined {
  const sequence = sequenceOfRef(source, record)
  if (sequence === undefined) return { kind: 'no-sequence' }
  if (NOT_BASES.test(record.ref)) return { kind: 'not-bases', allele: record.ref }
  if (sequence !== record.ref && sequence.toUpperCase() !== record.ref.toUpperCase())
    return { kind: 'ref-differs', sequence }
  return undefined
}

/** May the record be aligned: "moveable", or symbolic, or why not. */
export function altProblem(record: VariantRecord): AlleleProblem | 'not-sequence' | undefined {
  const only = record.alts.length === 1 ? record.alts[0]! : undefined
  if (
    only !== undefined &&
    only.length === 1 &&
    record.ref.length === 1 &&
    /[ACGT]/.test(only) &&
    only !== record.ref
  )
    return record.ref.toUpperCase() === only ? { kind: 'same-allele', allele: only } : undefined
  for (const alt of record.alts) {
    const kind = kindOf(record.ref, alt)
    if (kind === 'symbolic' || kind === 'breakend' || kind === 'overlap' || alt.startsWith('<'))
      return 'not-sequence'
    if (NOT_BASES.test(alt)) return { kind: 'not-bases', allele: alt }
  }
  const seen = new Set([record.ref.toUpperCase()])
  for (const alt of record.alts) {
    const upper = alt.toUpperCase()
    if (seen.has(upper)) return { kind: 'same-allele', allele: alt }
    seen.add(upper)
  }
  return undefined
}
