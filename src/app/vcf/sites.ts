import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { ASSEMBLY } from './assembly-of.ts'
import { existing } from './output.ts'
import { SITES_USAGE } from './usage.ts'
import { THREADS } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

export const sites: VcfVerb = {
  name: 'sites',
  usage: SITES_USAGE,
  summary:
    'a sorted VCF of known sites (ClinVar, gnomAD …) or a table of scores (CADD, REVEL …) becomes a site file for "annotate"; changes are kept exactly (exit 1: a site was named twice)',
  options: {
    take: {
      type: 'string',
      multiple: true,
      value: 'FIELD[=NAME]',
      help: 'sites: an INFO key of the source, or ID; of a table the name or number of a column; NAME is the INFO key it is written under',
    },
    columns: {
      type: 'string',
      value: 'CHROM,POS,REF,ALT',
      help: 'sites: names or numbers (from 1) of these columns, where the names of a table do not tell; POS counts from 1',
    },
    several: {
      type: 'string',
      value: 'WHICH',
      help: 'sites: first, highest or lowest value of a site that is named more than once (first, exit 1)',
    },
    version: {
      type: 'string',
      value: 'V',
      help: 'release of the source, where its header does not tell (##fileDate)',
    },
    assembly: ASSEMBLY,
    threads: THREADS,
    out: {
      type: 'string',
      value: 'FILE',
      help: 'where the answer is written; for VCF and tables stdout without it',
    },
    json: { type: 'boolean', help: 'print a summary as JSON on stdout' },
  },
  examples: [
    [
      'garrod vcf sites clinvar.vcf.gz --take ID=CLINVAR_ID --take CLNSIG --out clinvar.sites',
      'ClinVar, to annotate with',
    ],
    [
      'garrod vcf sites whole_genome_SNVs.tsv.gz --take PHRED=CADD_PHRED --out cadd.sites',
      'a table of scores: one change a line',
    ],
  ],
  run: build,
}

async function build(input: Arguments, io: Io): Promise<ExitCode> {
  const out = input.text('out')
  if (out === undefined || input.texts('take').length === 0) {
    throw new Fault(
      'USAGE_ARGUMENT',
      'garrod vcf sites',
      out === undefined ? 'no --out is given' : 'nothing is taken',
      `Usage: garrod vcf sites ${SITES_USAGE}`,
    )
  }
  const several = input.text('several')
  if (several !== undefined && several !== 'first' && several !== 'highest' && several !== 'lowest')
    throw new Fault('USAGE_OPTION', '--several', `"${several}" is none`, 'Use first, highest or lowest.')
  // Loaded here: the other verbs of the command start without it.
  const { siteSource } = await import('./site-source.ts')
  const { buildSites } = await import('../../intake/sites/build-sites.ts')
  const { source, columns, assembly, version } = await siteSource(input)
  const twice = columns.find(({ id }, i) => columns.findIndex((one) => one.id === id) < i)
  if (twice !== undefined) {
    throw new Fault(
      'USAGE_OPTION',
      '--take',
      `"${twice.id}" is taken twice`,
      'Give one of them another name.',
    )
  }
  // A site file is looked up in at places, so it must be a plain file; a pipe or device is never replaced by one.
  const target = existing(out)
  if (target?.plain === false) {
    throw new Fault('OUTPUT_UNWRITABLE', out, 'this is no plain file', 'Give the path of a file to be made.')
  }
  const directory = await buildSites(source, target?.path ?? out, {
    columns,
    assembly,
    version,
    several,
    threads: input.whole('threads'),
  })
  const { contigs: _contigs, ...summary } = directory
  if (input.flag('json')) await io.out(`${JSON.stringify({ ...summary, out })}\n`)
  else {
    await io.out(
      `${summary.sites} sites of ${summary.source} (${summary.assembly}) in ${out}\n${summary.skipped} that are not a change of bases at a place left out\n${summary.repeated} sites named again, ${summary.differing} with other values; the ${several ?? 'first'} are kept\n`,
    )
  }
  return summary.repeated > 0 && several === undefined ? 1 : 0
}
