import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { embeddedStatus, startEmbedded, stopEmbedded } from '../../src/store/embedded/control.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { ACT, keyOf, person, TENANT } from './example-upload.ts'
import { storeSuite } from './store-suite.ts'

const home = newHome()
let store: Store
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
})
after(async () => {
  await store.close()
  await removeHome(home)
})

storeSuite('embedded', () => store)

const other = newHome()
after(() => removeHome(other))

/** A store that is closed when its test ends, however it ends: an open one would keep the test run from ending. */
async function open(t: TestContext, folder = other): Promise<Store> {
  const opened = await openStore({ home: folder, databaseUrl: undefined, keyring: keyringOf(folder) })
  t.after(() => opened.close())
  return opened
}

test('the last one out stops the server', async (t) => {
  const first = await open(t)
  const second = await open(t)
  const { pid } = await embeddedStatus(other)
  assert.ok(pid)
  await first.close()
  assert.equal((await embeddedStatus(other)).pid, pid, 'one is still in')
  await second.patients.list(TENANT)
  await second.close()
  assert.equal((await embeddedStatus(other)).pid, undefined)
})

test('openers at the same time share one server', async (t) => {
  const stores = await Promise.all(Array.from({ length: 5 }, () => open(t)))
  await Promise.all(stores.map((one) => one.patients.list(TENANT)))
  await Promise.all(stores.map((one) => one.close()))
  assert.equal((await embeddedStatus(other)).pid, undefined)
})

test('"db start" keeps it running; "db stop" refuses while someone is in', async (t) => {
  await startEmbedded(other)
  const one = await open(t)
  await assert.rejects(
    stopEmbedded(other, false),
    (error) => (error as { code: string }).code === 'DATABASE_IN_USE',
  )
  assert.equal((await embeddedStatus(other)).kept, true, 'a refused stop changes nothing')
  await one.close()
  assert.ok((await embeddedStatus(other)).pid)
  assert.equal(await stopEmbedded(other, false), true)
  assert.equal(await stopEmbedded(other, false), false)
})

test('a server that is killed is started again at the next use, and nothing is lost', async (t) => {
  const one = await open(t)
  await one.patients.add(TENANT, person('survivor'), ACT)
  process.kill((await embeddedStatus(other)).pid!, 'SIGKILL')
  const found = await one.patients.get(keyOf('survivor')).catch((error) => {
    assert.equal(error.code, 'DATABASE_LOST', 'the broken connection may be told once')
    return one.patients.get(keyOf('survivor'))
  })
  assert.equal(found?.id, 'survivor')
  await one.close()
})

test('locks and process numbers of the dead do not keep it from starting', async (t) => {
  const { folder } = await embeddedStatus(other)
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  writeFileSync(join(folder, 'start.lock'), `${dead}-1`)
  // As after a crash and a restart of the machine: the number now belongs to another program of the server's user.
  const { uid, gid } = statSync(folder)
  const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { uid, gid, cwd: '/' })
  t.after(() => stranger.kill())
  const pidFile = join(folder, 'data', 'postmaster.pid')
  const left = `${stranger.pid}\n${join(folder, 'data')}\n0\n5432\n${folder}\n\n  0 0\nready\n`
  writeFileSync(pidFile, left)
  writeFileSync(join(folder, '.s.PGSQL.5432.lock'), left)
  const one = await open(t)
  assert.equal((await one.patients.list(TENANT)).total, 1)
  await one.close()
})

test('the log tells nothing about patients', async () => {
  const { folder } = await embeddedStatus(home)
  const mrn = { system: 'urn:mrn', value: 'LOGGED-4711' }
  await store.patients.add(TENANT, person('logged', { identifiers: [mrn] }), ACT)
  const twice = person('logged', { name: 'LOGGED-4711', birthDate: 'LOGGED-4711' })
  await assert.rejects(store.patients.add(TENANT, twice, ACT))
  const log = readFileSync(join(folder, 'server.log'), 'utf8')
  assert.match(log, /ready to accept connections/)
  assert.doesNotMatch(log, /LOGGED-4711|logged/)
})

test('a home with a long name works: the socket moves to a short folder, and goes with the server', async (t) => {
  const above = newHome()
  chmodSync(above, 0o711)
  const long = join(above, 'x'.repeat(120))
  const one = await open(t, long)
  const { socket } = await embeddedStatus(long)
  assert.ok(Buffer.byteLength(join(socket!, '.s.PGSQL.5432')) <= 103)
  assert.equal(statSync(socket!).mode & 0o777, 0o700)
  await one.close()
  assert.equal(statSync(socket!, { throwIfNoEntry: false }), undefined)
  await removeHome(long)
  rmSync(above, { recursive: true })
})

const root = process.getuid?.() === 0 ? false : 'only root’s server runs as another user'
test('under root, a home that the server’s user cannot reach: the data go to /var/lib/garrod, as recorded', {
  skip: root,
}, async (t) => {
  const closed = newHome()
  const inner = join(closed, 'inner')
  mkdirSync(inner)
  const one = await open(t, inner)
  const { folder } = await embeddedStatus(inner)
  assert.match(folder, /^\/var\/lib\/garrod\/[^/]+\/postgres$/)
  assert.equal(readFileSync(join(inner, 'postgres.place'), 'utf8'), `${folder}\n`)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  await one.patients.add(TENANT, person('elsewhere'), ACT)
  await one.close()
  const again = await open(t, inner)
  assert.equal((await again.patients.list(TENANT)).total, 1)
  await again.close()
  rmSync(join(folder, '..'), { recursive: true })
  await assert.rejects(open(t, inner), (error) => (error as { code: string }).code === 'DATABASE_GONE')
  rmSync(closed, { recursive: true })
})
