import { randomBytes } from 'node:crypto'
import { digestOf } from '../../store/login/digest.ts'
import type { CdsClient, Client } from '../../store/login/login-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited, type CommandTask } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { withStore } from '../command-line/with-store.ts'
import { addressOf, jwksOf, scopesOf } from '../login/client-options.ts'
import { organizationOf } from '../login/organization-option.ts'
import { rolesOf } from '../login/roles.ts'
import { TENANT } from '../tenant.ts'

export const client: Command = {
  name: 'client',
  summary:
    'register the programs that ask for tokens (SMART apps, Backend Services) and the EHRs that call CDS services',
  usage: 'add ID --scope SCOPES [...] | add-cds ISSUER [...] | list | remove ID | remove-cds ISSUER',
  details: `"add" registers a SMART app or a Backend Services client. An app that runs in a browser or on a telephone is public and
proves itself by PKCE alone. --secret makes a shared secret and prints it once; --jwks FILE or --jwks-uri URL says which
keys it signs with, and is what Backend Services need. "add-cds" registers an EHR whose CDS Hooks calls are believed, by
the "iss" of its tokens and either the address (--jku) or a copy (--jwks) of its public keys.`,
  options: {
    name: { type: 'string', value: 'NAME', help: 'as people are shown it; default the id' },
    redirect: {
      type: 'string',
      multiple: true,
      value: 'URL',
      help: 'add: where the app takes its code; exactly as the app sends it',
    },
    'launch-url': { type: 'string', value: 'URL', help: 'add: where an EHR launch opens the app' },
    scope: {
      type: 'string',
      multiple: true,
      value: 'SCOPES',
      help: 'add: what it may be given, as "launch/patient patient/*.rs openid fhirUser"',
    },
    role: {
      type: 'string',
      multiple: true,
      value: 'ROLE',
      help: 'add: what it acts as by itself; default system',
    },
    organization: {
      type: 'string',
      value: 'Organization/ID',
      help: 'add: whom it acts for by itself; consents may name it',
    },
    secret: { type: 'boolean', help: 'add: make a shared secret, and print it once' },
    jwks: { type: 'string', value: 'FILE', help: 'its public keys, a JSON Web Key Set' },
    'jwks-uri': { type: 'string', value: 'URL', help: 'add: where its public keys are' },
    jku: { type: 'string', value: 'URL', help: 'add-cds: where its public keys are, as its tokens name it' },
    'ehr-tenant': {
      type: 'string',
      multiple: true,
      value: 'TEXT',
      help: 'add-cds: a "tenant" of its tokens that is let in; default any',
    },
    'without-asking': {
      type: 'boolean',
      help: 'add: the organisation agreed for its users; they are not asked again',
    },
    json: { type: 'boolean', help: 'list: print JSON, one object per line' },
  },
  examples: [
    [
      'garrod client add growth --redirect https://app.example.org/ --launch-url https://app.example.org/launch.html --scope "launch launch/patient patient/*.rs openid fhirUser"',
      'a SMART app in a browser',
    ],
    [
      'garrod client add warehouse --jwks-uri https://warehouse.example.org/jwks.json --scope "system/*.rs"',
      'a program that reads by itself (Backend Services)',
    ],
    [
      'garrod client add-cds https://ehr.example.org --jku https://ehr.example.org/.well-known/jwks.json',
      'an EHR that calls the CDS services',
    ],
  ],
  async run(input, io) {
    const [verb, id, ...more] = input.positionals
    if (verb === 'list' && id === undefined) return list(input, io)
    if (id !== undefined && more.length === 0) {
      if (verb === 'add') return add(id, input, io)
      if (verb === 'add-cds') return addCds(id, input, io)
      if (verb === 'remove') return remove(id, io)
      if (verb === 'remove-cds') return removeCds(id, io)
    }
    throw new Fault(
      'USAGE_VERB',
      'garrod client',
      verb === undefined ? 'nothing was asked for' : 'this is not a form of this command',
      'See "garrod client --help".',
    )
  },
}

async function add(id: string, input: Arguments, io: Io): Promise<ExitCode> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/.test(id)) {
    throw new Fault(
      'CLIENT_ID_MALFORMED',
      'ID',
      `"${id}" is not an id for a program`,
      'Use 1 to 100 letters, digits, dots, hyphens, underscores or tildes.',
    )
  }
  const jwks = jwksOf(input.text('jwks'))
  const jwksUri =
    input.text('jwks-uri') === undefined ? undefined : addressOf('--jwks-uri', input.text('jwks-uri')!)
  const signs = jwks !== undefined || jwksUri !== undefined
  if (signs && input.flag('secret')) throw twoProofs()
  if (jwks !== undefined && jwksUri !== undefined) throw twoProofs()
  const secret = input.flag('secret') ? randomBytes(32).toString('base64url') : undefined
  const roles = rolesOf(input.texts('role'))
  const registered: Client = {
    id,
    name: input.text('name') ?? id,
    kind: signs ? 'key' : secret === undefined ? 'public' : 'secret',
    redirectUris: input.texts('redirect').map((uri) => addressOf('--redirect', uri)),
    scopes: scopesOf(input.texts('scope')),
    roles: roles.length === 0 ? ['system'] : roles,
    organization: organizationOf(input),
    launchUrl:
      input.text('launch-url') === undefined
        ? undefined
        : addressOf('--launch-url', input.text('launch-url')!),
    secretDigest: secret === undefined ? undefined : digestOf(secret),
    jwks,
    jwksUri,
    asks: !input.flag('without-asking'),
  }
  refuseUseless(registered)
  await audited(task('C', 'client-add'), (store) => store.login.clients.add(TENANT, registered, cliAct()))
  await io.out(
    `added ${id}\n${secret === undefined ? '' : `secret: ${secret}\nIt is shown this once; only its digest is kept.\n`}`,
  )
  return 0
}

/** Registrations that could never get a token. */
function refuseUseless({ kind, redirectUris, scopes }: Client): void {
  const forItself = scopes.split(' ').some((one) => one.startsWith('system/'))
  if (forItself && kind !== 'key') {
    throw new Fault(
      'CLIENT_NEEDS_KEY',
      '--scope',
      'system scopes are given to programs that sign with a key',
      'Add --jwks FILE or --jwks-uri URL (SMART Backend Services).',
    )
  }
  if (!forItself && redirectUris.length === 0) {
    throw new Fault(
      'CLIENT_NEEDS_REDIRECT',
      '--redirect',
      'an app that people open needs an address to take its code',
      'Add --redirect with the address that the app sends as redirect_uri.',
    )
  }
}

async function addCds(issuer: string, input: Arguments, io: Io): Promise<ExitCode> {
  const jwks = jwksOf(input.text('jwks'))
  const jku = input.text('jku') === undefined ? undefined : addressOf('--jku', input.text('jku')!)
  if (jwks === undefined && jku === undefined) {
    throw new Fault(
      'USAGE_KEYS',
      '--jku',
      'nothing says which keys the EHR signs with',
      'Add --jku URL or --jwks FILE.',
    )
  }
  const registered: CdsClient = {
    issuer,
    name: input.text('name') ?? issuer,
    jku,
    jwks,
    ehrTenants: input.texts('ehr-tenant'),
  }
  await audited(task('C', 'client-add'), (store) => store.login.cdsClients.add(TENANT, registered, cliAct()))
  await io.out(`added ${issuer}\n`)
  return 0
}

async function list(input: Arguments, io: Io): Promise<ExitCode> {
  const { clients, ehrs } = await withStore(async (store) => ({
    clients: await store.login.clients.list(TENANT),
    ehrs: await store.login.cdsClients.list(TENANT),
  }))
  if (clients.length + ehrs.length === 0) io.err('No program is registered yet. See "garrod client add".\n')
  if (input.flag('json')) {
    const lines = [
      ...clients.map(({ secretDigest: _, ...shown }) => ({ type: 'smart', ...shown })),
      ...ehrs.map((one) => ({ type: 'cds', ...one })),
    ]
    await io.out(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    return 0
  }
  for (const one of clients)
    await io.out(`${one.id.padEnd(20)}  ${WORDS[one.kind]}  ${one.scopes}  ${one.redirectUris.join(' ')}\n`)
  for (const one of ehrs)
    await io.out(
      `${one.issuer.padEnd(20)}  CDS Hooks  ${one.jku ?? 'keys kept here'}  ${one.ehrTenants.join(' ')}\n`,
    )
  return 0
}

const WORDS = { public: 'public', secret: 'shared secret', key: 'signs' } as const

async function remove(id: string, io: Io): Promise<ExitCode> {
  await audited(task('D', 'client-remove'), (store) => store.login.clients.remove(TENANT, id))
  await io.out(`removed ${id}; every token of it has ended\n`)
  return 0
}

async function removeCds(issuer: string, io: Io): Promise<ExitCode> {
  await audited(task('D', 'client-remove'), (store) => store.login.cdsClients.remove(TENANT, issuer))
  await io.out(`removed ${issuer}\n`)
  return 0
}

/** For the audit log. */
const task = (action: 'C' | 'D', interaction: string): CommandTask => ({
  action,
  interaction,
  command: 'garrod client',
  patients: [],
})

function twoProofs(): Fault {
  return new Fault(
    'USAGE_PROOF',
    '--secret',
    'a program proves itself in one way',
    'Give --secret, --jwks or --jwks-uri, and only one of them.',
  )
}
