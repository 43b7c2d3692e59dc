import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { receive } from '../../src/app/exchange/exchange.ts'
import { exchangeRoutes } from '../../src/app/exchange/exchange-routes.ts'
import { answerFault } from '../../src/app/http/fault-reply.ts'
import type { Role } from '../../src/safeguard/caller.ts'
import { Fault } from '../../src/terms/fault.ts'
import { type Environment, garrodWith } from '../support/command-line.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

const ER7 = 'application/hl7-v2+er7'
const person = [
  '--id',
  'p1',
  '--name',
  'Example One',
  '--sex',
  'male',
  '--birth-date',
  '1958-03-14',
  '--identifier',
  'urn:id:HOSP|4711',
]
const result = (given: { id?: string } = {}) =>
  `${[
    msh('ORU^R01^ORU_R01', given),
    PID,
    'OBR|1||H1^LAB|51969-4^Report^LN|||||||||||||||||||||F',
    'OBX|1|CWE|GEN^Gene^99LAB|1a|HGNC:2621^CYP2C19^HGNC||||||F',
    'OBX|2|ST|DIP^Diplotype^99LAB|1a|*2/*2||||||F',
  ].join('\r')}\r`

let home: string
let environment: Environment
before(() => {
  home = newHome()
  environment = { GARROD_HOME: home, DATABASE_URL: undefined }
  mkdirSync(home, { recursive: true })
})
after(() => removeHome(home))
const garrod = (...argv: string[]) => garrodWith(environment, ...argv)

test('garrod exchange: a message waits, its codes are explained, it is replayed and in the record', async () => {
  assert.equal((await garrod('patient', 'add', ...person)).exit, 0)
  const file = join(home, 'message.hl7')
  writeFileSync(file, result())
  const received = await garrod('exchange', 'receive', file)
  assert.match(received.out, /\nMSA\|AA\|/)
  assert.equal(received.exit, 0)
  const list = await garrod('exchange', 'list', '--state', 'unmapped')
  const [id = ''] = list.out.split(' ')
  assert.match(list.out, /LAB\|SITE .* ORU\^R01 +unmapped +p1/)
  const show = await garrod('exchange', 'show', id)
  assert.match(show.out, /unmapped +99LAB\|DIP Diplotype/)
  assert.doesNotMatch(show.out, /1958|Example/, 'the content is shown only when it is asked for')
  assert.match((await garrod('exchange', 'show', id, '--content')).out, /\nPID\|1\|\|4711/)
  assert.match((await garrod('exchange', 'unmapped')).out, /LAB\|SITE +99LAB +GEN +Gene +1 messages/)

  const map = join(home, 'map.tsv')
  writeFileSync(
    map,
    'system\tcode\tto_system\tto_code\tto_display\n99LAB\tGEN\thttp://loinc.org\t48018-6\tGene studied\n',
  )
  assert.equal((await garrod('exchange', 'maps', 'import', 'LAB|SITE', map)).out, '1 codes of LAB|SITE\n')
  assert.equal(
    (await garrod('exchange', 'maps', 'set', 'LAB|SITE', '99LAB', 'DIP', 'http://loinc.org', '84413-4')).exit,
    0,
  )
  assert.equal((await garrod('exchange', 'maps', 'export', 'LAB|SITE', map)).exit, 0)
  assert.match(readFileSync(map, 'utf8'), /\n99LAB\tDIP\thttp:\/\/loinc\.org\t84413-4\t\n99LAB\tGEN/)
  const replayed = await garrod('exchange', 'replay', '--unmapped', 'LAB|SITE')
  assert.match(replayed.out, /processed +p1/)
  assert.equal(replayed.exit, 0)
  const again = await garrod('exchange', 'replay', '--unmapped', 'LAB|SITE')
  assert.deepEqual(
    [again.exit, again.out, again.err],
    [0, '', 'No message of LAB|SITE has codes that nobody has explained.\n'],
  )
  const shown = await garrod('patient', 'show', 'p1', '--json')
  assert.match(shown.out, /"gene":"CYP2C19","diplotype":"\*2\/\*2"/)
})

test('garrod exchange: what it does not know is refused with what to do', async () => {
  for (const [argv, code] of [
    [['exchange'], 'USAGE_VERB'],
    [['exchange', 'show'], 'USAGE_VERB'],
    [['exchange', 'show', 'nothing'], 'MESSAGE_UNKNOWN'],
    [['exchange', 'replay', 'nothing'], 'MESSAGE_UNKNOWN'],
    [['exchange', 'list', '--state', 'lost'], 'USAGE_STATE'],
    [['exchange', 'maps', 'list', 'LAB'], 'USAGE_SENDER'],
    [['exchange', 'maps', 'set', 'LAB|SITE', 'x', 'y', 'not a uri', 'z'], 'CODE_MAP_ROW'],
    [['exchange', 'sender', 'LAB|SITE', '--offset', 'noon'], 'USAGE_OFFSET'],
    [['exchange', 'send', 'nowhere', 'ServiceRequest/x'], 'DESTINATION_UNKNOWN'],
    [['exchange', 'receive', '/does/not/exist'], 'FILE_NOT_FOUND'],
  ] as const) {
    const ran = await garrod(...argv)
    assert.equal(ran.exit, 2, argv.join(' '))
    assert.match(ran.err, new RegExp(`code +${code}`), argv.join(' '))
  }
})

test('garrod exchange: a refused message exits with 2 and says where', async () => {
  const file = join(home, 'bad.hl7')
  writeFileSync(file, result().replace('|F\rOBX|2', '|?\rOBX|2'))
  const ran = await garrod('exchange', 'receive', file)
  assert.equal(ran.exit, 2)
  assert.match(ran.out, /ERR\|\|OBX\^1\^11\^1\|103\^Table value not found\^HL70357\|E\|HL7_RESULT_STATUS/)
})

test('a clock without an offset keeps the day; with one, the time', async () => {
  assert.match(
    (await garrod('exchange', 'sender', 'LAB|SITE', '--offset=-0500', '--registers', 'no')).out,
    /offset -0500 +does not register people/,
  )
})

/** The routes alone, for a caller with these roles. */
async function routes(
  roles: readonly Role[],
): Promise<{ url: string; close(): Promise<void>; home: TestExchange }> {
  const exchange = await testExchange()
  await exchange.add('p1')
  const server = Fastify({ logger: false, forceCloseConnections: true })
  server.setErrorHandler(answerFault(() => undefined))
  server.decorateRequest('caller', { getter: () => ({ id: 'client/engine', roles }) as never })
  server.decorateRequest('audit', { getter: () => ({ touch: () => undefined }) as never })
  await exchangeRoutes(server, exchange.services)
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    home: exchange,
    async close() {
      await server.close()
      await exchange.close()
    },
  }
}

test('POST /hl7v2: messages, batches, repeats, other content types; AE is delivered with 200', async (t) => {
  const { url, close } = await routes(['laboratory'])
  t.after(close)
  const post = async (body: string | Uint8Array, type = ER7) => {
    const response = await fetch(`${url}/hl7v2`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: body as never,
    })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }
  }
  const one = result()
  const first = await post(one)
  assert.equal(first.status, 200)
  assert.match(first.type ?? '', /^application\/hl7-v2\+er7/)
  assert.match(first.text, /\rMSA\|AA\|/)
  assert.equal((await post(one)).text, first.text)
  assert.match((await post(result(), 'x-application/hl7-v2+er7; charset=utf-8')).text, /\rMSA\|AA\|/)
  const refused = await post(result().replace('|F\rOBX|2', '|?\rOBX|2'))
  assert.equal(refused.status, 200)
  assert.match(refused.text, /\rMSA\|AE\|/)
  const batch = await post(`BHS|^~\\&|LAB\r${result()}${result()}BTS|2\r`)
  assert.match(batch.text, /^BHS\|.*\rMSA\|AA.*\rMSA\|AA.*\rBTS\|2\r$/s)
  const lost = await post(`BHS|^~\\&|LAB\r${result()}BTS|2\r`)
  assert.match(lost.text, /\rMSA\|AE\r|\rMSA\|AE\|/)
  assert.match(lost.text, /HL7_BATCH_COUNT/)
  assert.match((await post('')).text, /\rMSA\|AE\|.*HL7_NO_MSH/s)
  const asJson = await post(one, 'application/json')
  assert.equal(asJson.status, 415)
  assert.match(asJson.text, /Send one HL7 v2 message or batch as application\/hl7-v2\+er7/)
  assert.equal(
    (await fetch(`${url}/api/exchange/messages`)).status,
    403,
    'a laboratory does not see the work lists',
  )
})

test('/api/exchange: what waits, who is meant, what codes mean', async (t) => {
  const { url, close, home: exchange } = await routes(['integration-engineer'])
  t.after(close)
  const call = async (path: string, method = 'GET', body?: unknown) => {
    const response = await fetch(`${url}/api/exchange${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return { status: response.status, body: (await response.json()) as never }
  }
  await fetch(`${url}/hl7v2`, {
    method: 'POST',
    headers: { 'content-type': ER7 },
    body: result().replace('4711', '4712'),
  })
  const waiting = (await call('/messages?state=unknown-patient&state=quarantined')).body as {
    id: string
    fault: { code: string }
  }[]
  assert.equal(waiting.length, 1)
  assert.equal(waiting[0]!.fault.code, 'PATIENT_UNKNOWN')
  const sender = encodeURIComponent('LAB|SITE')
  const rows = [
    { system: '99LAB', code: 'GEN', toSystem: 'http://loinc.org', toCode: '48018-6' },
    { system: '99LAB', code: 'DIP', toSystem: 'http://loinc.org', toCode: '84413-4' },
  ]
  assert.equal((await call(`/senders/${sender}/codes`, 'PUT', rows)).status, 200)
  assert.equal(
    (await call(`/senders/${sender}/codes`, 'PUT', [{ ...rows[0], toSystem: 'none' }])).status,
    422,
  )
  // The hospital's own number is another one: only somebody who is sure may link it.
  assert.equal((await call(`/messages/${waiting[0]!.id}/replay`, 'POST', { patient: 'p1' })).status, 409)
  const sure = { patient: 'p1', confirmIdentity: true }
  const replayed = await call(`/messages/${waiting[0]!.id}/replay`, 'POST', sure)
  assert.deepEqual([replayed.status, (replayed.body as { state: string }).state], [200, 'processed'])
  const whole = (await call(`/messages/${waiting[0]!.id}`)).body as { content: string; patient: string }
  assert.match(whole.content, /^MSH\|/)
  assert.equal(whole.patient, 'p1')
  assert.equal((await call(`/messages/${waiting[0]!.id}/discard`, 'POST')).status, 409)
  assert.equal((await call('/messages/none')).status, 404)
  assert.equal((await call('/messages?state=lost')).status, 400)
  assert.equal(
    (await call(`/senders/${sender}`, 'PUT', { utcOffset: '+0100', registers: false })).status,
    200,
  )
  assert.deepEqual((await call('/senders')).body, [
    { sender: 'LAB|SITE', utcOffset: '+0100', registers: false },
  ])
  assert.deepEqual((await call('/unmapped')).body, [])
  assert.ok(exchange.audited.some(({ kind, interaction }) => kind === 'hl7v2' && interaction === 'ORU_R01'))
})

test('a database that does not answer: AR, nothing kept, and the next one is taken', async (t) => {
  const exchange = await testExchange()
  t.after(() => exchange.close())
  await exchange.add('p1')
  const down = new Fault('DATABASE_UNREACHABLE', 'database', 'the database does not answer', 'Start it.')
  let isDown = true
  const { messages } = exchange.services
  const services = {
    ...exchange.services,
    messages: {
      ...messages,
      take: (...args: Parameters<typeof messages.take>) =>
        isDown ? Promise.reject(down) : messages.take(...args),
    },
  }
  const one = result()
  assert.match(
    await receive(services, Buffer.from(one), { by: 'test' }),
    /\rMSA\|AR\|.*\|207\^Application internal error\^HL70357\|E\|DATABASE_UNREACHABLE/s,
  )
  assert.deepEqual(await messages.list(TENANT, { limit: 10 }), [])
  isDown = false
  assert.match(await receive(services, Buffer.from(one), { by: 'test' }), /\rMSA\|AA\|/)
})
