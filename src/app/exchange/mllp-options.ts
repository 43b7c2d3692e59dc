import { Fault } from '../../terms/fault.ts'
import type { Arguments, Io, Option } from '../command.ts'
import { LOOPBACK } from '../command-line/serve-options.ts'
import { optionText } from '../read-text.ts'
import { receive } from './exchange.ts'
import type { ExchangeServices } from './exchange-services.ts'
import { MLLP_DEFAULTS, type MllpServer, mllpServer } from './mllp-server.ts'

/** Options of "garrod serve" on HL7 v2 over MLLP. */
export const MLLP_OPTIONS: Readonly<Record<string, Option>> = {
  mllp: {
    type: 'string',
    value: 'PORT',
    help: 'take HL7 v2 messages over MLLP at this port; 0 takes any free one',
  },
  'mllp-from': {
    type: 'string',
    multiple: true,
    value: 'ADDRESS',
    help: 'a sender whose connections are taken; others are refused',
  },
  'mllp-ca': {
    type: 'string',
    value: 'FILE',
    help: 'senders must show a certificate of this authority, PEM; needs --tls-cert',
  },
  'mllp-ack': {
    type: 'string',
    value: 'WHEN',
    help: 'what AA says: "applied" (default), in the record; "stored", on disk, and filed afterwards: for senders of many messages',
  },
  'mllp-limit': { type: 'string', value: 'MIB', help: 'largest message, default 32' },
}

/** The MLLP server that is asked for. */
interface MllpAsked {
  readonly host: string
  readonly port: number
  readonly tls: { readonly cert: string; readonly key: string; readonly ca?: string } | undefined
  /** Addresses of senders; none: everybody who reaches it. */
  readonly from: readonly string[]
  /** Longest message, bytes. */
  readonly largest: number | undefined
  readonly acknowledge: 'applied' | 'stored'
}

/**
 * What the options ask for; undefined: no MLLP. MLLP itself has no login: reached from other machines, it takes named senders
 * alone, or those with a certificate, and over TLS, unless the network is encrypted by other means.
 * Throws SERVE_MLLP_OPEN, SERVE_MLLP_CLEAR, USAGE_PORT, USAGE_TLS, USAGE_ACK, USAGE_NUMBER, and the faults of the files.
 */
export function mllpAsked(input: Arguments, host: string, clearNetwork = false): MllpAsked | undefined {
  const port = input.whole('mllp')
  if (port === undefined) return undefined
  if (port > 65535) throw new Fault('USAGE_PORT', '--mllp', `${port} is not a port`, 'Use 0 to 65535.')
  const from = input.texts('mllp-from')
  const tls = tlsOf(input)
  if (!LOOPBACK.includes(host) && from.length === 0 && tls?.ca === undefined) throw open(host)
  if (!LOOPBACK.includes(host) && tls === undefined && !clearNetwork) throw clear(host)
  const mib = input.whole('mllp-limit')
  const acknowledge = input.text('mllp-ack') ?? 'applied'
  if (acknowledge !== 'applied' && acknowledge !== 'stored') {
    throw new Fault('USAGE_ACK', '--mllp-ack', `"${acknowledge}" is neither`, 'Write applied or stored.')
  }
  const largest = mib === undefined ? undefined : Math.max(1, mib) * 2 ** 20
  return { host, port, tls, from, largest, acknowledge }
}

/** Starts it. Throws PORT_TAKEN, PORT_REFUSED. */
export async function startMllp(
  { host, port, tls, from, largest, acknowledge }: MllpAsked,
  services: ExchangeServices,
  io: Io,
): Promise<MllpServer> {
  const server = await mllpServer({
    ...MLLP_DEFAULTS,
    ...(largest === undefined ? {} : { largest }),
    host,
    port,
    ...(tls === undefined ? {} : { tls }),
    accepts: (address) => from.length === 0 || from.includes(plain(address)),
    answer: (bytes, address) =>
      receive(services, bytes, { by: 'mllp', address: plain(address) }, acknowledge),
    now: services.now,
    newId: services.newId,
    log: services.log,
  })
  await io.out(`MLLP is at ${host}:${server.port}${tls === undefined ? '' : ' (TLS)'}\n`)
  return server
}

/** "::ffff:10.0.0.7" is 10.0.0.7 on a machine that listens to both. */
function plain(address: string): string {
  return address.replace(/^::ffff:/, '')
}

function tlsOf(input: Arguments): { cert: string; key: string; ca?: string } | undefined {
  const [cert, key, ca] = ['tls-cert', 'tls-key', 'mllp-ca'].map((name) => input.text(name))
  if (cert === undefined || key === undefined) {
    if (ca === undefined) return undefined
    throw new Fault(
      'USAGE_TLS',
      '--mllp-ca',
      'there is no TLS to show a certificate in',
      'Add --tls-cert and --tls-key.',
    )
  }
  return {
    cert: optionText('--tls-cert', cert),
    key: optionText('--tls-key', key),
    ...(ca === undefined ? {} : { ca: optionText('--mllp-ca', ca) }),
  }
}

function clear(host: string): Fault {
  return new Fault(
    'SERVE_MLLP_CLEAR',
    '--mllp',
    `"${host}" can be reached from other machines, and messages would cross the network in clear`,
    'Add --tls-cert and --tls-key; or set GARROD_CLEAR_NETWORK=yes where the network is encrypted by other means.',
  )
}

function open(host: string): Fault {
  return new Fault(
    'SERVE_MLLP_OPEN',
    '--mllp',
    `"${host}" can be reached from other machines, and MLLP has no login`,
    'Name the senders with --mllp-from, or have them show a certificate with --mllp-ca.',
  )
}
