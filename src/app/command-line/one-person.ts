import type { GenotypeSet } from '../../record/genotype.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { Arguments, Io, Option } from '../command.ts'
import type { Garrod } from '../garrod.ts'
import { TENANT } from '../tenant.ts'
import { audited } from './audited-command.ts'
import { RUN_OPTIONS, type RunInput, runInput } from './run-input.ts'

/** Options of commands that report on one person: from the store, or from files that are not stored. */
export const ONE_PERSON_OPTIONS = {
  patient: { type: 'string', value: 'ID', help: 'a registered person, instead of files' },
  sample: { type: 'string', value: 'NAME', help: 'which sample of a file with several' },
  id: { type: 'string', value: 'ID', help: 'how the person of the files is called in the report' },
  ...RUN_OPTIONS,
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
  const id = input.text('patient')
  const [file, ...more] = input.positionals
  const files = (file === undefined ? 0 : 1) + input.texts('outside').length
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
  const run = await runInput(input, io)
  const { garrod, asOf } = run
  if (id !== undefined) {
    const stored = await storedRecord(command, id)
    return { garrod, asOf, record: { ...stored, drugs: [...stored.drugs, ...run.drugs] } }
  }
  return {
    garrod,
    asOf,
    record: run.record(file === undefined ? undefined : await readOne(file, input, run)),
  }
}

async function storedRecord(command: string, id: string): Promise<PatientRecord> {
  const patient = patientId(id)
  const task = {
    action: 'R',
    interaction: 'report',
    command: `garrod ${command}`,
    patients: [patient],
  } as const
  return audited(task, async (store) => {
    const found = await store.records.get({ tenant: TENANT, patient })
    if (found !== undefined) return found.record
    throw new Fault(
      'PATIENT_UNKNOWN',
      '--patient',
      `there is no patient "${id}"`,
      'See "garrod patient list" for the ids there are.',
    )
  })
}

async function readOne(file: string, input: Arguments, run: RunInput): Promise<GenotypeSet> {
  const sample = input.text('sample')
  const sets: GenotypeSet[] = []
  for await (const set of run.read(file, sample === undefined ? [] : [sample])) {
    sets.push(set)
    if (sets.length > 1) throw severalSamples(file, sets)
  }
  return sets[0]!
}

function severalSamples(file: string, sets: readonly GenotypeSet[]): Fault {
  return new Fault(
    'SAMPLE_NOT_NAMED',
    file,
    `the file holds several samples (${sets.map((one) => one.sample).join(', ')}, …), and none was named`,
    'Name the one that is this person with --sample.',
  )
}
