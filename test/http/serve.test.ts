import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { embeddedStatus } from '../../src/store/embedded/control.ts'
import { root } from '../support/http-server.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
after(() => removeHome(home))

/** The real command in a process of its own. */
function garrod(...args: string[]): { child: ChildProcess; out: () => string; err: () => string } {
  const child = spawn(join(root, 'bin', 'garrod'), args, {
    env: { ...process.env, GARROD_HOME: home, DATABASE_URL: undefined },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  return { child, out: () => out, err: () => err }
}

async function addressOf({ child, out, err }: ReturnType<typeof garrod>): Promise<string> {
  for (;;) {
    const [address] = /http:\/\/\S+/.exec(out()) ?? []
    if (address !== undefined) return address
    assert.equal(child.exitCode, null, err())
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`serve --demo says where it is, answers, and on ${signal} ends itself and its database`, async () => {
    const server = garrod('serve', '--demo', '--port', '0')
    const address = await addressOf(server)
    const { total } = (await (await fetch(`${address}/api/patients`)).json()) as { total: number }
    assert.equal(total, 6)
    assert.notEqual((await embeddedStatus(home)).pid, undefined)
    server.child.kill(signal)
    const [code] = (await once(server.child, 'exit')) as [number | null]
    assert.equal(code, 0, server.err())
    assert.equal((await embeddedStatus(home)).pid, undefined)
    assert.doesNotMatch(server.err(), /^\s+at /m)
  })
}

/** Runs a command that ends by itself. */
async function ended(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const run = garrod(...args)
  const [code] = (await once(run.child, 'close')) as [number | null]
  return { code, out: run.out(), err: run.err() }
}

test('refused: an address other machines reach, without login or in clear; a port that is taken; a bad address', async () => {
  const open = await ended('serve', '--demo', '--host', '0.0.0.0')
  assert.deepEqual([open.code, /code\s+SERVE_OPEN/.test(open.err)], [2, true], open.err)
  const clear = await ended('serve', '--host', '0.0.0.0')
  assert.deepEqual([clear.code, /code\s+SERVE_NO_TLS/.test(clear.err)], [2, true], clear.err)
  const bad = await ended('serve', '--public-url', 'garrod.example')
  assert.deepEqual([bad.code, /code\s+USAGE_URL/.test(bad.err)], [2, true], bad.err)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const taken = await ended('serve', '--port', String(port))
  other.close()
  assert.deepEqual([taken.code, /code\s+PORT_TAKEN/.test(taken.err)], [2, true], taken.err)
  assert.equal((await embeddedStatus(home)).pid, undefined)
})

test('fhir prints the same bytes for the same file, facts and date', async () => {
  const args = [
    'fhir',
    join(root, 'examples', 'clopidogrel.vcf.gz'),
    '--drug',
    'clopidogrel',
    '--as-of',
    '2026-11-22',
    '--issued',
    '2026-11-22T09:30:00Z',
  ]
  const one = await ended(...args)
  const two = await ended(...args)
  assert.equal(one.code, 0, one.err)
  assert.equal(one.out, two.out)
  assert.equal((JSON.parse(one.out) as { type: string }).type, 'collection')
  const nameless = await ended(...args, '--transaction')
  assert.deepEqual([nameless.code, /code\s+USAGE_ID/.test(nameless.err)], [2, true], nameless.err)
  const named = await ended(...args, '--transaction', '--id', 'p-1')
  assert.equal((JSON.parse(named.out) as { type: string }).type, 'transaction')
})

test('fhir of a registered person, and of nobody', async () => {
  const stored = await ended('fhir', '--patient', 'example-1', '--json')
  assert.match(stored.out, /"Example One"/, stored.err)
  const nobody = await ended('fhir', '--patient', 'nobody')
  assert.deepEqual([nobody.code, /code\s+PATIENT_UNKNOWN/.test(nobody.err)], [2, true], nobody.err)
  const both = await ended('fhir', 'x.vcf', '--patient', 'example-1')
  assert.deepEqual([both.code, /code\s+USAGE_FILE/.test(both.err)], [2, true], both.err)
})
