import { readFileSync, writeFileSync } from 'node:fs'
import type { MessageState } from '../../store/messages/message-store.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import { patientId } from '../../terms/ids.ts'
import { isThisMachine } from '../../terms/this-machine.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { withExchange } from '../command-line/with-exchange.ts'
import { readConfig } from '../config.ts'
import { readCodeMap, rowOf, writeCodeMap } from '../exchange/code-map-file.ts'
import { receive } from '../exchange/exchange.ts'
import type { ExchangeServices } from '../exchange/exchange-services.ts'
import {
  codeLines,
  destinationLines,
  messageLines,
  messageText,
  senderLines,
  unmappedLines,
} from '../exchange/exchange-text.ts'
import { discard, replay } from '../exchange/replay.ts'
import { send } from '../exchange/send.ts'

const STATES: readonly MessageState[] = [
  'received',
  'processed',
  'unmapped',
  'partly-filed',
  'unknown-patient',
  'quarantined',
  'discarded',
]

export const exchange: Command = {
  name: 'exchange',
  summary: 'messages of laboratories and EHRs: what came in, what waits, what codes mean',
  usage:
    'list | show ID | receive FILE | replay ID | replay --unmapped SENDER | discard ID | unmapped | senders | sender SENDER | maps import|export|list|set|remove SENDER … | destinations | destination NAME … | send NAME TYPE/ID [options]',
  details: `A sender is written as its messages name it in MSH-3 and MSH-4: 'LAB|SITE', in quotes.
A message that waits is replayed after its code was explained or its person registered. "--patient ID" says whose it is,
"--register" that nobody registered is meant, "--confirm-identity" that it is the same person although name, birth date or
sex differ. What a replay made before is replaced, never doubled.
A code map has one row for each local code: system, code, to_system (a URI), to_code, to_display, separated by tabs, with
a header. "*" stands for every code of a system. Rows of the system HL70363 give an assigning authority the URI under
which its numbers are kept.
"send" writes an order (ServiceRequest, as OML^O21) or a report (DiagnosticReport, as ORU^R01) for a destination; a
server or "garrod worker" sends it, and tries again until the receiver answers.`,
  options: {
    state: { type: 'string', multiple: true, value: 'STATE', help: `list: ${STATES.join(', ')}` },
    sender: { type: 'string', value: 'SENDER', help: 'list, unmapped: of this sender alone' },
    limit: { type: 'string', value: 'N', help: 'list: most lines, default 50' },
    content: { type: 'boolean', help: 'show: the message and its answer as well' },
    patient: { type: 'string', value: 'ID', help: 'replay: the message is about this person' },
    register: { type: 'boolean', help: 'replay: register the person of the message' },
    'confirm-identity': { type: 'boolean', help: 'replay: it is the same person, whatever differs' },
    unmapped: {
      type: 'boolean',
      help: 'replay: every message of the sender that has codes nobody explained',
    },
    only: { type: 'boolean', help: 'maps import: remove rows that the file does not have' },
    offset: { type: 'string', value: '+HHMM', help: 'sender: offset of its clock, where messages name none' },
    registers: { type: 'string', value: 'yes|no', help: 'sender: whether its ADT registers people' },
    host: { type: 'string', value: 'ADDRESS', help: 'destination: where it listens' },
    port: { type: 'string', value: 'PORT', help: 'destination: its MLLP port' },
    tls: { type: 'boolean', help: 'destination: over TLS' },
    application: { type: 'string', value: 'NAME', help: 'destination: MSH-5 of what is sent' },
    facility: { type: 'string', value: 'NAME', help: 'destination: MSH-6 of what is sent' },
    remove: { type: 'boolean', help: 'destination: nothing is sent there any more' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  examples: [
    ['garrod exchange list --state quarantined --state unknown-patient', 'what waits for somebody'],
    ['garrod exchange show ID --content', 'why, and the message itself'],
    ["garrod exchange maps import 'LAB|SITE' codes.tsv", 'explain the codes of a laboratory'],
    ["garrod exchange replay --unmapped 'LAB|SITE'", 'and read its messages once more'],
    ['garrod exchange replay ID --patient p1', 'file a message under a person'],
    [
      "garrod exchange sender 'LAB|SITE' --offset=-0500",
      'the clock of a laboratory whose messages name no offset',
    ],
  ],
  async run(input, io) {
    const [verb, ...rest] = input.positionals
    return withExchange(
      (line) => io.err(`${line}\n`),
      async (services) => {
        switch (verb) {
          case 'list':
            return list(services, input, io)
          case 'show':
            return show(services, one(verb, rest), input, io)
          case 'receive':
            return receiveFile(services, one(verb, rest), io)
          case 'replay':
            return again(services, rest, input, io)
          case 'discard':
            return drop(services, one(verb, rest), input, io)
          case 'unmapped':
            return unmapped(services, input, io)
          case 'senders':
            return senders(services, input, io)
          case 'sender':
            return sender(services, one(verb, rest), input, io)
          case 'maps':
            return maps(services, rest, input, io)
          case 'destinations':
            return destinations(services, input, io)
          case 'destination':
            return destination(services, one(verb, rest), input, io)
          case 'send':
            return sendResource(services, rest, io)
          default:
            throw usage(verb)
        }
      },
    )
  },
}

async function list(services: ExchangeServices, input: Arguments, io: Io): Promise<ExitCode> {
  const states = input.texts('state').map(stateOf)
  const of = input.text('sender')
  const found = await services.messages.list(services.tenant, {
    limit: input.whole('limit') ?? 50,
    ...(states.length === 0 ? {} : { states }),
    ...(of === undefined ? {} : { sender: of }),
  })
  await io.out(
    input.flag('json') ? found.map((line) => `${JSON.stringify(line)}\n`).join('') : messageLines(found),
  )
  return 0
}

async function show(services: ExchangeServices, id: string, input: Arguments, io: Io): Promise<ExitCode> {
  const { tenant, messages, audit, now } = services
  const message = await messages.read(tenant, id)
  const content = input.flag('content')
  await audit.record(tenant, {
    at: now().toISOString(),
    action: 'R',
    kind: 'hl7v2',
    interaction: 'read',
    outcome: 'success',
    who: { id: cliAct().by, roles: ['integration-engineer'] },
    purpose: 'HOPERAT',
    patients: message.patient === undefined ? [] : [message.patient],
    what: [`message/${id}`],
  })
  const { raw, ack, ...line } = message
  const whole = content ? { ...line, content: raw.toString('utf8'), ack } : line
  await io.out(input.flag('json') ? `${JSON.stringify(whole)}\n` : messageText(message, content))
  return 0
}

async function receiveFile(services: ExchangeServices, path: string, io: Io): Promise<ExitCode> {
  const answer = await receive(services, read(path), { by: cliAct().by })
  await io.out(answer.replaceAll('\r', '\n'))
  return /^MSA\|A[ER]/m.test(answer.replaceAll('\r', '\n')) ? 2 : 0
}

async function again(
  services: ExchangeServices,
  rest: readonly string[],
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  const act = cliAct()
  const from = { by: act.by }
  const patient = input.text('patient')
  const decision = {
    act,
    confirmed: input.flag('confirm-identity'),
    register: input.flag('register'),
    ...(patient === undefined ? {} : { linked: patientId(patient) }),
  }
  if (!input.flag('unmapped')) {
    const line = await replay(services, one('replay', rest), decision, from)
    await io.out(input.flag('json') ? `${JSON.stringify(line)}\n` : messageLines([line]))
    return line.state === 'processed' ? 0 : 1
  }
  const sender = one('replay --unmapped', rest)
  const ids = await services.messages.withUnmapped(services.tenant, sender)
  if (ids.length === 0) io.err(`No message of ${sender} has codes that nobody has explained.\n`)
  let left = 0
  for (const id of ids) {
    const line = await replay(services, id, { act }, from)
    if (line.state !== 'processed') left += 1
    await io.out(input.flag('json') ? `${JSON.stringify(line)}\n` : messageLines([line]))
  }
  return left === 0 ? 0 : 1
}

async function drop(services: ExchangeServices, id: string, input: Arguments, io: Io): Promise<ExitCode> {
  const act = cliAct()
  const line = await discard(services, id, { act }, { by: act.by })
  await io.out(input.flag('json') ? `${JSON.stringify(line)}\n` : messageLines([line]))
  return 0
}

async function unmapped(services: ExchangeServices, input: Arguments, io: Io): Promise<ExitCode> {
  const codes = await services.messages.unmapped(services.tenant, input.text('sender'))
  await io.out(
    input.flag('json') ? codes.map((code) => `${JSON.stringify(code)}\n`).join('') : unmappedLines(codes),
  )
  return 0
}

async function senders(services: ExchangeServices, input: Arguments, io: Io): Promise<ExitCode> {
  const all = await services.messages.senders(services.tenant)
  await io.out(
    input.flag('json') ? all.map((line) => `${JSON.stringify(line)}\n`).join('') : senderLines(all),
  )
  return 0
}

async function sender(services: ExchangeServices, name: string, input: Arguments, io: Io): Promise<ExitCode> {
  const { messages, tenant } = services
  const before = await messages.sender(tenant, senderName(name))
  const offset = input.text('offset')
  const registers = input.text('registers')
  if (offset !== undefined && !/^[+-](0\d|1[0-4])[0-5]\d$/.test(offset)) {
    throw new Fault('USAGE_OFFSET', '--offset', `"${offset}" is no offset`, 'Write it as +0100.')
  }
  if (registers !== undefined && registers !== 'yes' && registers !== 'no') {
    throw new Fault(
      'USAGE_REGISTERS',
      '--registers',
      `"${registers}" is neither yes nor no`,
      'Write yes or no.',
    )
  }
  const after = {
    ...before,
    utcOffset: offset ?? before.utcOffset,
    registers: registers === undefined ? before.registers : registers === 'yes',
  }
  if (offset !== undefined || registers !== undefined) await messages.setSender(tenant, after, cliAct())
  await io.out(input.flag('json') ? `${JSON.stringify(after)}\n` : senderLines([after]))
  return 0
}

async function maps(
  services: ExchangeServices,
  [verb, name, ...rest]: readonly string[],
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  const { messages, tenant } = services
  if (name === undefined) throw usage('maps')
  const of = senderName(name)
  if (verb === 'import' && rest.length === 1) {
    const rows = readCodeMap(read(rest[0]!).toString('utf8'), rest[0]!)
    await messages.setCodes(tenant, of, rows, input.flag('only'), cliAct())
    await io.out(`${rows.length} codes of ${of}\n`)
    return 0
  }
  if (verb === 'export' && rest.length <= 1) {
    const text = writeCodeMap(await messages.codeMap(tenant, of))
    if (rest[0] === undefined) await io.out(text)
    else writeFileSync(rest[0], text)
    return 0
  }
  if (verb === 'list' && rest.length === 0) {
    const rows = await messages.codeMap(tenant, of)
    await io.out(
      input.flag('json') ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : codeLines(rows),
    )
    return 0
  }
  if (verb === 'set' && (rest.length === 4 || rest.length === 5)) {
    await messages.setCodes(tenant, of, [rowOf(rest, 'garrod exchange maps set')], false, cliAct())
    return 0
  }
  if (verb === 'remove' && rest.length === 2) {
    if (await messages.removeCode(tenant, of, rest[0]!, rest[1]!)) return 0
    throw new Fault(
      'CODE_MAP_UNKNOWN',
      `${rest[0]}|${rest[1]}`,
      'there is no such row',
      'See "garrod exchange maps list".',
    )
  }
  throw usage('maps')
}

async function destinations(services: ExchangeServices, input: Arguments, io: Io): Promise<ExitCode> {
  const all = await services.messages.destinations(services.tenant)
  await io.out(
    input.flag('json') ? all.map((line) => `${JSON.stringify(line)}\n`).join('') : destinationLines(all),
  )
  return 0
}

async function destination(
  services: ExchangeServices,
  name: string,
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  const { messages, tenant } = services
  if (input.flag('remove')) {
    if (await messages.removeDestination(tenant, name)) return 0
    throw new Fault(
      'DESTINATION_UNKNOWN',
      name,
      'there is no destination of that name',
      'See "garrod exchange destinations".',
    )
  }
  const host = input.text('host')
  const port = input.whole('port')
  if (host === undefined || port === undefined || port < 1 || port > 65535) {
    throw new Fault(
      'USAGE_DESTINATION',
      name,
      'a destination needs a host and a port',
      'Give --host ADDRESS and --port PORT.',
    )
  }
  const tls = input.flag('tls')
  if (!tls && !isThisMachine(host) && readConfig().clearNetwork === undefined) {
    throw new Fault(
      'DESTINATION_CLEAR',
      name,
      'messages would cross the network in clear',
      'Add --tls; or set GARROD_CLEAR_NETWORK=yes where the network is encrypted by other means.',
    )
  }
  const made = {
    name,
    host,
    port,
    tls,
    application: input.text('application') ?? '',
    facility: input.text('facility') ?? '',
  }
  await messages.setDestination(tenant, made, cliAct())
  await io.out(destinationLines([made]))
  return 0
}

async function sendResource(
  services: ExchangeServices,
  [name, reference, ...more]: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const [type, id, ...rest] = reference?.split('/') ?? []
  if (name === undefined || type === undefined || id === undefined || rest.length + more.length > 0)
    throw usage('send')
  const sent = await send(services.store, services.tenant, name, { type, id }, cliAct())
  await io.out(`${sent}\n`)
  return 0
}

/** "LAB|SITE"; an application without a facility is "LAB|". */
function senderName(text: string): string {
  if (text.includes('|')) return text
  throw new Fault(
    'USAGE_SENDER',
    'sender',
    `"${text}" does not name application and facility`,
    `Write MSH-3 and MSH-4 with a bar between them, in quotes: '${text}|'.`,
  )
}

function stateOf(text: string): MessageState {
  const state = STATES.find((name) => name === text)
  if (state !== undefined) return state
  throw new Fault('USAGE_STATE', '--state', `"${text}" is not a state`, `Use ${STATES.join(', ')}.`)
}

function one(verb: string, rest: readonly string[]): string {
  const [only, ...more] = rest
  if (only !== undefined && more.length === 0) return only
  throw usage(verb)
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw fileFault(error, path)
  }
}

function usage(verb: string | undefined): Fault {
  return new Fault(
    'USAGE_VERB',
    'garrod exchange',
    verb === undefined
      ? 'nothing was asked for'
      : `"garrod exchange ${verb}" is not complete, or not a form of this command`,
    'See "garrod exchange --help".',
  )
}
