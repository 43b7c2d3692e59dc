import { Fault } from '../../../terms/fault.ts'
import type { VariantRecord } from '../../../variant/normalise/variant-record.ts'

/**
 * One data line in its columns. Throws VCF_TOO_FEW_COLUMNS and VCF_POS; what is inside the other columns is looked at only by
 * who changes it.
 */
export function parseRecordLine(text: string, line: number, name: string): VariantRecord {
  const ends: number[] = []
  for (let at = text.indexOf('\t'); at >= 0 && ends.length < 9; at = text.indexOf('\t', at + 1)) ends.push(at)
  if (ends.length < 7) {
    throw new Fault(
      'VCF_TOO_FEW_COLUMNS',
      `${name}:${line}`,
      `the line has ${ends.length + 1} columns, not the 8 that every VCF record has`,
      'Separate the columns with tabs; check with "garrod vcf check".',
    )
  }
  const column = (index: number): string =>
    text.slice(index === 0 ? 0 : ends[index - 1]! + 1, ends[index] ?? text.length)
  const pos = column(1)
  const position = /^\d{1,10}$/.test(pos) ? Number(pos) : Number.NaN
  if (Number.isNaN(position)) {
    throw new Fault(
      'VCF_POS',
      `${name}:${line}`,
      `POS is "${pos.slice(0, 40)}", not a whole number`,
      'Check with "garrod vcf check" how the file was made.',
    )
  }
  const alt = column(4)
  return {
    contig: column(0),
    position,
    id: column(2),
    ref: column(3),
    alts: alt === '.' || alt === '' ? [] : alt.includes(',') ? alt.split(',') : [alt],
    quality: column(5),
    filter: column(6),
    info: column(7),
    format: ends.length > 7 ? column(8) : '',
    samples: ends.length > 8 ? text.slice(ends[8]! + 1) : '',
    line,
  }
}

export function recordLine(record: VariantRecord): string {
  const { contig, position, id, ref, alts, quality, filter, info, format, samples } = record
  const alt = alts.length === 0 ? '.' : alts.length === 1 ? alts[0] : alts.join(',')
  const head = `${contig}\t${position}\t${id}\t${ref}\t${alt}\t${quality}\t${filter}\t${info}`
  return format === '' ? head : `${head}\t${format}\t${samples}`
}
