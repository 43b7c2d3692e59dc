import { Fault } from '../../terms/fault.ts'
import { phaseSetOf } from './model/phase-set.ts'

/** Codes in `first` and `second` that are not allele numbers. */
export const NOT_CALLED = 255
export const ABSENT = 254
/** Allele numbers from here on do not fit the packed form; no genome has so many alleles at a panel locus. */
export const TOO_HIGH = 250

/** Bits of `flags`. */
export const PHASED = 1
/** More than two alleles, and the further ones are not all equal to one of the first two's repeats. */
export const POLYPLOID = 2
export const READS_CONTRADICT = 4
export const AD_MALFORMED = 8

/** The genotypes of one record for the samples asked for, packed: two bytes and a flag byte each. */
export interface GenotypeColumns {
  /** Allele number of the first and second GT allele, or NOT_CALLED; `second` is ABSENT for a haploid call. */
  readonly first: Uint8Array
  readonly second: Uint8Array
  readonly flags: Uint8Array
  /** FORMAT DP (MIN_DP where given), reads; -1 where missing. Absent when FORMAT has neither. */
  readonly depth: Int32Array | undefined
  /** FORMAT GQ (or RGQ, GQX), Phred; -1 where missing. */
  readonly quality: Float64Array | undefined
  /** FORMAT LEN: last position of the reference block per sample; 0 where missing. */
  readonly blockEnd: Int32Array | undefined
  /** FORMAT PS (or PSL), only of phased heterozygous calls. */
  readonly phaseSets: ReadonlyMap<number, string>
  /** FORMAT AD of the calls that the reads contradict. */
  readonly alleleDepths: ReadonlyMap<number, readonly number[]>
  /** FORMAT FT where it is neither PASS nor missing. */
  readonly failed: ReadonlyMap<number, string>
  /** GT as written, where a gap will have to show it. */
  readonly texts: ReadonlyMap<number, string>
}

type Field = 'GT' | 'DP' | 'MIN_DP' | 'GQ' | 'RGQ' | 'GQX' | 'PS' | 'PSL' | 'AD' | 'FT' | 'LEN' | undefined

/** Where each FORMAT field stands; one per distinct FORMAT text of a file. */
export interface FormatLayout {
  readonly fields: readonly Field[]
  /** Number of leading fields that have to be looked at. */
  readonly used: number
  readonly depth: boolean
  readonly quality: boolean
  readonly length: boolean
  /** True when DP must not be taken because MIN_DP is there too; likewise RGQ or GQX when GQ is there. */
  readonly minDepth: boolean
  readonly bothQualities: boolean
}

const KNOWN = new Set(['GT', 'DP', 'MIN_DP', 'GQ', 'RGQ', 'GQX', 'PS', 'PSL', 'AD', 'FT', 'LEN'])

/** Undefined when FORMAT has no GT. */
export function layoutOf(format: string, alleleDepths: boolean): FormatLayout | undefined {
  const names = format.split(':')
  if (!names.includes('GT')) return undefined
  const fields = names.map((name) =>
    KNOWN.has(name) && (name !== 'AD' || alleleDepths) ? (name as Field) : undefined,
  )
  return {
    fields,
    used: fields.findLastIndex((one) => one !== undefined) + 1,
    depth: names.includes('DP') || names.includes('MIN_DP'),
    quality: names.includes('GQ') || names.includes('RGQ') || names.includes('GQX'),
    length: names.includes('LEN'),
    minDepth: names.includes('MIN_DP'),
    bothQualities: names.includes('GQ'),
  }
}

/** What a column parse must know besides the bytes; `slots[column]` is the sample's place, or -1 when not asked for. */
export interface ColumnContext {
  readonly fileName: string
  readonly samples: readonly string[]
  readonly slots: Int32Array
  readonly wanted: number
}

const TAB = 9
const COLON = 58
const DOT = 46
const SLASH = 47
const PIPE = 124

/**
 * Parses the sample columns from `at` (the first byte of the first sample) to `end` straight from the bytes.
 * Throws VCF_GT_MALFORMED on a genotype that is not VCF or names an allele that is not there, VCF_COLUMNS when there are
 * fewer or more columns than samples.
 */
export function parseColumns(
  bytes: Buffer,
  at: number,
  end: number,
  layout: FormatLayout,
  record: { readonly line: number; readonly position: number; readonly alleles: number },
  context: ColumnContext,
): GenotypeColumns {
  const { slots, wanted } = context
  const first = new Uint8Array(wanted)
  const second = new Uint8Array(wanted)
  const flags = new Uint8Array(wanted)
  const depth = layout.depth ? new Int32Array(wanted).fill(-1) : undefined
  const quality = layout.quality ? new Float64Array(wanted).fill(-1) : undefined
  const blockEnd = layout.length ? new Int32Array(wanted) : undefined
  const phaseSets = new Map<number, string>()
  const alleleDepths = new Map<number, readonly number[]>()
  const failed = new Map<number, string>()
  const texts = new Map<number, string>()
  const { fields, used } = layout
  const columns = slots.length
  let p = at

  function malformed(from: number, to: number, column: number, why: string): Fault {
    return new Fault(
      'VCF_GT_MALFORMED',
      `${context.fileName}:${record.line}, sample "${context.samples[column]}", GT`,
      `"${bytes.toString('latin1', from, Math.min(to, from + 40))}" ${why}`,
      'Write genotypes as VCF does, such as 0/1, 1|0, ./. or 1, with allele numbers of this record.',
    )
  }

  for (let column = 0; column < columns; column++) {
    if (p > end) throw columnCount(context, record.line, column)
    const slot = slots[column]!
    if (slot >= 0) {
      let adFrom = -1
      let adTo = -1
      let psFrom = -1
      let psTo = -1
      for (let field = 0; field < used; field++) {
        let q = p
        const kind = fields[field]
        if (kind === 'GT') {
          // GT: [sep] allele (sep allele)*; VCF 4.4 allows a leading separator.
          let phased = false
          if (bytes[q] === PIPE || bytes[q] === SLASH) {
            phased = bytes[q] === PIPE
            q += 1
          }
          let count = 0
          let a = ABSENT
          let b = ABSENT
          let same = true
          for (;;) {
            let value = 0
            const c = q < end ? bytes[q]! : TAB
            if (c === DOT) {
              value = NOT_CALLED
              q += 1
            } else {
              let digits = 0
              let d = c - 48
              while (d >= 0 && d <= 9) {
                value = value * 10 + d
                digits += 1
                q += 1
                d = q < end ? bytes[q]! - 48 : -1
              }
              if (digits === 0 || digits > 6)
                throw malformed(p, endOfField(bytes, p, end), column, 'is not a genotype')
              if (value >= record.alleles) {
                throw malformed(
                  p,
                  endOfField(bytes, p, end),
                  column,
                  `names allele ${value}, the record has ${record.alleles - 1} ALT`,
                )
              }
              if (value >= TOO_HIGH) value = TOO_HIGH
            }
            if (count === 0) a = value
            else if (count === 1) b = value
            else if (value !== a || a !== b) same = false
            count += 1
            const next = q < end ? bytes[q]! : TAB
            if (next === SLASH) q += 1
            else if (next === PIPE) {
              if (count === 1) phased = true
              q += 1
            } else if (next === COLON || next === TAB) break
            else throw malformed(p, endOfField(bytes, p, end), column, 'is not a genotype')
          }
          first[slot] = a
          second[slot] = b
          let flag = phased || count === 1 ? PHASED : 0
          if (!same) flag |= POLYPLOID
          flags[slot] = flag
          if (!same || (count === 2 && (a === NOT_CALLED) !== (b === NOT_CALLED)))
            texts.set(slot, bytes.toString('latin1', p, q))
        } else {
          if (kind !== undefined) {
            q = endOfField(bytes, p, end)
            if (kind === 'AD') {
              adFrom = p
              adTo = q
            } else if (kind === 'PS' || kind === 'PSL') {
              // One of the two is missing where the other is not.
              if (psTo - psFrom < 2 && (psFrom < 0 || bytes[psFrom] === DOT)) {
                psFrom = p
                psTo = q
              }
            } else if (kind === 'FT') {
              if (q > p && bytes[p] !== DOT) {
                const text = bytes.toString('latin1', p, q)
                if (text !== 'PASS') failed.set(slot, text)
              }
            } else {
              const value = numberAt(bytes, p, q)
              if (kind === 'MIN_DP' || (kind === 'DP' && !(layout.minDepth && depth![slot]! >= 0))) {
                if (value >= 0) depth![slot] = value
              } else if (
                kind === 'GQ' ||
                ((kind === 'RGQ' || kind === 'GQX') && !(layout.bothQualities && quality![slot]! >= 0))
              ) {
                if (value >= 0) quality![slot] = value
              } else if (kind === 'LEN' && value > 0) blockEnd![slot] = record.position + value - 1
            }
          } else {
            while (q < end && bytes[q] !== COLON && bytes[q] !== TAB) q += 1
          }
        }
        p = q
        // VCF lets trailing fields be dropped.
        if (p >= end || bytes[p] === TAB) break
        p += 1
      }
      const a = first[slot]!
      const b = second[slot]!
      if (a !== b && a < TOO_HIGH && b < TOO_HIGH) {
        if (psFrom >= 0 && (flags[slot]! & PHASED) !== 0) {
          const set = phaseSetOf(bytes.toString('latin1', psFrom, psTo))
          if (set !== undefined) phaseSets.set(slot, set)
        }
        if (adFrom >= 0 && bytes[adFrom] !== DOT) {
          const reads = depthsAt(bytes, adFrom, adTo)
          if (reads === undefined || reads.length !== record.alleles) flags[slot]! |= AD_MALFORMED
          else if (reads.some((one) => one > 0) && ((reads[a] ?? 0) === 0 || (reads[b] ?? 0) === 0)) {
            flags[slot]! |= READS_CONTRADICT
            alleleDepths.set(slot, reads)
            texts.set(slot, `${a}${(flags[slot]! & PHASED) !== 0 ? '|' : '/'}${b}`)
          }
        }
      }
    }
    while (p < end && bytes[p] !== TAB) p += 1
    p += 1
  }
  if (p <= end) throw columnCount(context, record.line, columns + 1)
  return { first, second, flags, depth, quality, blockEnd, phaseSets, alleleDepths, failed, texts }
}

/** The first sample that both call, but differently; the order of alleles counts only where both are phased. */
export function firstContradiction(
  a: GenotypeColumns | undefined,
  b: GenotypeColumns | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return undefined
  for (let slot = 0; slot < a.first.length; slot++) {
    const [a1, a2, b1, b2] = [a.first[slot]!, a.second[slot]!, b.first[slot]!, b.second[slot]!]
    if (a1 === NOT_CALLED || a2 === NOT_CALLED || b1 === NOT_CALLED || b2 === NOT_CALLED) continue
    const phased = (a.flags[slot]! & b.flags[slot]! & PHASED) !== 0
    if (a1 === b1 && a2 === b2) continue
    if (!phased && a1 === b2 && a2 === b1) continue
    return slot
  }
  return undefined
}

function columnCount(context: ColumnContext, line: number, found: number): Fault {
  const expected = context.slots.length
  return new Fault(
    'VCF_COLUMNS',
    `${context.fileName}:${line}`,
    `the line has ${found > expected ? 'more' : 'fewer'} sample columns than the ${expected} samples of the "#CHROM" line`,
    'Separate columns with single tabs; write the file again with its own tool.',
  )
}

function endOfField(bytes: Buffer, from: number, end: number): number {
  let q = from
  while (q < end && bytes[q] !== COLON && bytes[q] !== TAB) q += 1
  return q
}

/** A non-negative number, or -1 for "." and anything else. */
function numberAt(bytes: Buffer, from: number, to: number): number {
  let value = 0
  let q = from
  while (q < to) {
    const d = bytes[q]! - 48
    if (d < 0 || d > 9) break
    value = value * 10 + d
    q += 1
  }
  if (q === from) return -1
  if (q < to && bytes[q] === DOT) {
    const exact = Number(bytes.toString('latin1', from, to))
    return Number.isFinite(exact) ? exact : -1
  }
  return q === to && value < 2 ** 31 ? value : -1
}

/** "12,0,3"; undefined when any entry is not a whole number. */
function depthsAt(bytes: Buffer, from: number, to: number): readonly number[] | undefined {
  const reads: number[] = []
  for (const entry of bytes.toString('latin1', from, to).split(',')) {
    if (!/^\d{1,9}$/.test(entry)) return undefined
    reads.push(Number(entry))
  }
  return reads
}
