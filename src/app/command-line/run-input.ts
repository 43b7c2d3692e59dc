import { basename } from 'node:path'
import { resolveDrug } from '../../decide/prescribe/drug-name.ts'
import { readGenotypes } from '../../intake/receive.ts'
import { drugBook } from '../../knowledge/drug.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { warfarinFacts } from '../../knowledge/guideline/dose-equation.ts'
import { guidelines } from '../../knowledge/guideline/guidelines.ts'
import type { GenotypeSet, OutsideCall } from '../../record/genotype.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import { refuseSexContradiction } from '../../store/people/wrong-patient.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { Arguments, Io, Option } from '../command.ts'
import { readConfig } from '../config.ts'
import { type Garrod, openGarrod } from '../garrod.ts'
import { CIRCUMSTANCE_OPTIONS, circumstances } from './circumstances.ts'
import { readOutsideFile } from './outside-file.ts'
import { progressLine } from './progress.ts'
import { READING_OPTIONS, readingOptions } from './reading-options.ts'

/** Options of every command that takes the journey for files that are not stored. */
export const RUN_OPTIONS = {
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
} satisfies Readonly<Record<string, Option>>

/** What a command line with RUN_OPTIONS means, before any genotype file is read. */
export interface RunInput {
  readonly garrod: Garrod
  /** The day ages are counted to, YYYY-MM-DD. */
  readonly asOf: string
  readonly outsideCalls: readonly OutsideCall[]
  readonly drugs: readonly DrugUse[]
  /** The record of one run: nothing of it is stored. */
  record(genotypes: GenotypeSet | undefined): PatientRecord
  /** The samples of a file ("-": of standard input), all or those named; shows progress on stderr when it takes long. */
  read(file: string, samples: readonly string[]): AsyncGenerator<GenotypeSet>
}

/** Throws USAGE_*, DRUG_UNKNOWN, FACTS_* and the faults of outside calls; a bad name is refused before a long file is read. */
export async function runInput(input: Arguments, io: Io): Promise<RunInput> {
  const population = input.text('population')
  const garrod = openGarrod(readConfig(), {
    pins: input.texts('pin'),
    ...(population === undefined ? {} : { population }),
  })
  const { asOf, person } = circumstances(input)
  if (input.texts('indication').length > 0) refuseUnknownIndications(input.texts('indication'), garrod.facts)
  const options = readingOptions(input)
  const drugs = [...uses(input, 'taking', 'taking'), ...uses(input, 'drug', 'considered')]
  for (const { text } of drugs) resolveDrug(text, drugBook(garrod.facts))
  const outsideCalls = (await Promise.all(input.texts('outside').map(readOutsideFile))).flat()
  return {
    garrod,
    asOf,
    outsideCalls,
    drugs,
    record(genotypes) {
      if (genotypes !== undefined) refuseSexContradiction(person.sex, genotypes)
      return {
        id: patientId((input.takes('id') ? input.text('id') : undefined) ?? 'this-run'),
        name: undefined,
        identifiers: [],
        ...person,
        genotypes: genotypes === undefined ? [] : [genotypes],
        outsideCalls,
        drugs,
      }
    },
    async *read(file, samples) {
      const isInput = file === '-'
      const name = isInput ? 'standard input' : file
      const line = progressLine(io, `reading ${basename(name)}`)
      try {
        yield* readGenotypes({
          name,
          content: isInput ? { stream: process.stdin } : { path: file },
          panel: garrod.pgx.panel,
          options: { ...options, ...(samples.length > 0 ? { samples } : {}) },
          progress: line.bytes,
        })
      } finally {
        line.end()
      }
    },
  }
}

/** Throws INDICATION_UNKNOWN: a misspelled code would quietly leave a question open. */
function refuseUnknownIndications(codes: readonly string[], facts: Facts): void {
  const known = new Set([warfarinFacts(facts).inputs.venousThromboembolism])
  for (const { population } of guidelines(facts).rules.map((cited) => cited.rule)) {
    if (population.indication === undefined) continue
    for (const code of [population.code, ...population.indication]) known.add(code)
  }
  const wrong = codes.find((code) => !known.has(code))
  if (wrong === undefined) return
  throw new Fault(
    'INDICATION_UNKNOWN',
    '--indication',
    `"${wrong}" is not an indication that advice depends on`,
    `Use one of ${[...known].sort().join(', ')}.`,
  )
}

function uses(input: Arguments, option: string, status: DrugUse['status']): DrugUse[] {
  return input.texts(option).map((text) => ({ text, rxcui: undefined, atc: undefined, status }))
}
