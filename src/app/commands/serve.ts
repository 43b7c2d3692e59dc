import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import type { AuditSink } from '../../safeguard/audit/audit-entry.ts'
import { openLeakedPasswords } from '../../safeguard/login/leaked-passwords.ts'
import { serverStatus } from '../../store/database/server-database.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, Io } from '../command.ts'
import { ENTRY_OPTIONS, entryOf, LOOPBACK, transportOf } from '../command-line/serve-options.ts'
import { stopSignal } from '../command-line/stop-signal.ts'
import { type Config, readConfig } from '../config.ts'
import { MLLP_OPTIONS, mllpAsked, startMllp } from '../exchange/mllp-options.ts'
import { type Garrod, openGarrod } from '../garrod.ts'
import type { EhrAccess } from '../http/ehr/ehr-client.ts'
import type { Services } from '../http/services.ts'
import { httpServer } from '../http-server.ts'
import { CATCH_UP } from '../jobs/catch-up-job.ts'
import { INDEX_ALL_VARIANTS } from '../jobs/index-variants.ts'
import { REINTERPRET_ALL } from '../jobs/reinterpret-job.ts'
import { addressOf } from '../login/client-options.ts'
import type { Entry } from '../login/entry.ts'
import { siteNames } from '../name/site-names.ts'
import { openAudit } from '../open-audit.ts'
import { openExchange } from '../open-exchange.ts'
import { seedDemo } from '../people/demo-people.ts'
import { bringPeople } from '../people/person-resource.ts'
import { keptFindings } from '../pgx/kept-findings.ts'
import { type Known, planFor, wholePlan } from '../pgx/whole-plan.ts'
import { REANALYSE_ALL } from '../reanalysis/reanalyse-job.ts'
import { clamd } from '../scan/clamd.ts'
import { TENANT } from '../tenant.ts'
import { readPostalCodes } from '../trials/postal-codes.ts'
import { REMATCH_ALL } from '../trials/rematch-job.ts'

const PORT = 8484
const FIRST_USER = 'Nobody can sign in yet: garrod user add NAME --role administrator\n'
/** Longest wait for requests in hand when the server is told to stop, ms; then their connections are cut. */
const PATIENCE = 10_000

export const serve: Command = {
  name: 'serve',
  summary: 'the web page, the JSON and FHIR API and the CDS Hooks services, on this machine',
  usage: '[--port PORT] [--demo] [options]',
  details: `Starts the embedded database when DATABASE_URL names no other, brings it up to date, and prints the address.
People sign in; see "garrod user" and "garrod client". With --demo nobody signs in, and this machine alone is listened
to. Ctrl-C stops it, and with it the database that it started; an upload that was received and not yet stored goes on at
the next start. Names of variants on transcripts, and the spellings of a variant in a repeat, are read with the site's own files,
several separated as in PATH: GARROD_REFERENCE (FASTA) and GARROD_TRANSCRIPTS (cdot JSON or GFF3), read at the start.`,
  options: {
    port: { type: 'string', value: 'PORT', help: `default ${PORT}; 0 takes any free one` },
    host: { type: 'string', value: 'ADDRESS', help: 'address to listen at; default 127.0.0.1' },
    'public-url': {
      type: 'string',
      value: 'URL',
      help: 'address under which people reach the page, for links on cards',
    },
    'cds-origin': {
      type: 'string',
      multiple: true,
      value: 'ORIGIN',
      help: 'an EHR in a browser that may call the CDS services, as https://ehr.example.org',
    },
    'ehr-fhir': {
      type: 'string',
      multiple: true,
      value: 'URL',
      help: 'a FHIR server that CDS services may fetch from with the token of a call; with --demo any on this machine',
    },
    notify: {
      type: 'string',
      multiple: true,
      value: 'URL',
      help: 'subscribers whose endpoint begins so may be notified; with --demo any on this machine',
    },
    'ehr-timeout': {
      type: 'string',
      value: 'MS',
      help: 'longest wait for all that one CDS call fetches; default 1500',
    },
    ...ENTRY_OPTIONS,
    ...MLLP_OPTIONS,
    demo: {
      type: 'boolean',
      help: 'without login, on this machine alone; adds the example people when nobody is registered yet',
    },
    beacon: { type: 'boolean', help: 'answer GA4GH Beacon v2 questions under /beacon; see docs/ga4gh.md' },
    'beacon-id': {
      type: 'string',
      value: 'ID',
      help: 'how the Beacon is called, as a reverse domain name; default org.garrod.beacon',
    },
    'beacon-records': {
      type: 'string',
      multiple: true,
      value: 'CALLER',
      help: 'a researcher who is given records, as user/NAME or client/ID; others get a yes or no, or counts',
    },
    population: {
      type: 'string',
      value: 'CODE',
      help: 'ALL (default), AFR, AMR, EAS, EUR, SAS; see "garrod pgx"',
    },
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
  },
  examples: [
    ['garrod serve --demo', 'a page with example people at http://127.0.0.1:8484'],
    [
      'garrod serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem --public-url https://garrod.example.org',
      'for a hospital, with login',
    ],
    ['garrod serve --cds-origin https://ehr.example.org', 'CDS Hooks for an EHR that runs in a browser'],
  ],
  async run(input, io) {
    const config = readConfig()
    const host = input.text('host') ?? '127.0.0.1'
    const port = portOf(input)
    const publicUrl = publicUrlOf(input)
    const transport = input.flag('demo') ? {} : transportOf(input, host, publicUrl)
    // Every option is read before anything is opened: a mistake must not leave half a server.
    const asked = {
      mllp: mllpAsked(input, host, config.clearNetwork),
      services: { ehr: ehrOf(input), mayNotify: mayNotifyOf(input), ...beaconOf(input) },
    }
    const leaked =
      config.leakedPasswords === undefined
        ? {}
        : { leaked: await openLeakedPasswords(config.leakedPasswords) }
    const garrod = openGarrod(config, {
      pins: input.texts('pin'),
      ...(input.text('population') === undefined ? {} : { population: input.text('population')! }),
    })
    const store = await openStore(config)
    const audit = await openAudit(config, store).catch(async (error) => {
      await store.close()
      throw error
    })
    try {
      const entry = await entryOf(input, host, store)
      await warnOfMight(config, io)
      if (input.flag('demo')) await demo(config, store, garrod, io)
      else if ((await store.login.users.list(TENANT)).length === 0) io.err(FIRST_USER)
      const stopped = stopSignal()
      const exchange = openExchange({
        store,
        tenant: TENANT,
        facts: garrod.facts,
        audit,
        now: () => new Date(),
        log: (line) => io.err(`${line}\n`),
        // A demonstration is itself for training.
        testMessages: config.testMessages ?? (input.flag('demo') ? 'file' : 'refuse'),
      })
      const names = await siteNames(config.site, assemblies(garrod.facts), io.err)
      let address = ''
      const server = await httpServer(
        {
          ...servicesOf(config, store, audit, entry, garrod, io, () => publicUrl ?? address),
          ...asked.services,
          exchange,
          ...leaked,
          ...(config.scanner === undefined ? {} : { scanner: clamd(config.scanner) }),
          ...(names === undefined ? {} : { names }),
          ...(config.postalCodes === undefined ? {} : { postalCodes: readPostalCodes(config.postalCodes) }),
        },
        { hosts: hostNames(host, publicUrl), cdsOrigins: input.texts('cds-origin'), ...transport },
      )
      address = await server.listen({ host, port }).catch(async (error) => {
        // What runs beside the server, as the worker does, would keep the process alive.
        await server.close()
        throw listenFault(error, host, port)
      })
      await announceStart(store)
      const brought = await bringPeople(store, garrod.facts, TENANT, {
        at: new Date().toISOString(),
        by: 'start',
      })
      if (brought > 0) io.err(`${brought} people have a Patient resource now\n`)
      await io.out(`Garrod is at ${address.replace('[::1]', 'localhost')}\n`)
      const mllp =
        asked.mllp === undefined
          ? undefined
          : await startMllp(asked.mllp, exchange, io).catch(async (error) => {
              await server.close()
              throw error
            })
      await exchange.resume()
      io.err('Ctrl-C stops it.\n')
      await stopped
      io.err('stopping\n')
      const deadline = setTimeout(() => server.server.closeAllConnections(), PATIENCE)
      await mllp?.close()
      await exchange.close()
      await server.close()
      clearTimeout(deadline)
    } finally {
      await audit.close().finally(() => store.close())
    }
    return 0
  },
}

/** A server that is broken into can do what its database user can. */
async function warnOfMight({ databaseUrl, clearNetwork }: Config, io: Io): Promise<void> {
  if (databaseUrl === undefined) return
  const { user } = await serverStatus(databaseUrl, clearNetwork)
  if (user.changesSchema)
    io.err(
      `the database user ${user.name} may change the schema; "garrod db roles" makes a lesser one for servers\n`,
    )
}

/**
 * What a process that died had written and not followed is followed now. Facts may have changed since the last start:
 * plans that rest on others are made anew. Both by jobs.
 */
async function announceStart(store: Store): Promise<void> {
  const jobs = [
    { kind: CATCH_UP, key: 'after a start', payload: {} },
    { kind: REINTERPRET_ALL, key: 'facts in force', payload: {} },
    { kind: REANALYSE_ALL, key: 'facts in force', payload: {} },
    { kind: REMATCH_ALL, key: 'after a start', payload: {} },
    { kind: INDEX_ALL_VARIANTS, key: 'after a start', payload: {} },
  ]
  await store.jobs.enqueue(TENANT, jobs, new Date().toISOString())
}

function servicesOf(
  config: Config,
  store: Store,
  audit: AuditSink,
  entry: Entry,
  garrod: Garrod,
  io: Io,
  publicUrl: () => string,
): Services {
  const page = join(config.root, 'web', 'dist')
  const findings = keptFindings(garrod)
  const knownOf = (record: PatientRecord): Known => ({
    record,
    findings: findings(record),
    facts: garrod.facts,
    asOf: new Date().toISOString().slice(0, 10),
  })
  return {
    store,
    tenant: TENANT,
    audit,
    site: config.site,
    entry,
    facts: garrod.facts,
    interpret(record, which) {
      const known = knownOf(record)
      return { findings: known.findings, plan: wholePlan(known, which) }
    },
    advise: (record, drugs) => planFor(knownOf(record), drugs),
    now: () => new Date(),
    log: (line) => io.err(`${line}\n`),
    publicUrl,
    page: existsSync(join(page, 'index.html')) ? page : undefined,
    largestFile: 20 * 2 ** 30,
  }
}

async function demo(config: Config, store: Store, garrod: Garrod, io: Io): Promise<void> {
  const added = await seedDemo(join(config.root, 'examples'), store, garrod.facts, {
    at: new Date().toISOString(),
    by: 'demo',
  })
  if (added > 0) io.err(`added ${added} example people\n`)
}

function portOf(input: Arguments): number {
  const port = input.whole('port') ?? PORT
  if (port > 65535) throw new Fault('USAGE_PORT', '--port', `${port} is not a port`, 'Use 0 to 65535.')
  return port
}

function publicUrlOf(input: Arguments): string | undefined {
  const text = input.text('public-url')
  return text === undefined ? undefined : webAddress('--public-url', text, 'https://garrod.hospital.example')
}

/** An address without the slash at its end. Throws USAGE_URL. */
function webAddress(option: string, text: string, example: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(text) || !URL.canParse(text))
    throw new Fault('USAGE_URL', option, `"${text}" is not a web address`, `Write it as ${example}.`)
  return text.replace(/\/+$/, '')
}

/** The Beacon, where it is turned on. Throws USAGE_BEACON. */
function beaconOf(input: Arguments): Pick<Services, 'beacon'> {
  const controlled = input.texts('beacon-records')
  if (!input.flag('beacon')) {
    if (controlled.length === 0 && input.text('beacon-id') === undefined) return {}
    throw new Fault('USAGE_BEACON', '--beacon', 'the Beacon is not turned on', 'Add --beacon.')
  }
  const wrong = controlled.find((one) => !/^(user|client)\/\S+$/.test(one))
  if (wrong !== undefined)
    throw new Fault('USAGE_BEACON', '--beacon-records', 'this is no caller', 'Write user/NAME or client/ID.')
  const id = input.text('beacon-id') ?? 'org.garrod.beacon'
  return { beacon: { id, name: 'Garrod Beacon', controlled } }
}

/** Which subscribers may be notified, over TLS. Throws USAGE_URL, CLIENT_URL. */
function mayNotifyOf(input: Arguments): (endpoint: string) => boolean {
  const starts = input
    .texts('notify')
    .map((text) =>
      addressOf('--notify', webAddress('--notify', text, 'https://ehr.example.org/notifications')),
    )
  const demo = input.flag('demo')
  return (endpoint) =>
    starts.some((one) => endpoint === one || endpoint.startsWith(`${one}/`)) ||
    (demo && LOOPBACK.includes(new URL(endpoint).hostname))
}

/** Which EHRs CDS services may fetch from, over TLS. Throws USAGE_URL, CLIENT_URL. */
function ehrOf(input: Arguments): EhrAccess {
  const servers = input
    .texts('ehr-fhir')
    .map((text) => addressOf('--ehr-fhir', webAddress('--ehr-fhir', text, 'https://ehr.example.org/fhir')))
  const demo = input.flag('demo')
  return {
    allows(fhirServer) {
      if (servers.includes(fhirServer.replace(/\/+$/, ''))) return true
      return demo && URL.canParse(fhirServer) && LOOPBACK.includes(new URL(fhirServer).hostname)
    },
    timeLimit: input.whole('ehr-timeout') ?? 1500,
  }
}

/** Names the server answers to, beside the loopback ones; any when it listens at every address of the machine. */
function hostNames(host: string, publicUrl: string | undefined): string[] {
  const names = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  if (host === '0.0.0.0' || host === '::') return publicUrl === undefined ? ['*'] : names
  return LOOPBACK.includes(host) ? names : [...names, host.toLowerCase()]
}

function listenFault(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new Fault(
      'PORT_TAKEN',
      `--port ${port}`,
      `something else listens at port ${port}`,
      'Stop it (perhaps it is Garrod already), or choose another with --port; 0 takes any free one.',
    )
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new Fault(
      'PORT_REFUSED',
      `${host}:${port}`,
      `this machine does not let Garrod listen there (${code})`,
      'Choose a port above 1023 and an address of this machine.',
    )
  }
  return error
}
