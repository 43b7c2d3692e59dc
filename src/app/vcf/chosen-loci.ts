import { basename } from 'node:path'
import type { Locus } from '../../intake/vcf/scan/loci.ts'
import { locusOf, readLociList } from '../../intake/vcf/scan/loci-list.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Option } from '../command.ts'

export const LOCI: Readonly<Record<string, Option>> = {
  loci: {
    type: 'string',
    value: 'FILE',
    help: 'loci: BED (by its name .bed; from 0), a VCF, or CHROM, POS[, END] with tabs (from 1)',
  },
  region: {
    type: 'string',
    multiple: true,
    value: 'REGION',
    help: 'CHROM:FROM-TO, CHROM:POS or CHROM, counted from 1',
  },
}

/** The loci of --loci and --region, in the order given. Throws USAGE_ARGUMENT where there are none. */
export async function chosenLoci(
  input: Arguments,
  verb: string,
  file: VariantFile,
): Promise<readonly Locus[]> {
  const list = input.text('loci')
  const contigs = new Set(file.header.lines.flatMap((line) => /^##contig=<ID=([^,>]+)/.exec(line)?.[1] ?? []))
  const loci = [
    ...(list === undefined ? [] : await readLociList(list, basename(list))),
    ...input.texts('region').map((one) => locusOf(one, contigs)),
  ]
  if (loci.length === 0) {
    throw new Fault(
      'USAGE_ARGUMENT',
      `garrod vcf ${verb}`,
      'no loci are given',
      'Name them with --loci FILE or --region CHROM:FROM-TO.',
    )
  }
  return loci
}
