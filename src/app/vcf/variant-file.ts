import { basename } from 'node:path'
import { nearestNames } from '../../intake/nearest-names.ts'
import { readFileHeader } from '../../intake/vcf/scan/file-header.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Option } from '../command.ts'

export const THREADS: Option = {
  type: 'string',
  value: 'N',
  help: 'threads that read the file; default one per core, 0 none but the main one',
}

export const OUT: Option = {
  type: 'string',
  value: 'FILE',
  help: 'write here instead of stdout; compressed by bgzip where the name ends in .gz',
}

/** The one file that the verb is given, its header read. Throws USAGE_ARGUMENT and the faults of the file. */
export async function oneVariantFile(input: Arguments, usage: string): Promise<VariantFile> {
  const path = onePath(input, usage)
  const name = basename(path)
  return { path, name, header: await readFileHeader(path, name) }
}

/** The path of the one file that the verb is given. Throws USAGE_ARGUMENT. */
export function onePath(input: Arguments, usage: string): string {
  const [verb, path, ...more] = input.positionals
  if (path === undefined || more.length > 0) {
    throw new Fault(
      'USAGE_ARGUMENT',
      `garrod vcf ${verb}`,
      path === undefined ? 'no file is given' : 'more than one file is given',
      `Usage: garrod vcf ${verb} ${usage}`,
    )
  }
  return path
}

/** Places of the samples asked for among those of the file, 0-based, ascending; all without a name. Throws VCF_SAMPLE_UNKNOWN. */
export function samplesOf(file: VariantFile, wanted: readonly string[]): readonly number[] {
  const { samples } = file.header
  const unknown = wanted.find((one) => !samples.includes(one))
  if (unknown !== undefined) {
    const near = nearestNames(unknown, samples, 3)
    throw new Fault(
      'VCF_SAMPLE_UNKNOWN',
      file.name,
      `there is no sample "${unknown}" among the ${samples.length} of the file`,
      `Use a name from the "#CHROM" line, such as: ${(near.length > 0 ? near : samples.slice(0, 5)).join(', ')}.`,
    )
  }
  return samples.flatMap((one, place) => (wanted.length === 0 || wanted.includes(one) ? [place] : []))
}
