import { readTumorParts } from '../../src/intake/tumor/receive-tumor.ts'
import type { TumorOptions } from '../../src/intake/tumor/tumor-format.ts'
import type { TumorPart } from '../../src/record/tumor-part.ts'

/** Parts of a file given as its lines. */
export function partsOf(lines: readonly string[], options: TumorOptions = {}): Promise<readonly TumorPart[]> {
  return readTumorParts('f', { bytes: Buffer.from(`${lines.join('\n')}\n`) }, options)
}

/** A VCF of GRCh38 with these columns of samples, header lines and records (cells separated by spaces). */
export function vcfLines(
  samples: readonly string[],
  records: readonly string[],
  meta: readonly string[] = [],
): string[] {
  const columns = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO']
  return [
    '##fileformat=VCFv4.2',
    '##reference=GRCh38',
    ...meta,
    [...columns, ...(samples.length > 0 ? ['FORMAT', ...samples] : [])].join('\t'),
    ...records.map((record) => record.replaceAll(' ', '\t')),
  ]
}
