import { DEFAULT_RULES, type EvidenceRules } from '../../intake/vcf/sample-call.ts'
import type { CallableLocus } from '../../intake/vcf/scan/callable.ts'
import { contigKey, type Locus } from '../../intake/vcf/scan/loci.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments } from '../command.ts'
import { chosenLoci, LOCI } from './chosen-loci.ts'
import { oneVariantFile, samplesOf, THREADS } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = 'FILE (--loci FILE | --region REGION ...) [--sample NAME] [options]'

export const callable: VcfVerb = {
  name: 'callable',
  usage: USAGE,
  summary:
    'which bases of some loci were called, by records and gVCF blocks; a base that is not in the file is never reference (exit 1: some were not)',
  options: {
    ...LOCI,
    sample: { type: 'string', multiple: true, value: 'NAME', help: 'this sample of a file with several' },
    filters: {
      type: 'string',
      value: 'RULE',
      help: 'respect (default): a site its caller marked as failed is not called. ignore: use it',
    },
    'block-min-depth': {
      type: 'string',
      value: 'READS',
      help: `reads a reference block must have where it states no quality; default ${DEFAULT_RULES.blockMinDepth}`,
    },
    'block-min-quality': {
      type: 'string',
      value: 'PHRED',
      help: `quality (GQ, RGQ) a reference block must have; default ${DEFAULT_RULES.blockMinQuality}`,
    },
    'min-depth': { type: 'string', value: 'READS', help: 'reads a variant record must have; default 1' },
    'min-quality': {
      type: 'string',
      value: 'PHRED',
      help: 'quality (GQ) a variant record must have; default 0',
    },
    'no-index': { type: 'boolean', help: 'read the whole file even where an index lies beside it' },
    threads: THREADS,
    json: { type: 'boolean', help: 'print JSON, one object per locus' },
  },
  examples: [
    ['garrod vcf callable genome.g.vcf.gz --loci exons.bed', 'the exons, and what in them was not called'],
  ],
  async run(input, io) {
    const rules = rulesOf(input)
    const file = await oneVariantFile(input, USAGE)
    const loci = await chosenLoci(input, 'callable', file)
    const [sample, ...others] = samplesOf(file, input.texts('sample'))
    if (sample === undefined || others.length > 0) {
      throw new Fault(
        'USAGE_ARGUMENT',
        file.name,
        sample === undefined
          ? 'the file has no sample'
          : `the file has ${file.header.samples.length} samples`,
        sample === undefined ? 'Give a file with genotypes.' : 'Name one with --sample.',
      )
    }
    const options = { index: !input.flag('no-index'), threads: input.whole('threads') }
    const { callableLoci, isCalled } = await import('../../intake/vcf/scan/callable.ts')
    const answers = await callableLoci(
      file,
      sample,
      loci.map((one) => bounded(one, file)),
      rules,
      options,
    )
    await io.out(input.flag('json') ? answers.map(jsonLine).join('') : table(answers))
    return answers.every(({ stretches }) => stretches.every(isCalled)) ? 0 : 1
  },
}

function rulesOf(input: Arguments): EvidenceRules {
  const filters = input.text('filters') ?? DEFAULT_RULES.filters
  if (filters !== 'respect' && filters !== 'ignore')
    throw new Fault('USAGE_OPTION', '--filters', `"${filters}" is not a rule`, 'Use respect or ignore.')
  return {
    filters,
    minDepth: input.whole('min-depth') ?? DEFAULT_RULES.minDepth,
    minQuality: input.whole('min-quality') ?? DEFAULT_RULES.minQuality,
    blockMinDepth: input.whole('block-min-depth') ?? DEFAULT_RULES.blockMinDepth,
    blockMinQuality: input.whole('block-min-quality') ?? DEFAULT_RULES.blockMinQuality,
  }
}

/** A whole contig ends where the header says. */
function bounded(locus: Locus, file: VariantFile): Locus {
  if (locus.to < 0x7fffffff) return locus
  const key = contigKey(locus.contig)
  const line = file.header.lines.find((one) => {
    const id = /^##contig=<ID=([^,>]+)/.exec(one)?.[1]
    return id !== undefined && contigKey(id) === key
  })
  const length = Number(/[<,]length=(\d+)/.exec(line ?? '')?.[1])
  if (length > 0) return { ...locus, to: length }
  throw new Fault(
    'CONTIG_LENGTH_UNKNOWN',
    file.name,
    `the header does not say how long "${locus.contig}" is`,
    `Give the end: --region ${locus.contig}:1-LENGTH.`,
  )
}

function table(answers: readonly CallableLocus[]): string {
  const lines = answers.flatMap(({ locus, stretches }) =>
    stretches.map(({ from, to, state, detail }) => `${locus.contig}\t${from}\t${to}\t${state}\t${detail}\n`),
  )
  return `#CHROM\tFROM\tTO\tSTATE\tDETAIL\n${lines.join('')}`
}

function jsonLine({ locus, stretches, called }: CallableLocus): string {
  const { contig, from, to } = locus
  return `${JSON.stringify({ contig, from, to, bases: to - from + 1, called, stretches })}\n`
}
