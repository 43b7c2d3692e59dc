import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Queries } from '../../src/store/database/query.ts'
import type { SealKey } from '../../src/store/vault/vault.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { keyOf, TENANT } from '../store/example-upload.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { openVault } from './example-vault.ts'

const home = newHome()
let opened: Awaited<ReturnType<typeof openVault>>
before(async () => {
  opened = await openVault(home)
})
after(async () => {
  await opened.database.close()
  await removeHome(home)
})

const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code

test('what is sealed opens in its place, and nowhere else', async () => {
  const { database, vault } = opened
  const key = keyOf('p1')
  const sealed = await vault.seal(database, key, 'note/1', 'zebra')
  assert.equal((await vault.open(database, key, 'note/1', sealed)).toString(), 'zebra')
  assert.ok(!sealed.includes('zebra'))
  await vault.seal(database, keyOf('p2'), 'note/1', 'x')
  const places: [SealKey, string][] = [
    [key, 'note/2'],
    [keyOf('p2'), 'note/1'],
    [{ ...key, tenant: tenantId('elsewhere') }, 'note/1'],
    [{ ...key, patient: '' }, 'note/1'],
  ]
  for (const [other, place] of places)
    await assert.rejects(vault.open(database, other, place, sealed), refused('VAULT_TAMPERED'))
  for (let i = 0; i < sealed.length; i++) {
    const altered = Buffer.from(sealed)
    altered[i]! ^= 1
    await assert.rejects(vault.open(database, key, 'note/1', altered), refused('VAULT_TAMPERED'), `byte ${i}`)
  }
  for (const cut of [0, 4, 32, sealed.length - 1])
    await assert.rejects(
      vault.open(database, key, 'note/1', sealed.subarray(0, cut)),
      refused('VAULT_TAMPERED'),
    )
})

test('the same text sealed twice is not the same bytes; a digest is, for one tenant and kind', async () => {
  const { database, vault } = opened
  const key = keyOf('p1')
  const [a, b] = await Promise.all(['x', 'x'].map((one) => vault.seal(database, key, 'n', one)))
  assert.notDeepEqual(a, b)
  assert.equal(vault.blind(TENANT, 'mrn', '4711'), vault.blind(TENANT, 'mrn', '4711'))
  assert.notEqual(vault.blind(TENANT, 'mrn', '4711'), vault.blind(TENANT, 'name', '4711'))
  assert.notEqual(vault.blind(TENANT, 'mrn', '4711'), vault.blind(tenantId('elsewhere'), 'mrn', '4711'))
})

test('a key made in a transaction that is rolled back is forgotten with it', async () => {
  const { database, vault } = opened
  const key = { tenant: tenantId('new-tenant'), patient: keyOf('rolled').patient }
  await assert.rejects(
    database.transaction(async (queries) => {
      const sealed = await vault.seal(queries, key, 'n', 'lost')
      assert.equal((await vault.open(queries, key, 'n', sealed)).toString(), 'lost')
      throw new Error('rolled back')
    }),
    /rolled back/,
  )
  const sealed = await vault.seal(database, key, 'n', 'kept')
  await opened.database.close()
  opened = await openVault(home)
  assert.equal((await opened.vault.open(opened.database, key, 'n', sealed)).toString(), 'kept')
})

test('many at once make one key', async () => {
  const { database, vault } = opened
  const key = keyOf('busy')
  const sealed = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      database.transaction((queries) => vault.seal(queries, key, `n/${i}`, String(i))),
    ),
  )
  const { count } = (await database.first<{ count: number }>(
    'select count(*)::integer as count from patient_key where patient_id = $1',
    ['busy'],
  ))!
  assert.equal(count, 1)
  for (const [i, one] of sealed.entries())
    assert.equal((await vault.open(database, key, `n/${i}`, one)).toString(), String(i))
})

test('keys of another row, or altered ones, do not open', async () => {
  const { database, vault } = opened
  const sealed = await vault.seal(database, keyOf('row-a'), 'n', 'a')
  await vault.seal(database, keyOf('row-b'), 'n', 'b')
  await database.run(
    `update patient_key a set wrapped = b.wrapped, handle = b.handle from patient_key b
     where a.patient_id = 'row-a' and b.patient_id = 'row-b'`,
  )
  const fresh = await openVault(home)
  await assert.rejects(
    fresh.vault.open(fresh.database, keyOf('row-a'), 'n', sealed),
    refused('VAULT_TAMPERED'),
  )
  await fresh.database.close()
  assert.equal((await vault.open(database, keyOf('row-a'), 'n', sealed)).toString(), 'a', 'held in memory')
})

test('keys of many people come in one query', async () => {
  const { database, vault } = opened
  const people = Array.from({ length: 50 }, (_, i) => keyOf(`many-${i}`))
  const sealed = await Promise.all(people.map((key) => vault.seal(database, key, 'n', key.patient)))
  vault.wipe()
  let statements = 0
  const counted: Queries = {
    rows: (text, values) => {
      statements++
      return database.rows(text, values)
    },
    first: (text, values) => {
      statements++
      return database.first(text, values)
    },
    run: (text, values) => database.run(text, values),
  }
  await vault.ready(
    counted,
    TENANT,
    people.map(({ patient }) => patient),
  )
  const before = statements
  for (const [i, key] of people.entries())
    assert.equal((await vault.open(counted, key, 'n', sealed[i]!)).toString(), key.patient)
  assert.equal(statements, before)
})
