// HL7 v2 over MLLP, one message after another on each connection (the next is sent when the answer is there):
// node bench/mllp.ts [seconds], default 5. Messages a second of one sender and of eight: with everything in the record
// before the answer, with the message on disk before the answer and the record after it, and, for comparison, against a
// server that only answers. Prints how busy the machine was before, and the time of the processor that each took here.
import { connect, createServer, type Socket } from 'node:net'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { receive } from '../src/app/exchange/exchange.ts'
import { FrameReader, framed } from '../src/app/exchange/mllp-frame.ts'
import { MLLP_DEFAULTS, mllpServer } from '../src/app/exchange/mllp-server.ts'
import { openAudit } from '../src/app/open-audit.ts'
import { openExchange } from '../src/app/open-exchange.ts'
import { Facts } from '../src/knowledge/facts.ts'
import { openStore } from '../src/store/open-store.ts'
import { patientId, tenantId } from '../src/terms/ids.ts'
import { keyringOf } from '../test/support/keyring.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'

const seconds = Number(process.argv[2] ?? 5)
const tenant = tenantId('bench')
const home = newHome()
const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
const audit = await openAudit({ keyFolder: join(home, 'keys'), auditAnchors: join(home, 'anchors') }, store)
const services = openExchange({
  store,
  tenant,
  facts: Facts.find([join(import.meta.dirname, '..', 'facts')]),
  audit,
  now: () => new Date(),
  log: (line) => process.stderr.write(`${line}\n`),
})
const PEOPLE = 200
for (let i = 0; i < PEOPLE; i++) {
  await store.patients.add(
    tenant,
    {
      id: patientId(`p${i}`),
      name: 'Example One',
      sex: 'male',
      birthDate: '1958-03-14',
      identifiers: [{ system: 'urn:id:HOSP', value: `M${i}` }],
    },
    { at: new Date().toISOString(), by: 'bench' },
  )
}

/** A final genotype with its phenotype: what a laboratory sends of one gene. */
function message(i: number): string {
  return [
    `MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||ORU^R01^ORU_R01|B${process.pid}-${i}|P|2.5.1`,
    `PID|1||M${i % PEOPLE}^^^HOSP^MR||One^Example||19580314|M`,
    `OBR|1|P${i}^EHR|F${i}^LAB|51969-4^Genetic analysis report^LN|||20261120|||||||||||||||20261122100000+0100|||F`,
    'OBX|1|CWE|48018-6^Gene studied [ID]^LN|1a|HGNC:2621^CYP2C19^HGNC||||||F',
    'OBX|2|ST|84413-4^Genotype display name^LN|1a|*1/*2||||||F',
    "OBX|3|CWE|53040-2^Genetic variation's effect on drug metabolism^LN|1a|LA10317-8^Intermediate metabolizer^LN||||||F",
    '',
  ].join('\r')
}

/** Sends messages on one connection until `end`; returns the time each took, ms. */
async function converse(port: number, next: () => number, end: number): Promise<readonly number[]> {
  const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true })
  const reader = new FrameReader(2 ** 20)
  let answered: (text: string) => void = () => undefined
  socket.on('data', (chunk) => {
    for (const frame of reader.push(chunk))
      if (frame.kind === 'message') answered(Buffer.from(frame.bytes).toString('utf8'))
  })
  const taken: number[] = []
  while (performance.now() < end) {
    const started = performance.now()
    const answer = await new Promise<string>((resolve) => {
      answered = resolve
      socket.write(framed(message(next())))
    })
    if (!answer.includes('\rMSA|AA|')) throw new Error(answer.replaceAll('\r', '\n'))
    taken.push(performance.now() - started)
  }
  socket.end()
  return taken
}

let number = 0

/** Round trips a second. */
async function roundTrips(what: string, port: number, senders: number): Promise<number> {
  const end = performance.now() + seconds * 1000
  const before = process.cpuUsage()
  const each = await Promise.all(Array.from({ length: senders }, () => converse(port, () => number++, end)))
  const { user, system } = process.cpuUsage(before)
  const taken = each.flat().sort((a, b) => a - b)
  const rate = taken.length / seconds
  const at = (share: number) => taken[Math.floor(share * taken.length)]!.toFixed(2)
  const cpu = ((user + system) / 1000 / taken.length).toFixed(2)
  process.stdout.write(
    `${`${what}, ${senders} at once`.padEnd(58)} ${rate.toFixed(0).padStart(6)}/s   p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   ${cpu} ms of this process\n`,
  )
  return rate
}

process.stdout.write(`load of this machine before: ${loadavg()[0]!.toFixed(1)}\n`)
const echo = createServer({ noDelay: true }, (socket) => {
  const reader = new FrameReader(2 ** 20)
  socket.on('data', (chunk) => {
    for (const frame of reader.push(chunk)) {
      if (frame.kind !== 'message') continue
      const id = Buffer.from(frame.bytes).toString('latin1').split('|')[9]
      socket.write(framed(`MSH|^~\\&|EHR|HOSP|LAB|SITE|||ACK|1|P|2.5.1\rMSA|AA|${id}\r`))
    }
  })
})
await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', () => resolve()))
const bare = await roundTrips('a server that only answers', (echo.address() as { port: number }).port, 1)
echo.close()

for (const acknowledge of ['stored', 'applied'] as const) {
  const server = await mllpServer({
    ...MLLP_DEFAULTS,
    host: '127.0.0.1',
    port: 0,
    accepts: () => true,
    answer: (bytes) => receive(services, bytes, { by: 'mllp' }, acknowledge),
    now: services.now,
    newId: services.newId,
    log: services.log,
  })
  const what = acknowledge === 'stored' ? 'stored, in the record afterwards' : 'stored and in the record'
  await roundTrips('(warming up)', server.port, 2)
  await services.settled()
  for (const senders of [1, 8]) {
    const rate = await roundTrips(what, server.port, senders)
    process.stdout.write(`  of the server that only answers: ${((100 * rate) / bare).toFixed(1)} %\n`)
    const filing = performance.now()
    await services.settled()
    if (acknowledge === 'stored')
      process.stdout.write(
        `  filed after the last answer: ${((performance.now() - filing) / 1000).toFixed(1)} s\n`,
      )
  }
  await server.close()
}
await services.close()
await audit.close()
await store.close()
await removeHome(home)
