import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { installedServer, startServer, type TestServer, whenReady } from '../support/debian-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const bin = installedServer()
const engines = [
  ['embedded', false],
  [
    'server',
    bin === undefined ? 'no PostgreSQL server is installed (Debian: apt-get install postgresql)' : false,
  ],
] as const

const AT = '2026-11-22T09:30:00.000Z'
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString()
const act = { at: AT, by: 'test' }
const main = tenantId('main')
const other = tenantId('other')

for (const [engine, skip] of engines) {
  describe(`what logins rest on, ${engine} engine`, { skip }, () => {
    const home = newHome()
    let server: TestServer | undefined
    let store: Store
    before(async () => {
      if (engine === 'server') server = await startServer(bin!)
      store = await whenReady(() => openStore({ home, databaseUrl: server?.url, keyring: keyringOf(home) }))
      const user = { id: 'ann', name: 'Ann', roles: ['clinician'], reference: undefined, mustChange: false }
      await store.login.users.add(main, user, 'a hash', act)
    })
    after(async () => {
      await store.close()
      await server?.remove()
      await removeHome(home)
    })

    const many = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 8 }, work))

    test('what must happen once happens once, when eight ask at the same time', async () => {
      const { users, artifacts } = store.login
      const used = await many(() => store.login.takeToken(main, 'ehr', 'jti', later(60)))
      assert.equal(used.filter(Boolean).length, 1)
      assert.equal(await store.login.takeToken(main, 'other ehr', 'jti', later(60)), true)
      assert.equal(await store.login.takeToken(other, 'ehr', 'jti', later(60)), true)

      await artifacts.put(main, 'AuthorizationCode', 'code', {}, {}, later(60))
      const consumed = await many(() => artifacts.consume(main, 'AuthorizationCode', 'code', AT))
      assert.equal(consumed.filter(Boolean).length, 1)
      assert.equal((await artifacts.find(main, 'AuthorizationCode', 'code'))?.consumed, true)

      await users.setSecondFactor(main, 'ann', Buffer.from('a shared secret'))
      const steps = await many(() => users.takeStep(main, 'ann', 100))
      assert.equal(steps.filter(Boolean).length, 1)
      assert.equal(await users.takeStep(main, 'ann', 99), false)
      assert.equal(await users.takeStep(main, 'ann', 101), true)

      const key = (kid: number) => ({
        kid: `k${kid}`,
        purpose: 'ES384',
        secret: Buffer.from('s'),
        madeAt: AT,
      })
      let kid = 0
      await many(() => store.login.addKey(main, key(kid++), later(-60)))
      assert.equal((await store.login.keys(main)).length, 1)
    })

    test('a tenant knows nothing of another', async () => {
      const { users, sessions, artifacts } = store.login
      await sessions.start(main, { token: 't', user: 'ann', secondFactor: false, expiresAt: later(60) }, AT)
      assert.equal(await users.get(other, 'ann'), undefined)
      assert.equal(await sessions.find(other, 't', AT, 60), undefined)
      assert.equal(await artifacts.find(other, 'AuthorizationCode', 'code'), undefined)
      assert.deepEqual(await store.login.keys(other), [])
      assert.notEqual(await sessions.find(main, 't', AT, 60), undefined)
    })

    test('attempts: five are free, then each lock is twice as long, up to the most', async () => {
      const backOff = { free: 5, firstSeconds: 30, mostSeconds: 100 }
      const user = { id: 'bob', name: 'Bob', roles: [], reference: undefined, mustChange: false }
      await store.login.users.add(main, user, 'a hash', act)
      let now = 0
      const attempt = (seconds: number) => store.login.users.attempt(main, 'bob', later(seconds), backOff)
      for (let i = 0; i < 5; i++) assert.notEqual(await attempt(now), undefined, `${i}`)
      for (const wait of [30, 60, 100, 100]) {
        assert.equal(await attempt(now + wait - 1), undefined, `before ${wait} s`)
        now += wait
        assert.notEqual(await attempt(now), undefined, `after ${wait} s`)
      }
    })

    test('what has expired is deleted, and nothing else', async () => {
      const { artifacts, sessions } = store.login
      await artifacts.put(main, 'AccessToken', 'old', {}, {}, later(10))
      await artifacts.put(main, 'AccessToken', 'new', {}, {}, later(20))
      await sessions.start(main, { token: 'old', user: 'ann', secondFactor: false, expiresAt: later(10) }, AT)
      await store.login.purge(main, later(10))
      assert.equal(await artifacts.find(main, 'AccessToken', 'old'), undefined)
      assert.notEqual(await artifacts.find(main, 'AccessToken', 'new'), undefined)
      assert.equal(await sessions.find(main, 'old', AT, 60), undefined)
      assert.notEqual(await sessions.find(main, 't', AT, 60), undefined)
    })

    test('secrets of second factors and keys are kept sealed, and open again', async () => {
      const found = await store.login.users.credentials(main, 'ann')
      assert.equal(found?.totp?.toString(), 'a shared secret')
      assert.equal((await store.login.keys(main))[0]?.secret.toString(), 's')
    })
  })
}
