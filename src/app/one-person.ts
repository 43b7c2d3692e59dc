import { basename } from 'node:path'
import type { ReadOptions } from '../intake/format.ts'
import { readGenotypes } from '../intake/receive.ts'
import type { GenotypeSet } from '../record/genotype.ts'
import type { DrugUse, PatientRecord } from '../record/patient-record.ts'
import { openStore } from '../store/open-store.ts'
import { Fault } from '../terms/fault.ts'
import { patientId } from '../terms/ids.ts'
import { CIRCUMSTANCE_OPTIONS, circumstances } from './circumstances.ts'
import type { Arguments, Io, Option } from './command.ts'
import { readConfig } from './config.ts'
import { type Garrod, openGarrod } from './garrod.ts'
import { readOutsideFile } from './outside-file.ts'
import { progressLine } from './progress.ts'
import { READING_OPTIONS, readingOptions } from './reading-options.ts'
import { TENANT } from './tenant.ts'

/** Options of commands that report on one person: from the store, or from files that are not stored. */
export const ONE_PERSON_OPTIONS = {
  patient: { type: 'string', value: 'ID', help: 'a registered person, instead of files' },
  sample: { type: 'string', value: 'NAME', help: 'which sample of a file with several' },
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
    help: 'a drug about to be given: name, brand, RxCUI or ATC code',
  },
  taking: { type: 'string', multiple: true, value: 'NAME', help: 'a drug the person takes now' },
  id: { type: 'string', value: 'ID', help: 'how the person of the files is called in the report' },
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

/** One person to report on. */
export interface OnePerson {
  readonly garrod: Garrod
  readonly record: PatientRecord
  /** The day ages are counted to, YYYY-MM-DD. */
  readonly asOf: string
}

/**
 * The person whom the command line means. Drugs named on it come to those of the record.
 * Throws USAGE_FILE, PATIENT_UNKNOWN, SAMPLE_NOT_NAMED and the faults of intake.
 */
export async function onePerson(command: string, input: Arguments, io: Io): Promise<OnePerson> {
  const garrod = openGarrod(readConfig(), {
    pins: input.texts('pin'),
    ...(input.text('population') === undefined ? {} : { population: input.text('population')! }),
  })
  const { asOf, person } = circumstances(input)
  const id = input.text('patient')
  const [file, ...more] = input.positionals
  const outside = input.texts('outside')
  const files = (file === undefined ? 0 : 1) + outside.length
  if (more.length > 0 || (id === undefined) === (files === 0)) {
    throw new Fault(
      'USAGE_FILE',
      `garrod ${command}`,
      id === undefined
        ? 'one person is reported on, and none or several were named'
        : 'both a person and files were named',
      `Name one genotype file, or sheets with --outside, or a registered person with --patient. See "garrod ${command} --help".`,
    )
  }
  const named = [...uses(input, 'taking', 'taking'), ...uses(input, 'drug', 'considered')]
  if (id !== undefined) {
    const stored = await storedRecord(id)
    return { garrod, asOf, record: { ...stored, drugs: [...stored.drugs, ...named] } }
  }
  const outsideCalls = (await Promise.all(outside.map(readOutsideFile))).flat()
  const genotypes = file === undefined ? [] : [await readOne(file, input, garrod, io)]
  const record: PatientRecord = {
    id: patientId(input.text('id') ?? 'this-run'),
    name: undefined,
    identifiers: [],
    ...person,
    genotypes,
    outsideCalls,
    drugs: named,
  }
  return { garrod, asOf, record }
}

async function storedRecord(id: string): Promise<PatientRecord> {
  const store = await openStore(readConfig())
  try {
    const found = await store.records.get({ tenant: TENANT, patient: patientId(id) })
    if (found !== undefined) return found.record
  } finally {
    await store.close()
  }
  throw new Fault(
    'PATIENT_UNKNOWN',
    '--patient',
    `there is no patient "${id}"`,
    'See "garrod patient list" for the ids there are.',
  )
}

async function readOne(file: string, input: Arguments, garrod: Garrod, io: Io): Promise<GenotypeSet> {
  const line = progressLine(io, `reading ${basename(file)}`)
  const sample = input.text('sample')
  const options: ReadOptions = {
    ...readingOptions(input),
    ...(sample === undefined ? {} : { samples: [sample] }),
  }
  const arrival = readGenotypes({
    name: file,
    content: { path: file },
    panel: garrod.pgx.panel,
    options,
    progress: line.bytes,
  })
  try {
    const sets: GenotypeSet[] = []
    for await (const set of arrival) {
      sets.push(set)
      if (sets.length > 1) throw severalSamples(file, sets)
    }
    return sets[0]!
  } finally {
    line.end()
  }
}

function severalSamples(file: string, sets: readonly GenotypeSet[]): Fault {
  return new Fault(
    'SAMPLE_NOT_NAMED',
    file,
    `the file holds several samples (${sets.map((one) => one.sample).join(', ')}, …), and none was named`,
    'Name the one that is this person with --sample.',
  )
}

function uses(input: Arguments, option: string, status: DrugUse['status']): DrugUse[] {
  return input.texts(option).map((text) => ({ text, rxcui: undefined, atc: undefined, status }))
}
