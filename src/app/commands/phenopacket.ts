import { basename } from 'node:path'
import { Facts } from '../../knowledge/facts.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { readConfig } from '../config.ts'
import { exportPhenopacket } from '../ga4gh/phenopacket-export.ts'
import { importPhenopacket, type PhenopacketTarget } from '../ga4gh/phenopacket-import.ts'
import { readText } from '../read-text.ts'
import { TENANT } from '../tenant.ts'

export const phenopacket: Command = {
  name: 'phenopacket',
  summary: 'take a GA4GH Phenopacket v2 into a record, or print a record as one',
  usage: 'import FILE --patient ID | import FILE --register [--id ID] | export --patient ID',
  details: `import reads one person's Phenopacket v2 as JSON into FHIR resources: phenotypic features, measurements, diseases,
samples, variants and treatments; the file itself is kept with them. The same packet again, by its id, replaces what it
brought before. Refused, with nothing stored: version 1, families and cohorts, fields that version 2 does not have or that
are missing (each is named with its line), a subject whose sex or birth date are not those of the person, and a packet
that is in another person's record.
export prints the record as a Phenopacket v2, with GA4GH VRS identifiers of substitutions.`,
  options: {
    patient: { type: 'string', value: 'ID', help: 'the registered person' },
    register: { type: 'boolean', help: 'register the subject of the packet as a new person' },
    id: { type: 'string', value: 'ID', help: 'id of the new person; chosen when left out' },
  },
  examples: [
    ['garrod phenopacket import case.json --patient p1', 'into the record of p1'],
    ['garrod phenopacket import case.json --register', 'for somebody who is not registered yet'],
    ['garrod phenopacket export --patient p1 > p1.json', 'the record of p1 as a phenopacket'],
  ],
  async run(input, io) {
    const [action, file, ...more] = input.positionals
    if (action === 'import' && file !== undefined && more.length === 0) return importFile(file, input, io)
    if (action === 'export' && file === undefined && input.text('patient') !== undefined)
      return print(input, io)
    throw usage('the command is not complete')
  },
}

async function importFile(file: string, input: Arguments, io: Io): Promise<ExitCode> {
  const target = targetOf(input)
  const text = await readText(file)
  const task = {
    action: 'C',
    interaction: 'phenopacket',
    command: 'garrod phenopacket import',
    patients: target.patient === undefined ? [] : [target.patient],
  } as const
  const facts = Facts.find(readConfig().factFolders)
  return audited<ExitCode>(task, async (store, seen) => {
    const desk = { store, tenant: TENANT, facts }
    const receipt = await importPhenopacket(desk, { text, name: basename(file) }, target, cliAct())
    await seen([receipt.patient])
    const kinds = Object.entries(receipt.resources).map(([type, count]) => `${count} ${type}`)
    await io.out(
      `${receipt.registered ? 'registered' : 'stored with'} ${receipt.patient}: ${kinds.join(', ')}\n`,
    )
    if (receipt.removed > 0) await io.out(`removed: ${receipt.removed} that the packet no longer has\n`)
    for (const note of receipt.notes) io.err(`note: ${note}\n`)
    return 0
  })
}

async function print(input: Arguments, io: Io): Promise<ExitCode> {
  const patient = patientId(input.text('patient')!)
  const task = {
    action: 'R',
    interaction: 'export',
    command: 'garrod phenopacket export',
    patients: [patient],
  } as const
  const facts = Facts.find(readConfig().factFolders)
  return audited<ExitCode>(task, async (store, seen) => {
    // Whoever sits at this machine with the database: the command line is the installation's own.
    const packet = await exportPhenopacket(
      { store, tenant: TENANT, facts },
      patient,
      UNRESTRICTED,
      cliAct().at,
    )
    await seen([patient])
    await io.out(`${JSON.stringify(packet, null, 2)}\n`)
    return 0
  })
}

function targetOf(input: Arguments): PhenopacketTarget {
  const [patient, id] = [input.text('patient'), input.text('id')]
  if ((patient === undefined) !== input.flag('register'))
    throw usage('either --patient or --register is needed')
  if (patient !== undefined) return { kind: 'patient', patient: patientId(patient) }
  return { kind: 'register', patient: id === undefined ? undefined : patientId(id) }
}

function usage(what: string): Fault {
  return new Fault('USAGE_PHENOPACKET', 'garrod phenopacket', what, 'See "garrod phenopacket --help".')
}
