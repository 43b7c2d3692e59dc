import { Fault } from '../../../terms/fault.ts'
import type { VariantRecord } from '../../../variant/normalise/variant-record.ts'

/**
 * One data line in its columns. Throws VCF_TOO_FEW_COLUMNS and VCF_POS; what is inside the other columns is looked at only by
 * who changes it.
 */
export function parseRecordLine(text: string, line: number, name: string): VariantRecord {
  const columns = text.split('\t', 9)
  if (columns.length < 8) {
    throw new Fault(
      'VCF_TOO_FEW_COLUMNS',
      `${name}:${line}`,
      `the line has ${columns.length} columns, not the 8 that every VCF record has`,
      'Separate the columns with tabs; check with "garrod vcf check".',
    )
  }
  const [contig, pos, id, ref, alt, quality, filter, info, format] = columns as [string, ...string[]]
  const position = /^\d{1,10}$/.test(pos!) ? Number(pos) : Number.NaN
  if (Number.isNaN(position)) {
    throw new Fault(
      'VCF_POS',
      `${name}:${line}`,
      `POS is "${pos!.slice(0, 40)}", not a whole number`,
      'Check with "garrod vcf check" how the file was made.',
    )
  }
  let samples = ''
  if (format !== undefined) {
    let at = 0
    for (const column of columns) at += column.length + 1
    samples = text.slice(at)
  }
  return {
    contig,
    position,
    id: id!,
    ref: ref!,
    alts: alt === '.' || alt === '' ? [] : alt!.split(','),
    quality: quality!,
    filter: filter!,
    info: info!,
    format: format ?? '',
    samples,
    line,
  }
}

export function recordLine(record: VariantRecord): string {
  const { contig, position, id, ref, alts, quality, filter, info, format, samples } = record
  const alt = alts.length === 0 ? '.' : alts.length === 1 ? alts[0] : alts.join(',')
  const head = `${contig}\t${position}\t${id}\t${ref}\t${alt}\t${quality}\t${filter}\t${info}`
  return format === '' ? head : `${head}\t${format}\t${samples}`
}
