import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { receive } from '../../src/app/exchange/exchange.ts'
import { MLLP_DEFAULTS, type MllpServer, mllpServer } from '../../src/app/exchange/mllp-server.ts'
import { send } from '../../src/app/exchange/send.ts'
import { SEND, sendJob } from '../../src/app/exchange/send-job.ts'
import { Worker } from '../../src/app/jobs/worker.ts'
import type { Resource } from '../../src/record/resource.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let here: TestExchange
let there: TestExchange
let server: MllpServer
let answers: (answer: string) => string = (answer) => answer
const received: string[] = []
let clock = Date.parse('2026-11-22T10:00:00Z')
before(async () => {
  here = await testExchange()
  there = await testExchange()
  for (const home of [here, there]) await home.add('p1')
  server = await mllpServer({
    ...MLLP_DEFAULTS,
    host: '127.0.0.1',
    port: 0,
    accepts: () => true,
    answer: async (bytes) => {
      received.push(Buffer.from(bytes).toString('utf8'))
      return answers(await receive(there.services, bytes, { by: 'mllp' }))
    },
    now: there.services.now,
    newId: there.services.newId,
    log: () => undefined,
  })
  const at = { at: new Date(clock).toISOString(), by: 'test' }
  const common = { host: '127.0.0.1', tls: false, application: 'EHR2', facility: 'HOSP2' }
  await here.store.messages.setDestination(TENANT, { name: 'ward', port: server.port, ...common }, at)
})
after(async () => {
  await server.close()
  await here.close()
  await there.close()
})

const ACT = { at: '2026-11-22T10:00:00Z', by: 'test' }
/** Does every job that is due, an hour later each time. */
async function work(): Promise<void> {
  clock += 3600_000
  const now = () => new Date(clock)
  const worker = new Worker({
    jobs: here.store.jobs,
    tenants: () => [TENANT],
    handlers: { [SEND]: sendJob({ store: here.store, now }) },
    now,
    log: () => undefined,
  })
  await worker.drain()
  await worker.stop()
}
const stateOf = async (id: string) => (await here.store.messages.read(TENANT, id)).state
const reports = async (home: TestExchange) => home.of('DiagnosticReport')

test('a report goes out as LRI groups, and is read at the other end as it was here', async () => {
  await here.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    'OBR|1|P1^EHR|S1^LAB|51969-4^Report^LN|||20261120|||||||||||||||20261122100000+0100|||F',
    'OBX|1|CWE|48018-6^Gene studied [ID]^LN|1a|HGNC:2621^CYP2C19^HGNC||||||F',
    'OBX|2|ST|84413-4^Genotype display name^LN|1a|*2/*17||||||F',
    "OBX|3|CWE|53040-2^Genetic variation's effect on drug metabolism^LN|1a|LA10317-8^Intermediate metabolizer^LN||||||F",
    'OBX|4|CWE|48018-6^Gene studied [ID]^LN|2a|HGNC:2621^CYP2C19^HGNC||||||F',
    'OBX|5|ST|81290-9^Genomic DNA change (gHGVS)^LN|2a|NC_000010.11:g.94781859G>A||||||F',
    'OBX|6|NR|81254-5^Genomic allele start-end^LN|2a|94781859^94781859||||||F',
    'OBX|7|CWE|69548-6^Genetic variant assessment^LN|2a|LA9633-4^Present^LN||||||F',
    'OBX|8|NM|29463-7^Body weight^LN||72.50|kg^kg^UCUM|||||F',
    `OBX|9|ED|PDF^Report \\T\\ more^L||^application^pdf^Base64^${Buffer.from('%PDF-1.4\n%%EOF').toString('base64')}||||||F`,
  )
  const [report] = await reports(here)
  const id = await send(here.store, TENANT, 'ward', { type: 'DiagnosticReport', id: report!.id! }, ACT)
  assert.equal(await send(here.store, TENANT, 'ward', { type: 'DiagnosticReport', id: report!.id! }, ACT), id)
  assert.equal(await stateOf(id), 'waiting')
  await work()
  assert.equal(await stateOf(id), 'sent', JSON.stringify((await here.store.messages.read(TENANT, id)).fault))
  assert.equal(received.length, 1)
  assert.match(received[0]!, /^MSH\|\^~\\&\|GARROD\|\|EHR2\|HOSP2\|/)
  assert.match(received[0]!, /\|72\.50\|kg/, 'as precise as it was measured')
  const said = (resources: readonly Resource[]) =>
    resources
      .map((one) => {
        const {
          id: _id,
          meta: _meta,
          derivedFrom: _from,
          issued: _issued,
          basedOn: _order,
          performer: _lab,
          ...rest
        } = one
        return JSON.stringify(rest).replace(/"text":"[^"]*",?|"display":"[^"]*",?|,(?=[}\]])/g, '')
      })
      .sort()
  assert.deepEqual(said(await there.of('Observation')), said(await here.of('Observation')))
  const calls = await there.store.records.get({ tenant: TENANT, patient: 'p1' as never })
  assert.deepEqual(
    calls!.record.outsideCalls.map(({ gene, diplotype, phenotype }) => [gene, diplotype, phenotype]),
    [['CYP2C19', '*2/*17', 'Intermediate Metabolizer']],
  )
  const [arrived] = await reports(there)
  assert.equal((arrived!['presentedForm'] as { title: string }[])[0]!.title, 'Report & more')
})

test('no answer, or one that is none: tried again under the same control id until it arrives', async () => {
  const [report] = await reports(here)
  await here.send(
    msh('ORU^R01^ORU_R01'),
    PID,
    'OBR|1|P1^EHR|S1^LAB|51969-4^Report^LN|||20261120|||||||||||||||20261123100000+0100|||C',
    'OBX|8|NM|29463-7^Body weight^LN||73|kg^kg^UCUM|||||C',
  )
  answers = () => 'MSH|^~\\&|X\rMSA|AA|other\r'
  const id = await send(here.store, TENANT, 'ward', { type: 'DiagnosticReport', id: report!.id! }, ACT)
  await work()
  assert.equal(await stateOf(id), 'waiting')
  answers = (answer) => answer
  received.length = 0
  await work()
  assert.equal(await stateOf(id), 'sent')
  assert.equal(received.length, 1)
})

test('AE is an answer: the message is refused, with what the receiver said, and not sent again', async () => {
  await here.send(
    msh('OML^O21^OML_O21'),
    PID,
    'ORC|NW|O1^EHR',
    'OBR|1|O1^EHR||PGX^Panel^L||||||||||||99^Doctor^Some',
    'NTE|1||urgent \\F\\ please',
  )
  const [order] = await here.of('ServiceRequest')
  answers = (answer) => answer.replace('|AA|', '|AE|')
  const id = await send(here.store, TENANT, 'ward', { type: 'ServiceRequest', id: order!.id! }, ACT)
  await work()
  const message = await here.store.messages.read(TENANT, id)
  assert.equal(message.state, 'refused')
  assert.equal(message.fault?.code, 'RECEIVER_REFUSED')
  assert.match(message.raw.toString('utf8'), /\rORC\|NW\|O1\^EHR\|/)
  assert.match(message.raw.toString('utf8'), /\rNTE\|1\|\|urgent \\F\\ please\r/)
  received.length = 0
  await work()
  assert.equal(received.length, 0)
  const [arrived] = await there.of('ServiceRequest')
  assert.deepEqual(
    arrived!['code'],
    order!['code'] && {
      ...(order!['code'] as object),
      coding: [{ system: 'urn:hl7v2:GARROD%7C:L', code: 'PGX', display: 'Panel' }],
    },
  )
  answers = (answer) => answer
})

test('what cannot be sent is refused with the reason', async () => {
  await assert.rejects(send(here.store, TENANT, 'nowhere', { type: 'ServiceRequest', id: 'x' }, ACT), {
    code: 'DESTINATION_UNKNOWN',
  })
  await assert.rejects(send(here.store, TENANT, 'ward', { type: 'Patient', id: 'p1' }, ACT), {
    code: 'SEND_TYPE',
  })
  await assert.rejects(send(here.store, TENANT, 'ward', { type: 'ServiceRequest', id: 'x' }, ACT), {
    code: 'RESOURCE_UNKNOWN',
  })
})
