import { gzipSync } from 'node:zlib'

/** A VCF over four CYP2C19 positions on GRCh38: one heterozygous *2, the rest reference. */
export function smallVcf(samples: readonly string[] = ['EXAMPLE-1']): string {
  const rows = [
    ['94761900', 'rs12248560', 'C', 'T', '0/0'],
    ['94762706', 'rs28399504', 'A', 'G', '0/0'],
    ['94781859', 'rs4244285', 'G', 'A', '0/1'],
    ['94842866', 'rs3758581', 'A', 'G', '1/1'],
  ] as const
  return [
    '##fileformat=VCFv4.2',
    '##contig=<ID=chr10,length=133797422,assembly=GRCh38>',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT', ...samples].join('\t'),
    ...rows.map(([pos, id, ref, alt, genotype]) =>
      ['chr10', pos, id, ref, alt, '.', 'PASS', '.', 'GT', ...samples.map(() => genotype)].join('\t'),
    ),
    '',
  ].join('\n')
}

export const smallVcfGz = (samples?: readonly string[]): Buffer => gzipSync(smallVcf(samples))
