import { randomInt } from 'node:crypto'
import { openLeakedPasswords } from '../../safeguard/login/leaked-passwords.ts'
import { hashPassword } from '../../safeguard/login/password-hash.ts'
import type { User } from '../../store/login/login-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited, type CommandTask } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { lineOfInput } from '../command-line/read-stdin.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'
import { givenUntil as endOfGiven, whyWeak } from '../login/new-password.ts'
import { organizationOf } from '../login/organization-option.ts'
import { ROLES, rolesOf } from '../login/roles.ts'
import { userName } from '../login/sign-in.ts'
import { TENANT } from '../tenant.ts'

export const user: Command = {
  name: 'user',
  summary: 'add, list, disable or reset the people who sign in, and change their roles',
  usage:
    'add NAME --role ROLE [...] | list | disable NAME | enable NAME | reset NAME | roles NAME --role ROLE',
  details: `"add" prints a password once, which opens once, within three days: at the first sign-in one's own is chosen. With
--password-stdin the password is read from standard input instead. No password of the list that GARROD_LEAKED_PASSWORDS
names is taken: Pwned Passwords as one file of SHA-1 hashes, ordered by hash; it is read where it lies. "reset" gives a new password and ends every session and token of the user;
with --second-factor it takes the second factor away instead. "disable" ends them too, and lets nobody in under the name.
Roles: ${ROLES.join(', ')}.`,
  options: {
    role: {
      type: 'string',
      multiple: true,
      value: 'ROLE',
      help: 'add, roles: what the user is; "roles" replaces all',
    },
    'full-name': {
      type: 'string',
      value: 'NAME',
      help: 'add: as it is shown; default the name they sign in with',
    },
    reference: {
      type: 'string',
      value: 'TYPE/ID',
      help: 'add, roles: the Practitioner, Patient or RelatedPerson that the user is',
    },
    organization: {
      type: 'string',
      value: 'Organization/ID',
      help: 'add, roles: whom the user works for; consents may name it',
    },
    'password-stdin': { type: 'boolean', help: 'add, reset: read the password from standard input' },
    'second-factor': { type: 'boolean', help: 'reset: take the second factor away, and keep the password' },
    json: { type: 'boolean', help: 'list: print JSON, one object per user' },
  },
  examples: [
    ['garrod user add admin --role administrator', 'the first user of a new server; prints the password'],
    [
      'garrod user add jdoe --role clinician --reference Practitioner/42',
      'a clinician whose apps learn which Practitioner it is',
    ],
    [
      'garrod user reset jdoe --second-factor',
      'a new telephone: the second factor is set up again on the page',
    ],
  ],
  async run(input, io) {
    const [verb, name, ...more] = input.positionals
    if (verb === 'list' && name === undefined) return list(input, io)
    if (name !== undefined && more.length === 0) {
      const id = idOf(name)
      if (verb === 'add') return add(id, input, io)
      if (verb === 'disable' || verb === 'enable') return able(id, verb === 'disable', io)
      if (verb === 'reset') return reset(id, input, io)
      if (verb === 'roles') return roles(id, input, io)
    }
    throw new Fault(
      'USAGE_VERB',
      'garrod user',
      verb === undefined ? 'nothing was asked for' : 'this is not a form of this command',
      'See "garrod user --help".',
    )
  },
}

function idOf(name: string): string {
  const id = userName(name)
  if (/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(id)) return id
  throw new Fault(
    'USER_NAME_MALFORMED',
    'NAME',
    `"${name}" is not a name to sign in with`,
    'Use 1 to 64 letters, digits, dots, hyphens, underscores or @, starting with a letter or digit.',
  )
}

function referenceOf(input: Arguments): string | undefined {
  const text = input.text('reference')
  if (text === undefined || /^(Practitioner|Patient|RelatedPerson)\/[A-Za-z0-9.-]{1,64}$/.test(text))
    return text
  throw new Fault(
    'USAGE_REFERENCE',
    '--reference',
    `"${text}" does not name who the user is`,
    'Write Practitioner/ID, Patient/ID or RelatedPerson/ID.',
  )
}

async function add(id: string, input: Arguments, io: Io): Promise<ExitCode> {
  const given = rolesOf(input.texts('role'))
  if (given.length === 0) throw noRole()
  const reference = referenceOf(input)
  const { password, chosen } = await newPassword(id, input)
  const hash = await hashPassword(password)
  await audited(task('C', 'user-add'), (store) =>
    store.login.users.add(
      TENANT,
      {
        id,
        name: input.text('full-name') ?? id,
        roles: given,
        reference,
        organization: organizationOf(input),
        mustChange: !chosen,
        givenUntil: chosen ? undefined : endOfGiven(new Date()),
      },
      hash,
      cliAct(),
    ),
  )
  await io.out(`added ${id}\n${chosen ? '' : passwordText(password)}`)
  return 0
}

async function list(input: Arguments, io: Io): Promise<ExitCode> {
  const users = await withStore((store) => store.login.users.list(TENANT))
  if (users.length === 0) io.err('Nobody can sign in yet. See "garrod user add".\n')
  await io.out(users.map((one) => (input.flag('json') ? `${JSON.stringify(one)}\n` : lineOf(one))).join(''))
  return 0
}

function lineOf({ id, roles: has, reference, secondFactor, disabled, mustChange, givenUntil }: User): string {
  const notes = [
    ...(reference === undefined ? [] : [reference]),
    secondFactor ? 'second factor' : 'password only',
    ...(mustChange ? ['has not chosen a password yet'] : []),
    ...(givenUntil === undefined ? [] : [`the given one opens until ${givenUntil}`]),
    ...(disabled ? ['disabled'] : []),
  ]
  return `${id.padEnd(20)}  ${has.join(', ')}  (${notes.join('; ')})\n`
}

async function able(id: string, disabled: boolean, io: Io): Promise<ExitCode> {
  await audited(task('U', disabled ? 'user-disable' : 'user-enable'), (store) =>
    store.login.users.change(TENANT, id, { disabled }),
  )
  await io.out(disabled ? `disabled ${id}; every session and token has ended\n` : `enabled ${id}\n`)
  return 0
}

async function reset(id: string, input: Arguments, io: Io): Promise<ExitCode> {
  if (input.flag('second-factor')) {
    await audited(task('U', 'second-factor-off'), (store) =>
      store.login.users.setSecondFactor(TENANT, id, undefined),
    )
    await io.out(`took the second factor of ${id} away\n`)
    return 0
  }
  const { password, chosen } = await newPassword(id, input)
  const hash = await hashPassword(password)
  await audited(task('U', 'password-reset'), (store) =>
    store.login.users.setPassword(TENANT, id, hash, !chosen, chosen ? undefined : endOfGiven(new Date())),
  )
  await io.out(
    `gave ${id} a new password; every session and token has ended\n${chosen ? '' : passwordText(password)}`,
  )
  return 0
}

async function roles(id: string, input: Arguments, io: Io): Promise<ExitCode> {
  const given = rolesOf(input.texts('role'))
  if (given.length === 0) throw noRole()
  const reference = referenceOf(input)
  const organization = organizationOf(input)
  await audited(task('U', 'user-roles'), (store) =>
    store.login.users.change(TENANT, id, {
      roles: given,
      ...(reference === undefined ? {} : { reference }),
      ...(organization === undefined ? {} : { organization }),
    }),
  )
  await io.out(`${id} is now ${given.join(', ')}\n`)
  return 0
}

/** For the audit log: that users were changed, never who. */
const task = (action: 'C' | 'U', interaction: string): CommandTask => ({
  action,
  interaction,
  command: 'garrod user',
  patients: [],
})

/** Letters and digits that are not taken for one another, in groups: about 97 bits. */
function randomPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

async function newPassword(
  id: string,
  input: Arguments,
): Promise<{ readonly password: string; readonly chosen: boolean }> {
  if (!input.flag('password-stdin')) return { password: randomPassword(), chosen: false }
  const password = await lineOfInput()
  const { leakedPasswords } = readConfig()
  const leaked = leakedPasswords === undefined ? undefined : await openLeakedPasswords(leakedPasswords)
  const weakness = await whyWeak(password, id, leaked)
  if (weakness === undefined) return { password, chosen: true }
  throw new Fault(
    'PASSWORD_WEAK',
    'standard input',
    `the password was not taken: ${weakness}`,
    'Send another.',
  )
}

const passwordText = (password: string) =>
  `password: ${password}\nIt is shown this once and opens once, within three days: at the first sign-in another must be chosen.\n`

function noRole(): Fault {
  return new Fault('USAGE_ROLE', '--role', 'no role was given', `Add --role with one of ${ROLES.join(', ')}.`)
}
