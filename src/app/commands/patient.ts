import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited, type CommandTask } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { birthDateOption, identifierOptions, nameOption, sexOption } from '../command-line/patient-options.ts'
import { patientJson, patientLines, patientText } from '../command-line/patient-text.ts'
import { readConfig } from '../config.ts'
import { changePerson } from '../people/person-resource.ts'
import { registerPerson } from '../people/register-person.ts'
import { TENANT } from '../tenant.ts'
import { hold, REASON_HELP, shred } from './patient-keeping.ts'

/** People printed at a time, so that a long list begins at once. */
const PAGE = 500

export const patient: Command = {
  name: 'patient',
  summary: 'add, list, show, update, remove or shred the people whose results are stored',
  usage:
    'add --id ID [...] | list [--search TEXT] | show ID | update ID [...] | remove ID --yes | shred ID --reason CODE --yes | hold ID [options]',
  details: `People are kept in the embedded database under GARROD_HOME (default ~/.garrod), or in the PostgreSQL server that
DATABASE_URL names. An id is yours to choose: 1 to 64 letters, digits, dots or hyphens. An identifier, such as a medical
record number, belongs to one person only: adding it a second time is refused, and the fault names who has it.
Somebody with the name, birth date and sex of a person who is registered is not added until --another-person says, for
each of those whom the fault names, that it is somebody else: two charts of one person hide results from each other.
"remove" deletes the person with everything stored: record, files as received, plans. It cannot be undone. The log keeps
the id, what was done and when; backups made before still hold the person.
"shred" also destroys the person's key: what was sealed under it can be read by nobody any more, in no backup either. It
prints a receipt. "hold" keeps a person from being removed or shredded, as in a law suit, until "hold --release".`,
  options: {
    id: { type: 'string', value: 'ID', help: 'add: the new id' },
    name: { type: 'string', value: 'NAME', help: 'add, update: the name' },
    sex: {
      type: 'string',
      value: 'SEX',
      help: 'add, update: female, male, other or unknown; checked against chromosome X',
    },
    'birth-date': { type: 'string', value: 'DATE', help: 'add, update: YYYY-MM-DD, YYYY-MM or YYYY' },
    identifier: {
      type: 'string',
      multiple: true,
      value: 'SYSTEM|VALUE',
      help: 'add, update: authority and value; update replaces all',
    },
    'another-person': {
      type: 'string',
      multiple: true,
      value: 'ID',
      help: 'add: the new person is not ID, who has the same name, birth date and sex',
    },
    search: {
      type: 'string',
      value: 'TEXT',
      help: 'list: starts of words of the name, or the start of the id or of an identifier',
    },
    reason: { type: 'string', value: 'CODE', help: REASON_HELP },
    release: { type: 'boolean', help: 'hold: end it' },
    yes: { type: 'boolean', help: 'remove, shred: do it without asking' },
    json: { type: 'boolean', help: 'print JSON, one object per person' },
  },
  examples: [
    [
      "garrod patient add --id p1 --name 'Example Person' --sex female --birth-date 1970-05-01 --identifier 'urn:mrn|4711'",
      'register somebody',
    ],
    ['garrod patient list --search exam', 'everybody with a name that begins with "exam"'],
    ['garrod patient show p1 --json', 'what is stored of p1'],
    ['garrod patient remove p1 --yes', 'delete p1 with every file'],
    ['garrod patient shred p1 --reason consent-withdrawn --yes', 'the same, and destroy the key of p1'],
  ],
  async run(input, io) {
    const [verb, ...ids] = input.positionals
    if (verb === 'add' && ids.length === 0) return add(input, io)
    if (verb === 'list' && ids.length === 0) return list(input, io)
    if (verb === 'show') return show(oneId(verb, ids), input, io)
    if (verb === 'update') return update(oneId(verb, ids), input, io)
    if (verb === 'shred') return shred(oneId(verb, ids), input, io)
    if (verb === 'hold') return hold(oneId(verb, ids), input, io)
    if (verb === 'remove') return remove(oneId(verb, ids), input, io)
    throw new Fault(
      'USAGE_VERB',
      'garrod patient',
      verb === undefined
        ? 'nothing was asked for'
        : `"garrod patient ${[verb, ...ids].join(' ')}" is not a form of this command`,
      'See "garrod patient --help".',
    )
  },
}

function task(
  action: CommandTask['action'],
  interaction: string,
  verb: string,
  patients: readonly PatientId[],
): CommandTask {
  return { action, interaction, command: `garrod patient ${verb}`, patients }
}

function oneId(verb: string, ids: readonly string[]): PatientId {
  const [id, ...more] = ids
  if (id === undefined || more.length > 0) {
    throw new Fault(
      'USAGE_PATIENT',
      `garrod patient ${verb}`,
      id === undefined ? 'no patient was named' : `${ids.length} patients were named`,
      `Name one: garrod patient ${verb} ID.`,
    )
  }
  return patientId(id)
}

async function add(input: Arguments, io: Io): Promise<ExitCode> {
  const id = input.text('id')
  if (id === undefined) {
    throw new Fault(
      'USAGE_ID',
      '--id',
      'the new patient has no id',
      'Choose one: garrod patient add --id p1.',
    )
  }
  const details = {
    id: patientId(id),
    name: nameOption(input),
    sex: sexOption(input) ?? 'unknown',
    birthDate: birthDateOption(input),
    identifiers: identifierOptions(input) ?? [],
  } as const
  const added = await audited(task('C', 'create', 'add', [details.id]), (store) =>
    registerPerson(store, factsInForce(), TENANT, details, cliAct(), {
      others: input.texts('another-person'),
      sees: async (people) => people,
      mend: (people) =>
        `If it is the same person, use that id. If not, add ${people.map((one) => `--another-person ${one}`).join(' ')}.`,
    }),
  )
  await io.out(input.flag('json') ? `${JSON.stringify(added)}\n` : `added ${added.id}\n`)
  return 0
}

async function list(input: Arguments, io: Io): Promise<ExitCode> {
  const search = input.text('search')
  const json = input.flag('json')
  await audited(task('R', 'search-type', 'list', []), async (store, seen) => {
    let after: PatientId | undefined
    let total = 0
    do {
      const page = await store.patients.list(TENANT, {
        limit: PAGE,
        ...(search === undefined ? {} : { search }),
        ...(after === undefined ? {} : { after }),
      })
      await seen(page.patients.map(({ id }) => id))
      await io.out(
        json ? page.patients.map((one) => `${JSON.stringify(one)}\n`).join('') : patientLines(page.patients),
      )
      total = page.total
      after = page.next
    } while (after !== undefined)
    if (total === 0 && !json) {
      io.err(
        search === undefined
          ? 'Nobody is registered yet. See "garrod patient add".\n'
          : `Nobody matches "${search}".\n`,
      )
    }
  })
  return 0
}

async function show(id: PatientId, input: Arguments, io: Io): Promise<ExitCode> {
  const key = { tenant: TENANT, patient: id }
  await audited(task('R', 'read', 'show', [id]), async (store, seen) => {
    const stored = await store.records.get(key)
    if (stored === undefined) throw unknown(id)
    const view = { stored, files: await store.archive.list(key), plans: await store.plans.list(key) }
    await seen([id])
    await io.out(input.flag('json') ? `${JSON.stringify(patientJson(view))}\n` : patientText(view))
  })
  return 0
}

async function update(id: PatientId, input: Arguments, io: Io): Promise<ExitCode> {
  const name = nameOption(input)
  const sex = sexOption(input)
  const birthDate = birthDateOption(input)
  const identifiers = identifierOptions(input)
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(sex === undefined ? {} : { sex }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(identifiers === undefined ? {} : { identifiers }),
  }
  if (Object.keys(change).length === 0) {
    throw new Fault(
      'USAGE_UPDATE',
      'garrod patient update',
      'no change was named',
      'Give --name, --sex, --birth-date or --identifier.',
    )
  }
  const key = { tenant: TENANT, patient: id }
  const updated = await audited(task('U', 'update', 'update', [id]), (store) =>
    changePerson(store, factsInForce(), key, change, cliAct()),
  )
  await io.out(
    input.flag('json') ? `${JSON.stringify(updated)}\n` : `updated ${id}, now version ${updated.version}\n`,
  )
  return 0
}

async function remove(id: PatientId, input: Arguments, io: Io): Promise<ExitCode> {
  if (!input.flag('yes')) {
    throw new Fault(
      'REMOVE_NOT_CONFIRMED',
      `patient ${id}`,
      'removing deletes the person, the record, plans and files, and cannot be undone; nothing was deleted',
      `If that is meant: garrod patient remove ${id} --yes.`,
    )
  }
  const removal = await audited(task('D', 'delete', 'remove', [id]), (store) =>
    store.patients.remove({ tenant: TENANT, patient: id }, cliAct()),
  )
  if (input.flag('json')) await io.out(`${JSON.stringify({ id, ...removal })}\n`)
  else {
    const kept =
      removal.filesShared === 0
        ? ''
        : `, ${removal.filesShared} kept because other people's records rest on the same upload`
    const deleted = howMany(removal.filesDeleted, 'file')
    await io.out(`removed ${id}, ${deleted} deleted${kept}\n`)
  }
  return 0
}

function unknown(id: PatientId): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    `patient ${id}`,
    `there is no patient "${id}"`,
    'See "garrod patient list".',
  )
}

function factsInForce(): Facts {
  return Facts.find(readConfig().factFolders)
}
