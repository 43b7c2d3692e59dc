import { fileURLToPath } from 'node:url'
import { tumorCuts } from '../../src/app/tumor/tumor-cuts.ts'
import { readTumorParts } from '../../src/intake/tumor/receive-tumor.ts'
import type { TumorOptions } from '../../src/intake/tumor/tumor-format.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { TumorPart } from '../../src/record/tumor-part.ts'

/** The cuts of the shipped pack. */
export const CUTS = tumorCuts(Facts.find([fileURLToPath(new URL('../../facts', import.meta.url))]))

/** Parts of a file given as its lines. */
export function partsOf(
  lines: readonly string[],
  options: Partial<TumorOptions> = {},
): Promise<readonly TumorPart[]> {
  return readTumorParts('f', { bytes: Buffer.from(`${lines.join('\n')}\n`) }, { cuts: CUTS, ...options })
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
