import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Option } from '../command.ts'
import type { Doors } from '../http/guard.ts'
import { type Entry, SESSION_LIMITS, USUAL_RATES } from '../login/entry.ts'
import { optionText } from '../read-text.ts'
import { TENANT } from '../tenant.ts'

export const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** Options of "garrod serve" on who may call, and over what. */
export const ENTRY_OPTIONS: Readonly<Record<string, Option>> = {
  'tls-cert': { type: 'string', value: 'FILE', help: 'certificate with its chain, PEM: serve over TLS' },
  'tls-key': { type: 'string', value: 'FILE', help: 'private key of the certificate, PEM' },
  proxy: {
    type: 'string',
    multiple: true,
    value: 'ADDRESS',
    help: 'a proxy before this server, whose word on who calls is taken (X-Forwarded-For)',
  },
  'session-idle': {
    type: 'string',
    value: 'MINUTES',
    help: `sign in again after so long without a request; default ${SESSION_LIMITS.idleSeconds / 60}`,
  },
  'second-factor': {
    type: 'string',
    value: 'WHO',
    help: 'who signs in with a second factor: everybody (default; set up at the first sign-in) or chosen (by who set it up)',
  },
  'rate-user': {
    type: 'string',
    value: 'N',
    help: `requests a second of one person, averaged over ten seconds; 0: any number; default ${USUAL_RATES.user}`,
  },
  'rate-client': {
    type: 'string',
    value: 'N',
    help: `the same of one program; default ${USUAL_RATES.client}`,
  },
  'cds-open': { type: 'boolean', help: 'answer CDS Hooks calls that bring no token' },
  'frame-origin': {
    type: 'string',
    multiple: true,
    value: 'ORIGIN',
    help: 'an EHR that may show the page in a frame, as https://ehr.example.org; needs TLS',
  },
}

/**
 * How the server knows who calls: by login, or with --demo whoever sits at this machine. Throws SERVE_OPEN when a
 * demonstration would be reached from other machines, SERVE_DEMO_IN_USE when the store has users of its own.
 */
export async function entryOf(input: Arguments, host: string, store: Store): Promise<Entry> {
  const users = await store.login.users.list(TENANT)
  if (input.flag('demo')) {
    if (!LOOPBACK.includes(host)) throw open(host)
    if (users.length > 0) throw inUse(users.length)
    return { kind: 'local' }
  }
  const idle = input.whole('session-idle')
  if (idle !== undefined && (idle < 1 || idle > 24 * 60)) {
    throw new Fault('USAGE_NUMBER', '--session-idle', `${idle} minutes is no break`, 'Give 1 to 1440.')
  }
  return {
    kind: 'login',
    cdsOpen: input.flag('cds-open'),
    session: { ...SESSION_LIMITS, ...(idle === undefined ? {} : { idleSeconds: idle * 60 }) },
    frames: input.texts('frame-origin').map(originOf),
    secondFactorForAll: secondFactorForAll(input),
    rates: {
      user: input.whole('rate-user') ?? USUAL_RATES.user,
      client: input.whole('rate-client') ?? USUAL_RATES.client,
    },
  }
}

function secondFactorForAll(input: Arguments): boolean {
  const who = input.text('second-factor') ?? 'everybody'
  if (who === 'everybody' || who === 'chosen') return who === 'everybody'
  throw new Fault(
    'USAGE_SECOND_FACTOR',
    '--second-factor',
    `"${who}" is no choice`,
    'Give everybody or chosen.',
  )
}

/** TLS and proxies. Throws SERVE_NO_TLS where passwords would cross a network in clear. */
export function transportOf(
  input: Arguments,
  host: string,
  publicUrl: string | undefined,
): Pick<Doors, 'tls' | 'proxies'> {
  const [cert, key] = [input.text('tls-cert'), input.text('tls-key')]
  if ((cert === undefined) !== (key === undefined)) {
    throw new Fault(
      'USAGE_TLS',
      '--tls-cert',
      'a certificate and its key go together',
      'Give both, or neither.',
    )
  }
  if (!LOOPBACK.includes(host) && cert === undefined && !publicUrl?.startsWith('https:')) {
    throw new Fault(
      'SERVE_NO_TLS',
      '--host',
      `"${host}" can be reached from other machines, and passwords would cross the network in clear`,
      'Add --tls-cert and --tls-key; or put a TLS proxy before it and name its address with --public-url https://…',
    )
  }
  return {
    proxies: input.texts('proxy'),
    ...(cert === undefined
      ? {}
      : { tls: { cert: optionText('--tls-cert', cert), key: optionText('--tls-key', key!) } }),
  }
}

function originOf(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text && text.startsWith('https:')) return text
  throw new Fault(
    'USAGE_ORIGIN',
    '--frame-origin',
    `"${text}" is not the origin of a page over TLS`,
    'Write it as https://ehr.example.org, without a path.',
  )
}

function open(host: string): Fault {
  return new Fault(
    'SERVE_OPEN',
    '--host',
    `"${host}" can be reached from other machines, and a demonstration has no login`,
    'Leave --host out; or leave --demo out, add users with "garrod user add", and serve with login.',
  )
}

function inUse(users: number): Fault {
  return new Fault(
    'SERVE_DEMO_IN_USE',
    '--demo',
    `${users === 1 ? 'somebody signs' : `${users} people sign`} in to this store, and a demonstration opens it to whoever sits here`,
    'Leave --demo out; or show the example people from a store of their own, with another GARROD_HOME.',
  )
}
