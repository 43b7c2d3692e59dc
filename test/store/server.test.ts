import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { shownUrl } from '../../src/store/database/server-database.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { installedServer, startServer, type TestServer, whenReady } from '../support/debian-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome } from '../support/store-home.ts'
import { TENANT } from './example-upload.ts'
import { storeSuite } from './store-suite.ts'

const bin = installedServer()
const skip = bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false
const home = newHome()
let server: TestServer
let store: Store

before(async () => {
  if (bin === undefined) return
  server = await startServer(bin)
  store = await whenReady(() => openStore({ home, databaseUrl: server.url, keyring: keyringOf(home) }))
})
after(async () => {
  if (bin !== undefined) {
    await store.close()
    await server.remove()
  }
  rmSync(home, { recursive: true, force: true })
})

storeSuite('server', () => store, skip)

test('several machines may open one server at once; the schema is made once', { skip }, async () => {
  const fresh = await startServer(bin!)
  await (await whenReady(() => openStore({ home, databaseUrl: fresh.url, keyring: keyringOf(home) }))).close()
  const stores = await Promise.all(
    [1, 2, 3].map(() => openStore({ home, databaseUrl: fresh.url, keyring: keyringOf(home) })),
  )
  await Promise.all(stores.map((one) => one.patients.list(TENANT)))
  await Promise.all(stores.map((one) => one.close()))
  await fresh.remove()
})

test('a server that cannot be used is a fault that says how to mend it', async () => {
  const refused = (databaseUrl: string, code: string) =>
    assert.rejects(
      openStore({ home, databaseUrl, keyring: keyringOf(home) }),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, code)
        assert.doesNotMatch(error.message + JSON.stringify(error), /s3cret/)
        return true
      },
    )
  await refused('mysql://u:s3cret@localhost/x', 'DATABASE_URL_MALFORMED')
  await refused('postgresql://u:s3cret@127.0.0.1:1/x', 'DATABASE_UNREACHABLE')
  if (bin === undefined) return
  await refused(server.url.replace('/postgres?', '/nowhere?'), 'DATABASE_MISSING')
  await refused(`${server.url}&options=-csynchronous_commit%3Doff`, 'DATABASE_UNSAFE')
})

test('an address is shown without its password', () => {
  assert.equal(shownUrl('postgresql://u:s3cret@h/d'), 'postgresql://u:***@h/d')
  assert.doesNotMatch(shownUrl('postgresql://h/d?user=u&password=s3cret'), /s3cret/)
})
