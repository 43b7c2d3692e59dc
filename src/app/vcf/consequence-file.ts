import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { uncompressed } from '../../intake/compression.ts'
import { openFasta } from '../../intake/fasta/fasta.ts'
import { type Gff3Transcripts, readGff3 } from '../../intake/gff3/gff3.ts'
import { consequenceVcf } from '../../intake/vcf/consequence/consequence-vcf.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import type { CallCounts } from '../../variant/consequence/called-variant.ts'
import type { PhaseRule } from '../../variant/consequence/consequence.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { readConfig } from '../config.ts'
import { VERSION } from '../version.ts'
import { consequenceJson } from './consequence-json.ts'
import { genesOnFasta } from './genes-on-fasta.ts'
import { toOutput } from './output.ts'
import { CONSEQUENCE_USAGE } from './usage.ts'

const PHASES: Readonly<Record<string, PhaseRule>> = {
  known: 'alone',
  r: 'require',
  a: 'as-written',
  m: 'merge',
  R: 'non-reference',
  s: 'skip',
}

/** `garrod vcf consequence`. Exit 1: something not told. */
export async function tellConsequences(input: Arguments, io: Io): Promise<ExitCode> {
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
    const { sequences } = assemblies(Facts.find(readConfig().factFolders))
    const name = basename(path)
    const json = input.flag('json')
    const made = consequenceVcf({
      name,
      text: uncompressed(createReadStream(path, { highWaterMark: 1 << 20 }), name),
      sequence,
      transcripts: genesOnFasta(genes.transcripts, sequence, sequences),
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
    throw fileFault(error, path)
  } finally {
    sequence.close()
  }
  return report(counts!, samples === '-', io)
}

async function transcriptsOf(path: string): Promise<Gff3Transcripts> {
  try {
    const name = basename(path)
    return await readGff3(name, uncompressed(createReadStream(path, { highWaterMark: 1 << 20 }), name))
  } catch (error) {
    throw fileFault(error, path)
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
    [counts.noBases, 'records not told: the FASTA has no bases there, or N'],
    [counts.noSequence, 'records not told: the FASTA has no such sequence'],
    [counts.noGenes, 'records on sequences of which the GFF3 file has no transcript'],
    [counts.symbolic, 'symbolic or breakend alleles not told: --json says why'],
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
    `Usage: garrod vcf consequence ${CONSEQUENCE_USAGE}`,
  )
}
