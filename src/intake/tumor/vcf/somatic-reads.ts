import type { Reads } from '../../../record/tumor-profile.ts'
import { fractionOf, realOf, wholeOf, wholesOf } from '../words/number-text.ts'

/** A value of a record by its key; undefined: it is missing or ".". */
export type Field = (key: string) => string | undefined

interface Allele {
  readonly ref: string
  readonly alt: string
  /** 1-based place among the ALTs, and how many there are. */
  readonly number: number
  readonly of: number
}

/** One way in which callers write reads: undefined where the record is not written so. */
type Dialect = (field: Field, allele: Allele, where: string) => Reads | undefined

/** One number for each ALT, or a single one when there is one ALT. */
function perAlt(text: string | undefined, { number, of }: Allele): string | undefined {
  const parts = text?.split(',')
  return parts?.length === of ? parts[number - 1] : undefined
}

function share(alt: number | undefined, all: number | undefined): number | undefined {
  return alt !== undefined && all !== undefined && all > 0 && alt <= all ? alt / all : undefined
}

/** Strelka2, single bases: AU, CU, GU, TU, each tier 1 and tier 2; the caller's guide takes tier 1. */
const strelkaBases: Dialect = (field, { ref, alt }) => {
  const [a, r] = [alt, ref].map((base) => wholeOf(field(`${base}U`)?.split(',')[0]))
  if (a === undefined || r === undefined) return undefined
  return { fraction: share(a, a + r), depth: wholeOf(field('DP')) ?? a + r }
}

/** Strelka2, insertions and deletions: TAR reads of the reference, TIR of the indel, tier 1. */
const strelkaIndels: Dialect = (field) => {
  const [ref, alt] = ['TAR', 'TIR'].map((key) => wholeOf(field(key)?.split(',')[0]))
  if (ref === undefined || alt === undefined) return undefined
  return { fraction: share(alt, ref + alt), depth: wholeOf(field('DP')) ?? ref + alt }
}

/** VarScan: FREQ in percent with its sign, AD of the ALT alone, RD of the reference. */
const varScan: Dialect = (field, _allele, where) => {
  const frequency = field('FREQ')
  if (frequency?.endsWith('%') !== true) return undefined
  return { fraction: fractionOf(frequency, where), depth: wholeOf(field('DP')) }
}

/** Reads of each allele in AD (Mutect2, VarDict, DRAGEN, most others); AF where the caller gives its own fraction. */
const alleleDepths: Dialect = (field, allele, where) => {
  const depths = wholesOf(field('AD'))
  const sum = depths.every((one) => one !== undefined)
    ? depths.reduce<number>((total, one) => total + one!, 0)
    : undefined
  const each = depths.length === allele.of + 1
  const fraction =
    fractionOf(perAlt(field('AF'), allele), where) ??
    (each ? share(depths[allele.number], sum) : undefined) ??
    share(wholeOf(perAlt(field('VD') ?? field('AO'), allele)), wholeOf(field('DP')))
  const depth = wholeOf(field('DP')) ?? (each ? sum : undefined)
  return fraction === undefined && depth === undefined ? undefined : { fraction, depth }
}

const DIALECTS: readonly Dialect[] = [strelkaBases, strelkaIndels, varScan, alleleDepths]

/** What a sample's column says of the reads of one ALT; undefined: nothing. Throws FRACTION_INVALID. */
export function readsOfSample(field: Field, allele: Allele, where: string): Reads | undefined {
  for (const dialect of DIALECTS) {
    const reads = dialect(field, allele, where)
    if (reads !== undefined) return reads
  }
  return undefined
}

/**
 * Reads that are written for the record rather than for a column: INFO TVAF and TDP of the tumour, CVAF and CDP of the
 * control, FORMAT ADT, DPT, ADC, DPC.
 */
export function readsOfRecord(
  who: 'tumor' | 'normal',
  info: Field,
  format: Field,
  allele: Allele,
  where: string,
): Reads | undefined {
  const letter = who === 'tumor' ? 'T' : 'C'
  const depths = wholesOf(format(`AD${letter}`))
  const depth =
    wholeOf(perAlt(info(`${letter}DP`), allele)) ??
    wholeOf(info(`${letter}DP`)) ??
    wholeOf(format(`DP${letter}`))
  const stated = perAlt(info(`${letter}VAF`), allele)
  const fraction =
    realOf(stated) === undefined
      ? depths.length === allele.of + 1
        ? share(depths[allele.number], depth)
        : undefined
      : fractionOf(stated, where)
  return fraction === undefined && depth === undefined ? undefined : { fraction, depth }
}
