import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { uncompressed } from '../../intake/compression.ts'
import { openFasta } from '../../intake/fasta/fasta.ts'
import { type Gff3Transcripts, readGff3 } from '../../intake/gff3/gff3.ts'
import { consequenceVcf } from '../../intake/vcf/consequence/consequence-vcf.ts'
import { Fault } from '../../terms/fault.ts'
import type { PhaseRule } from '../../variant/consequence/consequence.ts'
import type { CallCounts } from '../../variant/consequence/consequence-caller.ts'
import type { Arguments, Io } from '../command.ts'
import { VERSION } from '../version.ts'
import { consequenceJson } from './consequence-json.ts'
import { unreadable } from './file-fault.ts'
import { toOutput } from './output.ts'
import { OUT } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = 'FILE --fasta-ref FASTA --gff-annot GFF3 [options]'
const PHASES: Readonly<Record<string, PhaseRule>> = {
  known: 'alone',
  r: 'require',
  a: 'as-written',
  m: 'merge',
  R: 'non-reference',
  s: 'skip',
}

export const consequence: VcfVerb = {
  name: 'consequence',
  usage: USAGE,
  summary:
    'what each allele does to each transcript, alleles of one haplotype told together (exit 1: something not told)',
  options: {
    'fasta-ref': { type: 'string', short: 'f', value: 'FASTA', help: 'reference sequence' },
    'gff-annot': {
      type: 'string',
      short: 'g',
      value: 'GFF3',
      help: 'transcripts: Ensembl, GENCODE or NCBI, plain or gzip',
    },
    'local-csq': { type: 'boolean', short: 'l', help: 'each record alone, whatever its haplotype carries' },
    phase: {
      type: 'string',
      short: 'p',
      value: 'HOW',
      help: 'unphased heterozygotes: known (default) tells them alone; r refuses, a takes as written, m merges, R makes homozygous, s skips',
    },
    samples: {
      type: 'string',
      value: '-',
      help: '"-": leave samples aside, all first ALTs are one haplotype',
    },
    'custom-tag': { type: 'string', value: 'TAG', help: 'name of the INFO and FORMAT field (default BCSQ)' },
    json: { type: 'boolean', help: 'one JSON object a line for each record, instead of a VCF' },
    'no-version': { type: 'boolean', help: 'no header line that says who annotated it' },
    out: OUT,
  },
  examples: [
    [
      'garrod vcf consequence phased.vcf.gz -f GRCh38.fa -g genes.gff3.gz --out annotated.vcf',
      'haplotype-aware',
    ],
    ['garrod vcf consequence sites.vcf -f GRCh38.fa -g genes.gff3 --local-csq --json', 'a list of sites'],
  ],
  async run(input, io) {
    const path = onePath(input)
    const [fasta, gff] = [input.text('fasta-ref'), input.text('gff-annot')]
    if (fasta === undefined || gff === undefined) throw usage('--fasta-ref and --gff-annot are needed')
    const phase = Object.hasOwn(PHASES, input.text('phase') ?? 'known')
      ? PHASES[input.text('phase') ?? 'known']
      : undefined
    if (phase === undefined) throw usage(`--phase is one of ${Object.keys(PHASES).join(', ')}`)
    const samples = input.text('samples')
    if (samples !== undefined && samples !== '-') throw usage('--samples is "-" or left out')
    const sequence = openFasta(fasta)
    let counts: CallCounts | undefined
    try {
      const genes = await transcriptsOf(gff)
      const name = basename(path)
      const json = input.flag('json')
      const made = consequenceVcf({
        name,
        text: uncompressed(createReadStream(path, { highWaterMark: 1 << 20 }), name),
        sequence,
        transcripts: genes.transcripts,
        rules: { local: input.flag('local-csq'), phase },
        ignoreSamples: samples === '-',
        output: json ? { each: consequenceJson } : { vcfTag: input.text('custom-tag') ?? 'BCSQ' },
        headerLines: input.flag('no-version')
          ? []
          : [
              `##garrod_consequence=<Version="${VERSION}",Reference="${basename(fasta)}",Transcripts="${basename(gff)}">`,
            ],
      })
      await toOutput(input, io, async (write) => {
        for (;;) {
          const next = await made.next()
          if (next.done) {
            counts = next.value
            return
          }
          await write(next.value)
        }
      })
      tellUnusable(genes, io)
    } catch (error) {
      throw unreadable(error, path)
    } finally {
      sequence.close()
    }
    return report(counts!, samples === '-', io)
  },
}

async function transcriptsOf(path: string): Promise<Gff3Transcripts> {
  try {
    const name = basename(path)
    return await readGff3(name, uncompressed(createReadStream(path, { highWaterMark: 1 << 20 }), name))
  } catch (error) {
    throw unreadable(error, path)
  }
}

function tellUnusable(genes: Gff3Transcripts, io: Io): void {
  for (const [why, { count, examples }] of genes.unusable)
    io.err(
      `${count} transcripts not used, ${why}: ${examples.join(', ')}${count > examples.length ? ' …' : ''}\n`,
    )
}

function report(counts: CallCounts, asked: boolean, io: Io): 0 | 1 {
  io.err(`records ${counts.records}, with a consequence ${counts.withConsequence}\n`)
  const gaps = [
    [counts.refDiffers, 'records not told: REF is not what the FASTA has'],
    [counts.noSequence, 'records not told: the FASTA has no such sequence'],
    [counts.symbolic, 'symbolic alleles not told'],
    [counts.overlapping, 'alleles told alone: they overlap another of their haplotype'],
    [counts.unphased, 'alleles told alone: their phase is not known'],
    [
      asked ? 0 : counts.assumedTogether,
      'changes of several records told together: the file has no samples, so all first ALTs were taken as one haplotype. For a list of sites use --local-csq',
    ],
  ] as const
  for (const [count, what] of gaps) if (count > 0) io.err(`${count} ${what}\n`)
  return gaps.some(([count]) => count > 0) ? 1 : 0
}

function onePath(input: Arguments): string {
  const [, path, ...more] = input.positionals
  if (path === undefined || more.length > 0)
    throw usage(path === undefined ? 'no file is given' : 'more than one file is given')
  return path
}

function usage(what: string): Fault {
  return new Fault(
    'USAGE_VCF_CONSEQUENCE',
    'garrod vcf consequence',
    what,
    `Usage: garrod vcf consequence ${USAGE}`,
  )
}
