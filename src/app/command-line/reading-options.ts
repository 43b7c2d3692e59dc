import type { ReadOptions } from '../../intake/format.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Option } from '../command.ts'

/** Options of every command that reads genotype files. */
export const READING_OPTIONS = {
  assembly: {
    type: 'string',
    value: 'BUILD',
    help: 'GRCh38 or GRCh37, where the file does not tell; it is still checked',
  },
  filters: {
    type: 'string',
    value: 'RULE',
    help: 'respect (default): a site its caller marked as failed is unknown. ignore: use it',
  },
  'min-depth': {
    type: 'string',
    value: 'READS',
    help: 'fewer reads (FORMAT DP) leave a call unknown; default 1',
  },
  'min-quality': {
    type: 'string',
    value: 'PHRED',
    help: 'lower genotype quality (FORMAT GQ) leaves a call unknown; default 0',
  },
  'any-order': { type: 'boolean', help: 'accept positions that are not sorted' },
} satisfies Readonly<Record<string, Option>>

/** Throws USAGE_ASSEMBLY or USAGE_FILTERS on a word that is not one of the choices. */
export function readingOptions(input: Arguments): ReadOptions {
  const assembly = input.text('assembly')
  if (assembly !== undefined && assembly !== 'GRCh38' && assembly !== 'GRCh37') {
    throw new Fault(
      'USAGE_ASSEMBLY',
      '--assembly',
      `"${assembly}" is not a genome build that is read`,
      'Use GRCh38 or GRCh37 (hg38 and hg19 are the same builds).',
    )
  }
  const filters = input.text('filters')
  if (filters !== undefined && filters !== 'respect' && filters !== 'ignore') {
    throw new Fault('USAGE_FILTERS', '--filters', `"${filters}" is not a rule`, 'Use respect or ignore.')
  }
  const minDepth = input.whole('min-depth')
  const minQuality = input.whole('min-quality')
  return {
    ...(assembly === undefined ? {} : { assembly }),
    ...(input.flag('any-order') ? { order: 'any' as const } : {}),
    rules: {
      ...(filters === undefined ? {} : { filters }),
      ...(minDepth === undefined ? {} : { minDepth }),
      ...(minQuality === undefined ? {} : { minQuality }),
    },
  }
}
