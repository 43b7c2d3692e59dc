import type { MemberCall } from '../../../record/family-variant.ts'
import { phaseSetOf } from '../model/phase-set.ts'

/** Places of the FORMAT keys that are read; −1 where a record does not have them. */
export interface CallLayout {
  readonly gt: number
  readonly ad: number
  readonly dp: number
  readonly gq: number
  readonly ps: number
  /** Phase set of each allele (VCF 4.4). */
  readonly psl: number
  /** Physical phase of GATK. */
  readonly pgt: number
  readonly pid: number
}

export function callLayout(format: string): CallLayout {
  const keys = format.split(':')
  return {
    gt: keys.indexOf('GT'),
    ad: keys.indexOf('AD'),
    dp: keys.indexOf('DP'),
    gq: keys.indexOf('GQ'),
    ps: keys.indexOf('PS'),
    psl: keys.indexOf('PSL'),
    pgt: keys.indexOf('PGT'),
    pid: keys.indexOf('PID'),
  }
}

/** What a sample column says of ALT number `allele` (1 is the first). Alleles beyond two are not read: "complete" is false. */
export function memberCall(column: string, layout: CallLayout, allele: number): MemberCall {
  const cells = column.split(':')
  const genotype = (layout.gt < 0 ? undefined : cells[layout.gt]) || '.'
  const parts = genotype.split(/[/|]/).filter((part, i) => part !== '' || i > 0)
  const numbers = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : -1))
  const two = numbers.slice(0, 2)
  const called = two.filter((one) => one >= 0).length as 0 | 1 | 2
  const copies = two.filter((one) => one === allele).length as 0 | 1 | 2
  const phase = copies === 1 && two.length === 2 ? phaseOf(genotype, two, allele, cells, layout) : undefined
  const depths = layout.ad < 0 ? undefined : cells[layout.ad]?.split(',')
  const own = whole(cells[layout.dp])
  const reads = (i: number) => whole(depths?.[i])
  const [depth, quality] = [own ?? sum(depths), real(cells[layout.gq])]
  const hasColumns = layout.ad >= 0 || layout.dp >= 0 || layout.gq >= 0
  const unsupported = hasColumns && called > 0 && copies === 0 && depth === undefined && quality === undefined
  return {
    genotype,
    called,
    copies,
    complete: numbers.length <= 2 && numbers.length > 0 && numbers.every((one) => one >= 0),
    strand: phase?.strand,
    phaseSet: phase?.set,
    depth,
    quality,
    referenceReads: reads(0),
    alternateReads: reads(allele),
    ...(unsupported ? { unsupported } : {}),
  }
}

/** By GT and PS or PSL; else by GATK's PGT and PID, which speak of the reference and one ALT. */
function phaseOf(
  genotype: string,
  two: readonly number[],
  allele: number,
  cells: readonly string[],
  layout: CallLayout,
): { readonly strand: 0 | 1; readonly set: string } | undefined {
  if (genotype.includes('|')) {
    const set = phaseSetOf(cells[layout.ps]) ?? phaseSetOf(cells[layout.psl]) ?? ''
    return { strand: two[0] === allele ? 0 : 1, set }
  }
  const physical = layout.pgt < 0 ? undefined : cells[layout.pgt]
  const set = layout.pid < 0 ? undefined : cells[layout.pid]
  if (set === undefined || set === '' || set === '.' || !two.includes(0)) return undefined
  if (physical === '0|1') return { strand: 1, set }
  return physical === '1|0' ? { strand: 0, set } : undefined
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function real(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function sum(texts: readonly string[] | undefined): number | undefined {
  const values = texts?.map(whole)
  if (values === undefined || values.some((value) => value === undefined)) return undefined
  return values.reduce<number>((total, value) => total + (value ?? 0), 0)
}
