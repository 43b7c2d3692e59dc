import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { Hl7Message } from '@medplum/core'
import { Hl7Client } from '@medplum/hl7'
import { receive } from '../../src/app/exchange/exchange.ts'
import { FrameReader, framed } from '../../src/app/exchange/mllp-frame.ts'
import {
  MLLP_DEFAULTS,
  type MllpOptions,
  type MllpServer,
  mllpServer,
} from '../../src/app/exchange/mllp-server.ts'
import { until } from '../support/until.ts'
import { msh, PID, TENANT, type TestExchange, testExchange } from './exchange-home.ts'

let home: TestExchange
const servers: MllpServer[] = []
before(async () => {
  home = await testExchange()
  await home.add('p1')
})
after(async () => {
  for (const server of servers) await server.close()
  await home.close()
})

async function start(change: Partial<MllpOptions> = {}): Promise<MllpServer> {
  const server = await mllpServer({
    ...MLLP_DEFAULTS,
    host: '127.0.0.1',
    port: 0,
    accepts: () => true,
    answer: (bytes, address) => receive(home.services, bytes, { by: 'mllp', address }),
    now: home.services.now,
    newId: home.services.newId,
    log: (line) => void home.log.push(line),
    ...change,
  })
  servers.push(server)
  return server
}

let filler = 0
const result = () =>
  `${[msh('ORU^R01^ORU_R01'), PID, `OBR|1||M${++filler}^LAB|51969-4^Report^LN|||||||||||||||||||||F`, 'OBX|1|NM|29463-7^Body weight^LN||72|kg^kg^UCUM|||||F'].join('\r')}\r`

/** Writes chunks, one after another, and returns the answers until so many came or the connection ended. */
function talk(
  port: number,
  chunks: readonly (string | Uint8Array)[],
  answers: number,
  gap = 5,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: '127.0.0.1', port })
    const reader = new FrameReader(2 ** 20)
    const found: string[] = []
    const done = () => {
      socket.destroy()
      resolve(found)
    }
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk))
        if (frame.kind === 'message') found.push(Buffer.from(frame.bytes).toString('utf8'))
      if (found.length >= answers) done()
    })
    socket.on('close', done)
    socket.on('error', reject)
    socket.on('connect', async () => {
      for (const chunk of chunks) {
        if (socket.destroyed) return
        socket.write(chunk)
        await new Promise((next) => setTimeout(next, gap))
      }
      if (answers === 0) socket.end()
    })
  })
}

const code = (answer: string | undefined) => /\rMSA\|(\w\w)/.exec(answer ?? '')?.[1]

test('several messages in one packet, one in many packets, and both', async () => {
  const { port } = await start()
  const three = Buffer.concat([framed(result()), framed(result()), framed(result())])
  assert.deepEqual((await talk(port, [three], 3)).map(code), ['AA', 'AA', 'AA'])
  const bytes = framed(result())
  const single = [...bytes].map((byte) => Buffer.of(byte))
  assert.deepEqual((await talk(port, single, 1, 0)).map(code), ['AA'])
  assert.deepEqual(
    (await talk(port, [three.subarray(0, 100), three.subarray(100, 300), three.subarray(300)], 3)).map(code),
    ['AA', 'AA', 'AA'],
  )
})

test('garbage, a half message and an end without CR: what is whole is answered, the rest is passed over', async () => {
  const { port } = await start()
  const whole = framed(result())
  const noReturn = whole.subarray(0, whole.length - 1)
  const half = whole.subarray(0, 60)
  const answers = await talk(
    port,
    [Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n'), half, whole, noReturn, Buffer.from('\r\n')])],
    2,
  )
  assert.deepEqual(answers.map(code), ['AA', 'AA'])
  assert.ok(home.log.some((line) => /outside a complete block/.test(line)))
  assert.deepEqual(await talk(port, [half], 0), [], 'a half message is not answered')
})

test('a message that is too long is answered AR and its connection closed, with little memory', async () => {
  const { port } = await start({ largest: 2 ** 20 })
  const chunk = Buffer.alloc(64 * 1024, 'A')
  const before = process.memoryUsage().arrayBuffers
  const start100 = Buffer.concat([
    Buffer.of(0x0b),
    Buffer.from(`${msh('ORU^R01', { id: 'LONG' })}\rOBX|1|TX|x||`),
  ])
  const answers = await talk(port, [start100, ...Array.from({ length: 1600 }, () => chunk)], 1, 0)
  assert.equal(code(answers[0]), 'AR')
  assert.match(answers[0]!, /MSA\|AR\|LONG/)
  assert.match(answers[0]!, /\|104\^Value too long\^HL70357\|E\|MESSAGE_TOO_LONG/)
  assert.ok(process.memoryUsage().arrayBuffers - before < 64 * 2 ** 20)
  assert.deepEqual((await talk(port, [framed(result())], 1)).map(code), ['AA'], 'others are not touched')
})

test('a sender that stops inside a message loses its connection, not the server', async () => {
  const { port } = await start({ patience: 50 })
  assert.deepEqual(await talk(port, [framed(result()).subarray(0, 50)], 1), [])
  assert.ok(home.log.some((line) => /did not go on/.test(line)))
})

test('only senders that are named are taken, and only so many', async () => {
  const named = await start({ accepts: (address) => address === '192.0.2.1' })
  assert.deepEqual(await talk(named.port, [framed(result())], 1).catch(() => []), [])
  const few = await start({ connections: 1 })
  const first = connect({ host: '127.0.0.1', port: few.port })
  await new Promise((resolve) => first.once('connect', resolve))
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.deepEqual(await talk(few.port, [framed(result())], 1).catch(() => []), [])
  first.destroy()
})

test('closing answers what is in hand', async () => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let inHand = false
  const server = await start({
    answer: async (bytes) => {
      inHand = true
      await held
      return receive(home.services, bytes, { by: 'mllp' })
    },
  })
  const answer = talk(server.port, [framed(result())], 1)
  await until('the message did not come', () => inHand)
  const closed = server.close()
  release()
  assert.deepEqual((await answer).map(code), ['AA'])
  await closed
})

test('a message that came before is answered as before and does nothing; other bytes under its control id are refused', async () => {
  const { port } = await start()
  const one = result()
  const [first] = await talk(port, [framed(one)], 1)
  const before = (await home.store.messages.list(TENANT, { limit: 500 })).length
  const [second] = await talk(port, [framed(one)], 1)
  assert.equal(second, first)
  assert.equal((await home.store.messages.list(TENANT, { limit: 500 })).length, before)
  const [other] = await talk(port, [framed(one.replace('|72|', '|73|'))], 1)
  assert.equal(code(other), 'AE')
  assert.match(
    other!,
    /ERR\|\|MSH\^1\^10\^1\|205\^Duplicate key identifier\^HL70357\|E\|HL7_CONTROL_ID_REUSED/,
  )
  const [again] = await talk(port, [framed(one.replace('|72|', '|73|'))], 1)
  assert.equal(again, other, 'and that refusal is repeated, not kept twice')
  assert.equal((await home.store.messages.list(TENANT, { limit: 500 })).length, before + 1)
})

test('the same message on two connections at once is taken once', async () => {
  const { port } = await start()
  const one = result()
  const answers = (await Promise.all([1, 2, 3, 4].map(() => talk(port, [framed(one)], 1)))).flat()
  assert.equal(new Set(answers).size, 1)
  const id = one.split('|')[9]
  const kept = (await home.store.messages.list(TENANT, { limit: 500 })).filter(
    (line) => line.controlId === id,
  )
  assert.equal(kept.length, 1)
})

test('accepted when stored: filed afterwards, in order, and by the next process when this one dies', async () => {
  const { port } = await start({ answer: (bytes) => receive(home.services, bytes, { by: 'mllp' }, 'stored') })
  const messages = [result(), result(), result()]
  assert.deepEqual((await talk(port, messages.map(framed), 3)).map(code), ['AA', 'AA', 'AA'])
  const ids = messages.map((one) => one.split('|')[9])
  const { settled } = home.services as unknown as { settled(): Promise<void> }
  await settled()
  const states = (await home.store.messages.list(TENANT, { limit: 500 })).filter((one) =>
    ids.includes(one.controlId),
  )
  assert.deepEqual(
    states.map(({ state }) => state),
    ['processed', 'processed', 'processed'],
  )
})

test('many senders at once share commits: each message is written once, repeats and reused control ids are told apart', async () => {
  const stored = (text: string) => receive(home.services, Buffer.from(text), { by: 'mllp' }, 'stored')
  const messages = Array.from({ length: 80 }, () => result())
  // PostgreSQL has no NUL in text: this one cannot be written, and the others must not suffer for it.
  const unwritable = result().replace(/(?<=ORU\^R01\^ORU_R01\|)[^|]*/, 'NUL\u0000')
  // Another laboratory value under the same control id: whichever of the two comes first is filed.
  const other = messages[7]!.replace('||72|kg', '||73|kg')
  const sent = [...messages, unwritable, messages[3]!, other]
  const answers = await Promise.all(sent.map(stored))
  const ids = messages.map((one) => one.split('|')[9])
  assert.deepEqual(
    answers.slice(0, 80).map((one, i) => i === 7 || code(one) === 'AA'),
    messages.map(() => true),
  )
  assert.notEqual(code(answers[80]!), 'AA')
  assert.equal(code(answers[81]), 'AA')
  assert.deepEqual([answers[7]!, answers[82]!].map(code).sort(), ['AA', 'AE'])
  const { settled } = home.services as unknown as { settled(): Promise<void> }
  await settled()
  const kept = await home.store.messages.list(TENANT, { limit: 1000 })
  for (const id of ids) {
    const states = kept.filter((one) => one.controlId === id).map(({ state }) => state)
    assert.deepEqual(states.sort(), id === ids[7] ? ['processed', 'quarantined'] : ['processed'], id)
  }
})

test('TLS: a client without a certificate of the authority is refused, one with it is served', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-mllp-tls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const openssl = (...args: string[]) => {
    const ran = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    assert.equal(ran.status, 0, ran.stderr)
  }
  const subject = (name: string) => ['-subj', `/CN=${name}`]
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    ...subject('authority'),
  )
  for (const name of ['server', 'client']) {
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      ...subject(name === 'server' ? 'localhost' : 'lab'),
    )
    writeFileSync(
      join(folder, `${name}.ext`),
      name === 'server' ? 'subjectAltName=DNS:localhost' : 'extendedKeyUsage=clientAuth',
    )
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.pem`,
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
    )
  }
  const { readFileSync } = await import('node:fs')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const { port } = await start({
    tls: { cert: read('server.pem'), key: read('server.key'), ca: read('ca.pem') },
  })
  const ask = (own: { cert?: string; key?: string }) =>
    new Promise<string>((resolve) => {
      const socket = connectTls({
        host: '127.0.0.1',
        port,
        ca: read('ca.pem'),
        servername: 'localhost',
        ...own,
      })
      socket.on('secureConnect', () => socket.write(framed(result())))
      socket.on('data', (chunk) => {
        resolve(chunk.toString('utf8'))
        socket.destroy()
      })
      socket.on('error', () => resolve('refused'))
      socket.on('close', () => resolve('refused'))
    })
  assert.equal(await ask({}), 'refused')
  assert.match(await ask({ cert: read('client.pem'), key: read('client.key') }), /MSA\|AA/)
})

test('@medplum/hl7 as a client', async () => {
  const { port } = await start()
  const client = new Hl7Client({ host: '127.0.0.1', port })
  const answer = await client.sendAndWait(Hl7Message.parse(result()))
  assert.equal(answer.getSegment('MSA')?.getField(1)?.toString(), 'AA')
  await client.close()
})

const hasMllpSend = spawnSync('mllp_send', ['--version']).error === undefined
test('mllp_send of python3-hl7 as a client', {
  skip: hasMllpSend ? false : 'mllp_send (Debian package python3-hl7) is not installed',
}, async (t) => {
  const { port } = await start()
  const folder = mkdtempSync(join(tmpdir(), 'garrod-mllp-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const run = (...args: string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn('mllp_send', [...args, '--port', String(port), '127.0.0.1'])
      let out = ''
      child.stdout.on('data', (chunk) => {
        out += chunk
      })
      child.on('close', () => resolve(out.replaceAll('\r', '\n')))
    })
  writeFileSync(join(folder, 'framed.mllp'), Buffer.concat([framed(result()), framed(result())]))
  assert.equal((await run('--file', join(folder, 'framed.mllp'))).match(/MSA\|AA/g)?.length, 2)
  writeFileSync(join(folder, 'loose.hl7'), result())
  assert.equal((await run('--loose', '--file', join(folder, 'loose.hl7'))).match(/MSA\|AA/g)?.length, 1)
})
