import type { GenotypeSet } from '../../record/genotype.ts'
import { Fault } from '../../terms/fault.ts'
import type { Command, ExitCode } from '../command.ts'
import { RUN_OPTIONS, runInput } from '../command-line/run-input.ts'
import { hasGaps, personAnswer } from '../pgx/pgx-answer.ts'
import { personText } from '../pgx/pgx-text.ts'

export const pgx: Command = {
  name: 'pgx',
  summary: 'a genotype file in, pharmacogenes and cited prescribing advice out',
  usage: 'FILE | - [--sample NAME]... [--outside TSV]... [--drug NAME]... [options]',
  details: `FILE is a VCF 4.1-4.5 (plain, gzip or bgzip; GRCh38 or GRCh37; one or many samples; gVCF) or a raw text export of
a consumer genotyping array; "-" reads it from standard input. With --outside it may be left out: then only the outside calls are interpreted.
Without --drug every drug that the genotype says something about is listed. Nothing is stored.
A position that the file does not show is never taken for reference: what it could hide is said.`,
  options: {
    sample: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'only this sample of a file with several',
    },
    ...RUN_OPTIONS,
    json: { type: 'boolean', help: 'print NDJSON: one object per sample' },
  },
  examples: [
    ['garrod pgx patient.vcf.gz --drug clopidogrel', 'what this genome says about clopidogrel'],
    [
      'garrod pgx patient.vcf.gz --outside cyp2d6.tsv --taking paroxetine --drug codeine',
      'with a CYP2D6 result of another laboratory, and a drug that inhibits the enzyme',
    ],
    ['bcftools view -s NA12878 all.vcf.gz | garrod pgx -', 'what another program prints'],
    ['garrod pgx cohort.vcf.gz --json > cohort.ndjson', 'every sample of a cohort, one line each'],
  ],
  async run(input, io) {
    const [file, ...more] = input.positionals
    if (more.length > 0)
      throw new Fault(
        'USAGE_FILE',
        'garrod pgx',
        `${more.length + 1} files were given`,
        'Give one genotype file; results of other laboratories go behind --outside.',
      )
    if (file === undefined && input.texts('outside').length === 0)
      throw new Fault(
        'USAGE_FILE',
        'garrod pgx',
        'no genotype file was given',
        'Name a VCF file, or outside calls with --outside. See "garrod pgx --help".',
      )
    const { garrod, asOf, record, read } = await runInput(input, io)
    const asked = input.texts('drug').length > 0
    let exit: ExitCode = 0
    const answer = async (genotypes: GenotypeSet | undefined) => {
      const person = record(genotypes)
      const findings = garrod.findings(person)
      const plan = garrod.plan(person, findings, asOf)
      const full = { genotypes, findings, plan }
      if (hasGaps(full, asked)) exit = 1
      await io.out(input.flag('json') ? `${JSON.stringify(personAnswer(full))}\n` : personText(full, asked))
    }
    if (file === undefined) await answer(undefined)
    else for await (const genotypes of read(file, input.texts('sample'))) await answer(genotypes)
    return exit
  },
}
