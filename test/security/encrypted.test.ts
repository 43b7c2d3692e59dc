import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { connect as connectClear } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { connect } from 'node:tls'
import { SEND, sendJob } from '../../src/app/exchange/send-job.ts'
import { patientId } from '../../src/terms/ids.ts'
import { TENANT, testExchange } from '../exchange/exchange-home.ts'
import { garrodWith } from '../support/command-line.ts'
import { root } from '../support/http-server.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
after(() => removeHome(home))
const env = { GARROD_HOME: home, DATABASE_URL: undefined }
const codeOf = ({ err }: { err: string }) => /code\s+(\w+)/.exec(err)?.[1]

test('what leads to another machine in clear is refused: the page, messages in and out, EHRs, subscribers, the database', async () => {
  const site = ['--public-url', 'https://garrod.example.org']
  for (const [expected, ...command] of [
    ['SERVE_NO_TLS', 'serve', '--host', '0.0.0.0'],
    [
      'SERVE_MLLP_CLEAR',
      'serve',
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      ...site,
      '--mllp',
      '0',
      '--mllp-from',
      '10.0.0.7',
    ],
    ['CLIENT_URL', 'serve', '--port', '0', '--ehr-fhir', 'http://ehr.example.org/fhir'],
    ['CLIENT_URL', 'serve', '--port', '0', '--notify', 'http://ehr.example.org/told'],
    ['CLIENT_URL', 'client', 'add-cds', 'https://ehr.example.org', '--jku', 'http://ehr.example.org/keys'],
    ['DESTINATION_CLEAR', 'exchange', 'destination', 'ward', '--host', '10.0.0.9', '--port', '2575'],
  ] as const) {
    const ran = await garrodWith(env, ...command)
    assert.deepEqual([ran.exit, codeOf(ran)], [2, expected], `${command.join(' ')}\n${ran.err}`)
  }
  for (const [url, expected] of [
    ['postgresql://u@10.255.255.1/x', 'DATABASE_CLEAR'],
    ['postgresql://u@10.255.255.1/x?sslmode=disable', 'DATABASE_CLEAR'],
    ['postgresql://u@10.255.255.1/x?sslmode=prefer', 'DATABASE_CLEAR'],
    ['postgresql://u@localhost/x?host=10.255.255.1', 'DATABASE_CLEAR'],
    ['postgresql://u@127.0.0.1:1/x', 'DATABASE_UNREACHABLE'],
    ['postgresql://u@127.0.0.1:1/x?host=/nowhere', 'DATABASE_UNREACHABLE'],
  ] as const)
    assert.equal(codeOf(await garrodWith({ ...env, DATABASE_URL: url }, 'db', 'status')), expected, url)
})

test('a network that is encrypted by other means is the site’s word, and only yes is', async () => {
  const destination = ['exchange', 'destination', 'ward', '--host', '10.0.0.9', '--port', '2575']
  assert.equal((await garrodWith(env, ...destination, '--tls')).exit, 0)
  assert.equal((await garrodWith({ ...env, GARROD_CLEAR_NETWORK: 'yes' }, ...destination)).exit, 0)
  assert.equal(
    codeOf(await garrodWith({ ...env, GARROD_CLEAR_NETWORK: '1' }, ...destination)),
    'CLEAR_NETWORK',
  )
})

test('a destination that was set in clear before is sent nothing', async () => {
  const here = await testExchange()
  try {
    const at = { at: '2026-11-22T10:00:00Z', by: 'test' }
    const old = { name: 'old', host: '10.0.0.9', port: 2575, tls: false, application: '', facility: '' }
    await here.store.messages.setDestination(TENANT, old, at)
    await here.add('p1')
    await here.store.messages.keepOut(
      TENANT,
      {
        id: 'm1',
        destination: 'old',
        controlId: '1',
        type: 'ORU^R01',
        patient: patientId('p1'),
        text: 'MSH|',
      },
      at,
    )
    const sent: string[] = []
    const transmit = async (_: unknown, text: string) => {
      sent.push(text)
      return ''
    }
    const job = { id: '1', kind: SEND, payload: { message: 'm1' } }
    const handler = sendJob({ store: here.store, now: () => new Date(at.at) }, transmit)
    await assert.rejects(async () => handler({ tenant: TENANT, job, touch: () => undefined } as never), {
      code: 'DESTINATION_CLEAR',
    })
    assert.deepEqual(sent, [])
  } finally {
    await here.close()
  }
})

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl to make a certificate with'
test('one certificate serves the page over HTTPS and messages over MLLP with TLS, and neither in clear', {
  skip,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-encrypted-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ])
  const child = spawn(
    process.execPath,
    [
      ...[
        join(root, 'src', 'app', 'cli.ts'),
        'serve',
        '--port',
        '0',
        '--mllp',
        '0',
        '--mllp-from',
        '127.0.0.1',
      ],
      ...['--tls-cert', cert, '--tls-key', key],
    ],
    { env: { ...process.env, GARROD_HOME: home, DATABASE_URL: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  try {
    let out = ''
    let err = ''
    child.stderr.on('data', (text) => {
      err += text
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => {
        out += text
        if (out.includes('MLLP is at')) resolve()
      })
      child.on('exit', () => reject(new Error(err)))
    })
    assert.match(out, /Garrod is at https:/)
    assert.match(out, /MLLP is at \S+ \(TLS\)/)
    const port = (what: string) => Number(new RegExp(`${what}[^\\n]*:(\\d+)`).exec(out)?.[1])
    const ca = readFileSync(cert, 'utf8')
    const secure = { host: '127.0.0.1', servername: 'localhost', ca }
    const status = await new Promise((resolve, reject) => {
      request(
        { ...secure, port: port('Garrod'), path: '/healthz', headers: { host: 'localhost' } },
        (reply) => {
          reply.resume()
          resolve(reply.statusCode)
        },
      )
        .on('error', reject)
        .end()
    })
    assert.equal(status, 200)
    const socket = connect({ ...secure, port: port('MLLP') })
    await once(socket, 'secureConnect')
    assert.equal(socket.authorized, true)
    socket.destroy()
    for (const which of ['Garrod', 'MLLP']) {
      const clear = connectClear({ host: '127.0.0.1', port: port(which) })
      let said = ''
      clear.on('data', (chunk) => {
        said += chunk.toString('latin1')
      })
      clear.on('error', () => undefined)
      clear.write('\x0bMSH|^~\\&|LAB|SITE|||20261122||ADT^A04|1|P|2.5.1\r\x1c\r')
      await once(clear, 'close')
      assert.doesNotMatch(said, /MSA|HTTP\/1.1 200/, `${which} answered in clear`)
    }
  } finally {
    child.kill('SIGINT')
    await once(child, 'exit')
    rmSync(folder, { recursive: true })
  }
})
