import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type KeyPlace, openKeyring } from '../../src/safeguard/keys/keyring.ts'
import { rootKeyOf } from '../../src/safeguard/keys/root-key.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { ACT, keyOf, person, TENANT } from '../store/example-upload.ts'
import { garrodWith } from '../support/command-line.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const refused = (code: string) => (error: unknown) => {
  const { code: found, mend } = error as { code?: string; mend?: string }
  return found === code && mend !== undefined && mend.length > 20
}

/** A home with one person in it, and how to open it with keys kept in one way or another. */
async function homeWith(place: (home: string) => Partial<KeyPlace>) {
  const home = newHome()
  after(() => removeHome(home))
  const open = (change: Partial<KeyPlace> = {}) =>
    openStore({
      home,
      databaseUrl: undefined,
      keyring: openKeyring({ folder: join(home, 'keys'), ...place(home), ...change }),
    })
  const store = await open()
  await store.patients.add(TENANT, person('p1', { name: 'Ann Berg' }), ACT)
  await store.close()
  return { home, open }
}

async function nameIn(store: Store): Promise<string | undefined> {
  const found = await store.patients.get(keyOf('p1'))
  await store.close()
  return found?.name
}

test('keys that Garrod made: lost, or another’s, is a fault at the start; nothing is made anew', async () => {
  const { home, open } = await homeWith(() => ({}))
  const folder = join(home, 'keys')
  const root = join(folder, 'root.key')
  assert.equal(statSync(root).mode & 0o777, 0o600)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  const [keyring = ''] = readdirSync(folder).filter((name) => name.startsWith('keyring-'))
  assert.equal(statSync(join(folder, keyring)).mode & 0o777, 0o600)

  const key = readFileSync(root, 'utf8')
  rmSync(root)
  await assert.rejects(open(), refused('KEYS_MISSING'))
  assert.equal(statSync(root, { throwIfNoEntry: false }), undefined, 'no new key hides the loss')
  writeFileSync(root, `${randomBytes(32).toString('hex')}\n`)
  await assert.rejects(open(), refused('KEYS_WRONG'))
  writeFileSync(root, 'too short')
  await assert.rejects(open(), refused('KEYS_MALFORMED'))
  writeFileSync(root, key)
  renameSync(join(folder, keyring), join(home, 'away'))
  await assert.rejects(open(), refused('KEYS_MISSING'))
  const altered = readFileSync(join(home, 'away'))
  altered[altered.length - 20]! ^= 1
  writeFileSync(join(folder, keyring), altered)
  await assert.rejects(open(), refused('KEYS_MALFORMED'))
  renameSync(join(home, 'away'), join(folder, keyring))
  assert.equal(await nameIn(await open()), 'Ann Berg')

  const { home: other } = await homeWith(() => ({}))
  await assert.rejects(open({ folder: join(other, 'keys') }), refused('KEYS_WRONG'))
})

test('the root key in a file of yours, as digits, base64 or bytes', async () => {
  const key = randomBytes(32)
  for (const text of [`${key.toString('hex')}\n`, key.toString('base64'), key]) {
    const { home, open } = await homeWith((folder) => {
      const file = join(folder, 'mounted')
      writeFileSync(file, text)
      return { rootKeyFile: file }
    })
    assert.equal(await nameIn(await open()), 'Ann Berg')
    assert.equal(statSync(join(home, 'keys', 'root.key'), { throwIfNoEntry: false }), undefined)
    await assert.rejects(open({ rootKeyFile: join(home, 'not-mounted') }), refused('KEYS_MISSING'))
  }
})

test('a passphrase, and a change of it', async () => {
  const before = 'correct horse battery staple'
  const { open } = await homeWith(() => ({ passphrase: before }))
  await assert.rejects(open({ passphrase: 'fourteen chars' }), refused('KEYS_PASSPHRASE_SHORT'))
  const other = 'another horse battery staple'
  await assert.rejects(open({ passphrase: other }), refused('KEYS_WRONG'))
  assert.equal(await nameIn(await open({ passphrase: other, retiredPassphrase: before })), 'Ann Berg')
  assert.equal(await nameIn(await open({ passphrase: other })), 'Ann Berg', 'everything is under the new one')
  await assert.rejects(open({ passphrase: before }), refused('KEYS_WRONG'))
})

test('a root key that somebody else keeps', async () => {
  const module = randomBytes(32)
  const calls: string[] = []
  const held = () => {
    const root = rootKeyOf(Buffer.from(module), 'module')
    return {
      ...root,
      unwrap: (wrapped: Uint8Array, context: string) => {
        calls.push(context)
        return root.unwrap(wrapped, context)
      },
    }
  }
  const { open } = await homeWith(() => ({ rootKey: held() }))
  const store = await open()
  assert.match((await store.keys.status()).root.source, /module/)
  await assert.rejects(store.keys.renewRoot(), refused('KEYS_NOT_OURS'))
  assert.equal(await nameIn(store), 'Ann Berg')
  assert.ok(calls.length >= 3, 'key file, blind index and tenant key')
})

test('a new root key: what was stored is read, the one before is kept aside, and it alone opens nothing', async () => {
  const { home, open } = await homeWith(() => ({}))
  const old = readFileSync(join(home, 'keys', 'root.key'), 'utf8')
  const env = { GARROD_HOME: home, DATABASE_URL: undefined }
  const rotated = await garrodWith(env, 'keys', 'rotate', '--root', '--json')
  assert.equal(rotated.exit, 0, rotated.err)
  assert.notEqual(readFileSync(join(home, 'keys', 'root.key'), 'utf8'), old)
  assert.equal(await nameIn(await open()), 'Ann Berg')
  const [retired = ''] = readdirSync(join(home, 'keys')).filter((name) => name.startsWith('retired-'))
  assert.equal(readFileSync(join(home, 'keys', retired), 'utf8'), old)
  rmSync(join(home, 'keys', retired))
  assert.equal(await nameIn(await open()), 'Ann Berg', 'nothing is under the one before')
  writeFileSync(join(home, 'keys', 'root.key'), old)
  await assert.rejects(open(), refused('KEYS_WRONG'))
})

test('a new tenant key while others write: nothing is lost, and nothing is under the one before', async () => {
  const { home, open } = await homeWith(() => ({}))
  const store = await open()
  const writer = await open()
  const elsewhere = tenantId('elsewhere')
  await store.patients.add(elsewhere, person('p1', { name: 'Other Person' }), ACT)
  let going = true
  let added = 0
  const writing = (async () => {
    for (; going; added++)
      await writer.patients.add(TENANT, person(`w${added}`, { name: `Writer ${added}` }), ACT)
  })()
  for (let round = 0; round < 4; round++) {
    const { tenants } = await store.keys.status()
    assert.ok((await store.keys.rotateTenant(TENANT)) >= 1)
    const after = (await store.keys.status()).tenants.filter(({ tenant }) => tenant === TENANT)
    assert.equal(after.length, 1)
    assert.equal(after[0]!.version, tenants.find(({ tenant }) => tenant === TENANT)!.version + 1)
  }
  going = false
  await writing
  assert.ok(added > 0)
  await writer.close()
  await store.close()
  const fresh = await open()
  const page = await fresh.patients.list(TENANT, { search: 'Writer', limit: 1000 })
  assert.equal(page.total, added)
  assert.equal(
    (await fresh.patients.get({ tenant: elsewhere, patient: keyOf('p1').patient }))?.name,
    'Other Person',
  )
  const { tenants } = await fresh.keys.status()
  assert.deepEqual(
    tenants.map(({ tenant, version, people }) => [tenant, version, people]),
    [
      ['elsewhere', 1, 1],
      ['main', 5, added + 1],
    ],
  )
  assert.equal(await nameIn(fresh), 'Ann Berg')
  const shown = await garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, 'keys', 'status')
  assert.match(shown.out, /tenant main +key 5 of \S+ wraps \d+ people’s keys/)
})

test('the command line shreds and holds, and says what it needs', async () => {
  const { home } = await homeWith(() => ({}))
  const run = (...argv: string[]) => garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, ...argv)
  const code = async (...argv: string[]) => /code {3}(\w+)/.exec((await run(...argv)).err)?.[1]
  assert.equal(await code('patient', 'shred', 'p1'), 'USAGE_REASON')
  assert.equal(await code('patient', 'shred', 'p1', '--reason', 'because'), 'USAGE_REASON')
  assert.equal(await code('patient', 'shred', 'p1', '--reason', 'test-data'), 'SHRED_NOT_CONFIRMED')
  assert.equal(await code('patient', 'hold', 'p1'), 'USAGE_REASON')
  assert.equal((await run('patient', 'hold', 'p1', '--reason', 'case 12')).exit, 0)
  assert.equal(await code('patient', 'shred', 'p1', '--reason', 'test-data', '--yes'), 'LEGAL_HOLD')
  assert.equal(await code('patient', 'remove', 'p1', '--yes'), 'LEGAL_HOLD')
  assert.equal((await run('patient', 'hold', 'p1', '--release')).out, 'the hold on p1 has ended\n')
  const receipt = JSON.parse(
    (await run('patient', 'shred', 'p1', '--reason', 'test-data', '--yes', '--json')).out,
  )
  assert.equal(receipt.keys.length, 1)
  assert.equal(await code('patient', 'show', 'p1'), 'PATIENT_UNKNOWN')
  assert.equal(await code('keys'), 'USAGE_VERB')
  assert.equal(await code('keys', 'rotate', '--root', '--tenant'), 'USAGE_ONE_KEY')
})
