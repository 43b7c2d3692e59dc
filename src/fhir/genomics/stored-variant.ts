import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { codings, isCoded, range, stringValue, values } from './component.ts'
import { type Edit, readEdit } from './edit.ts'

/** A span of a reference sequence, 0-based, end not included. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What a variant Observation says, read once. */
export interface StoredVariant {
  readonly resource: Resource
  /** "Observation/…". */
  readonly reference: string
  readonly refseq: string
  /** Undefined for a structural variant, whose ends are given as ranges. */
  readonly edit: Edit | undefined
  /** The bases that are changed; of a structural variant the outermost ones it may reach. */
  readonly span: Span
  /** Of a structural variant: the bases that are changed for certain. */
  readonly inner: Span | undefined
}

/** Values that say the variant is not there, or not known to be: LOINC answer list LL1971-2. */
const NOT_PRESENT = new Set(['LA9634-2', 'LA18198-4', 'LA11884-6'])

/** Whether the Observation counts: not withdrawn, and present where it says so at all. */
export function isPresent(observation: Resource): boolean {
  if (observation['status'] === 'entered-in-error' || observation['status'] === 'cancelled') return false
  return !codings(observation['valueCodeableConcept']).some((one) => NOT_PRESENT.has(one.code ?? ''))
}

/** Undefined when the Observation is no variant, or does not say where on a genomic sequence it is. */
export function storedVariant(observation: Resource): StoredVariant | undefined {
  if (!isCoded(observation, GENOMIC.variant) || !isPresent(observation)) return undefined
  const refseq = values(observation, GENOMIC.genomicRefSeq).find((one) => one.code?.startsWith('NC_'))?.code
  const base = { resource: observation, reference: `Observation/${observation.id}` }
  const offset = oneBased(observation) ? 1 : 0
  const outer = range(observation, GENOMIC.outerStartEnd)
  const inner = range(observation, GENOMIC.innerStartEnd)
  if (refseq !== undefined && (outer ?? inner) !== undefined) {
    const widest = spanOf(outer ?? inner!, offset)
    const surest = spanOf(inner ?? outer!, offset)
    return widest && { ...base, refseq, edit: undefined, span: widest, inner: surest }
  }
  const edit =
    editOf(observation) ?? (refseq === undefined ? undefined : spelledOut(observation, refseq, offset))
  if (edit !== undefined)
    return {
      ...base,
      refseq: edit.refseq,
      edit,
      span: { start: edit.start, end: edit.end },
      inner: undefined,
    }
  const exact = range(observation, GENOMIC.exactStartEnd)
  const span = exact && spanOf(exact, offset)
  return refseq === undefined || span === undefined
    ? undefined
    : { ...base, refseq, edit: undefined, span, inner: span }
}

/** 92822-6: 1-based character counting; anything else counts from 0. */
function oneBased(observation: Resource): boolean {
  return values(observation, GENOMIC.coordinateSystem).some((one) => one.code === 'LA30102-0')
}

function spanOf(
  { low, high }: { low: number | undefined; high: number | undefined },
  offset: number,
): Span | undefined {
  if (low === undefined && high === undefined) return undefined
  const start = (low ?? high!) - offset
  return { start, end: Math.max(start, high ?? start + 1) }
}

/** SPDI or genomic HGVS in the discrete code, or in the genomic HGVS component. */
function editOf(observation: Resource): Edit | undefined {
  for (const { code } of [
    ...values(observation, GENOMIC.variationCode),
    ...values(observation, GENOMIC.genomicHgvs),
  ]) {
    if (code === undefined || !/^NC_\d+\.\d+:(g\.|m\.|\d)/.test(code)) continue
    try {
      return readEdit(code)
    } catch {
      // A code in another notation does not hide the alleles that the Observation spells out.
    }
  }
  return undefined
}

function spelledOut(observation: Resource, refseq: string, offset: number): Edit | undefined {
  const deleted = stringValue(observation, GENOMIC.refAllele)
  const inserted = stringValue(observation, GENOMIC.altAllele)
  const low = range(observation, GENOMIC.exactStartEnd)?.low
  if (deleted === undefined || inserted === undefined || low === undefined) return undefined
  if (!/^[ACGTN]+$/i.test(deleted) || !/^[ACGTN]+$/i.test(inserted)) return undefined
  const start = low - offset
  return {
    refseq,
    start,
    end: start + deleted.length,
    deleted: deleted.toUpperCase(),
    inserted: inserted.toUpperCase(),
    duplicates: false,
  }
}
