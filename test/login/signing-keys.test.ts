import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signingKeys } from '../../src/app/login/oidc/signing-keys.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const tenant = tenantId('main')
let store: Store
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
})
after(async () => {
  await store.close()
  await removeHome(home)
})

const day = (number: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + number * 86_400_000)
const at = (number: number) => signingKeys(store.login, tenant, day(number))

test('of two servers that start at once, both sign with the same keys', async () => {
  const [one, two] = await Promise.all([at(0), at(0)])
  const after = await at(0)
  assert.equal(after.jwks.length, 2)
  assert.equal(after.cookies.length, 1)
  // Whoever was first, what both publish from now on is the same.
  assert.deepEqual((await at(0)).version, after.version)
  assert.ok(one !== undefined && two !== undefined)
})

test('a key signs for 90 days, stays published to the 120th, and is gone after it', async () => {
  const first = await at(0)
  assert.equal((await at(90)).version, first.version)
  const second = await at(91)
  assert.equal(second.jwks.length, 4)
  const kids = (keys: typeof first) => keys.jwks.map((key) => key.kid)
  assert.ok(!kids(first).includes(kids(second)[0]), 'the newest comes first, and signs')
  for (const kid of kids(first)) assert.ok(kids(second).includes(kid))
  const third = await at(121)
  assert.deepEqual(third.jwks.length, 2)
  for (const kid of kids(first)) assert.ok(!kids(third).includes(kid))
})
