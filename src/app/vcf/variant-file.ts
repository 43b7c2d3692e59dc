import { basename } from 'node:path'
import { readFileHeader } from '../../intake/vcf/scan/file-header.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Option } from '../command.ts'

export const THREADS: Option = {
  type: 'string',
  value: 'N',
  help: 'threads that read the file; default one per core, 0 none but the main one',
}

export const OUT: Option = { type: 'string', value: 'FILE', help: 'write here instead of stdout' }

/** The one file that the verb is given, its header read. Throws USAGE_ARGUMENT and the faults of the file. */
export async function oneVariantFile(input: Arguments, usage: string): Promise<VariantFile> {
  const [verb, path, ...more] = input.positionals
  if (path === undefined || more.length > 0) {
    throw new Fault(
      'USAGE_ARGUMENT',
      `garrod vcf ${verb}`,
      path === undefined ? 'no file is given' : 'more than one file is given',
      `Usage: garrod vcf ${verb} ${usage}`,
    )
  }
  const name = basename(path)
  return { path, name, header: await readFileHeader(path, name) }
}
