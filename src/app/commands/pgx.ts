import { basename } from 'node:path'
import { resolveDrug } from '../../decide/drug-name.ts'
import type { ReadOptions } from '../../intake/format.ts'
import { readGenotypes } from '../../intake/receive.ts'
import { drugBook } from '../../knowledge/drug.ts'
import type { GenotypeSet, OutsideCall } from '../../record/genotype.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { CIRCUMSTANCE_OPTIONS, circumstances } from '../circumstances.ts'
import type { Arguments, Command, ExitCode } from '../command.ts'
import { readConfig } from '../config.ts'
import { type Garrod, openGarrod } from '../garrod.ts'
import { readOutsideFile } from '../outside-file.ts'
import { hasGaps, personAnswer } from '../pgx-answer.ts'
import { personText } from '../pgx-text.ts'
import { progressLine } from '../progress.ts'
import { READING_OPTIONS, readingOptions } from '../reading-options.ts'

export const pgx: Command = {
  name: 'pgx',
  summary: 'a genotype file in, pharmacogenes and cited prescribing advice out',
  usage: 'FILE [--sample NAME]... [--outside TSV]... [--drug NAME]... [options]',
  details: `FILE is a VCF 4.1-4.5 (plain, gzip or bgzip; GRCh38 or GRCh37; one or many samples; gVCF) or a raw text export of
a consumer genotyping array. With --outside it may be left out: then only the outside calls are interpreted.
Without --drug every drug that the genotype says something about is listed. Nothing is stored.
A position that the file does not show is never taken for reference: what it could hide is said.`,
  options: {
    sample: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'only this sample of a file with several',
    },
    outside: {
      type: 'string',
      multiple: true,
      value: 'TSV',
      help: 'results of other laboratories: gene, diplotype, phenotype, activity score',
    },
    drug: {
      type: 'string',
      multiple: true,
      short: 'd',
      value: 'NAME',
      help: 'advise on this drug: name, brand, RxCUI or ATC code',
    },
    taking: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'a drug the person takes now; it may change what an enzyme does',
    },
    ...CIRCUMSTANCE_OPTIONS,
    ...READING_OPTIONS,
    population: {
      type: 'string',
      value: 'CODE',
      help: 'whose allele frequencies weigh equal fits: ALL (default), AFR, AMR, EAS, EUR, SAS',
    },
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
    json: { type: 'boolean', help: 'print NDJSON: one object per sample' },
  },
  examples: [
    ['garrod pgx patient.vcf.gz --drug clopidogrel', 'what this genome says about clopidogrel'],
    [
      'garrod pgx patient.vcf.gz --outside cyp2d6.tsv --taking paroxetine --drug codeine',
      'with a CYP2D6 result of another laboratory, and a drug that inhibits the enzyme',
    ],
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
    const outsideFiles = input.texts('outside')
    if (file === undefined && outsideFiles.length === 0)
      throw new Fault(
        'USAGE_FILE',
        'garrod pgx',
        'no genotype file was given',
        'Name a VCF file, or outside calls with --outside. See "garrod pgx --help".',
      )
    const garrod = openGarrod(readConfig(), {
      pins: input.texts('pin'),
      ...(input.text('population') === undefined ? {} : { population: input.text('population')! }),
    })
    const { asOf, person } = circumstances(input)
    // A name that is not understood is refused before a long file is read.
    for (const text of [...input.texts('drug'), ...input.texts('taking')])
      resolveDrug(text, drugBook(garrod.facts))
    const outsideCalls = (await Promise.all(outsideFiles.map(readOutsideFile))).flat()
    const asked = input.texts('drug').length > 0
    let exit: ExitCode = 0
    const answer = async (genotypes: GenotypeSet | undefined) => {
      const record = recordOf(person, genotypes, outsideCalls, input)
      const findings = garrod.findings(record)
      const plan = garrod.plan(record, findings, asOf)
      const full = { genotypes, findings, plan, facts: garrod.facts.used }
      if (hasGaps(full, asked)) exit = 1
      await io.out(input.flag('json') ? `${JSON.stringify(personAnswer(full))}\n` : personText(full, asked))
    }
    if (file === undefined) await answer(undefined)
    else for await (const genotypes of readFile(file, input, garrod, io)) await answer(genotypes)
    return exit
  },
}

async function* readFile(
  file: string,
  input: Arguments,
  garrod: Garrod,
  io: Parameters<Command['run']>[1],
): AsyncGenerator<GenotypeSet> {
  const line = progressLine(io, `reading ${basename(file)}`)
  const options: ReadOptions = {
    ...readingOptions(input),
    ...(input.texts('sample').length > 0 ? { samples: input.texts('sample') } : {}),
  }
  try {
    yield* readGenotypes({
      name: file,
      content: { path: file },
      panel: garrod.pgx.panel,
      options,
      progress: line.bytes,
    })
  } finally {
    line.end()
  }
}

/** The record of one run: nothing of it is stored. */
function recordOf(
  person: Pick<PatientRecord, 'sex' | 'birthDate' | 'measurements' | 'context'>,
  genotypes: GenotypeSet | undefined,
  outsideCalls: readonly OutsideCall[],
  input: Arguments,
): PatientRecord {
  const use = (status: 'taking' | 'considered') => (text: string) => ({
    text,
    rxcui: undefined,
    atc: undefined,
    status,
  })
  return {
    id: patientId('this-run'),
    name: undefined,
    identifiers: [],
    ...person,
    genotypes: genotypes === undefined ? [] : [genotypes],
    outsideCalls,
    drugs: [...input.texts('taking').map(use('taking')), ...input.texts('drug').map(use('considered'))],
  }
}
