import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/app/config.ts'
import { TENANT } from '../../src/app/tenant.ts'
import { isPassword } from '../../src/safeguard/login/password-hash.ts'
import { digestOf } from '../../src/store/login/digest.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { garrodWith } from '../support/command-line.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const environment = { GARROD_HOME: home, DATABASE_URL: undefined }
const garrod = (...argv: string[]) => garrodWith(environment, ...argv)
after(() => removeHome(home))

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(readConfig({ GARROD_HOME: home }))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

test('user add prints a password once, which must be replaced; the store has a hash of it', async () => {
  const added = await garrod(
    'user',
    'add',
    'Ann.Smith',
    '--role',
    'clinician',
    '--reference',
    'Practitioner/7',
  )
  assert.equal(added.exit, 0, added.err)
  const [, password] = /password: (\S+)/.exec(added.out) ?? []
  assert.match(password!, /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/)
  const found = await inStore((store) => store.login.users.credentials(TENANT, 'ann.smith'))
  assert.deepEqual(
    [found?.roles, found?.reference, found?.mustChange, await isPassword(password!, found!.password)],
    [['clinician'], 'Practitioner/7', true, true],
  )
  const hours = (Date.parse(found!.givenUntil!) - Date.now()) / 3_600_000
  assert.ok(hours > 71 && hours <= 72, `the password opens for three days, not ${hours} hours`)
  const twice = await garrod('user', 'add', 'ann.smith', '--role', 'clinician')
  assert.deepEqual([twice.exit, /USER_EXISTS/.test(twice.err)], [2, true])
})

test('user add does not take a password of the list of leaked ones from standard input', async () => {
  const [leaked, other] = ['the sun shone on nine hills', 'seven green bottles hang there']
  const list = join(home, 'leaked.txt')
  writeFileSync(list, `${createHash('sha1').update(leaked!).digest('hex').toUpperCase()}:12\r\n`)
  const cli = join(import.meta.dirname, '..', '..', 'src', 'app', 'cli.ts')
  const add = (name: string, password: string, path = list) =>
    spawnSync(process.execPath, [cli, 'user', 'add', name, '--role', 'clinician', '--password-stdin'], {
      env: { ...process.env, GARROD_HOME: home, DATABASE_URL: '', GARROD_LEAKED_PASSWORDS: path },
      input: `${password}\n`,
      encoding: 'utf8',
      timeout: 60_000,
    })
  const refused = add('leo', leaked!)
  assert.deepEqual([refused.status, refused.stdout], [2, ''])
  assert.match(refused.stderr, /PASSWORD_WEAK/)
  assert.match(refused.stderr, /leaked/)
  const lost = add('leo', other!, join(home, 'nowhere.txt'))
  assert.deepEqual([lost.status, /LEAKED_PASSWORDS_MISSING/.test(lost.stderr)], [2, true])
  assert.equal(add('leo', other!).stdout, 'added leo\n')
})

test('user list, roles, disable, enable, reset', async () => {
  assert.match((await garrod('user', 'list')).out, /ann\.smith.*clinician.*has not chosen a password yet/)
  const roles = await garrod(
    'user',
    'roles',
    'ann.smith',
    '--role',
    'geneticist',
    '--role',
    'privacy-officer',
  )
  assert.match(roles.out, /geneticist, privacy-officer/)
  assert.match((await garrod('user', 'disable', 'ann.smith')).out, /disabled/)
  assert.match((await garrod('user', 'list')).out, /disabled/)
  await garrod('user', 'enable', 'ann.smith')
  assert.doesNotMatch((await garrod('user', 'list', '--json')).out, /"disabled":true|password|totp/)
  const before = await inStore((store) => store.login.users.credentials(TENANT, 'ann.smith'))
  const reset = await garrod('user', 'reset', 'ann.smith')
  assert.match(reset.out, /password: /)
  const after = await inStore((store) => store.login.users.credentials(TENANT, 'ann.smith'))
  assert.notEqual(before?.password, after?.password)
})

for (const [argv, code] of [
  [['user', 'add', 'bob'], 'USAGE_ROLE'],
  [['user', 'add', 'bob', '--role', 'surgeon'], 'ROLE_UNKNOWN'],
  [['user', 'add', 'b b', '--role', 'clinician'], 'USER_NAME_MALFORMED'],
  [['user', 'add', 'bob', '--role', 'clinician', '--reference', 'Bob'], 'USAGE_REFERENCE'],
  [['user', 'disable', 'nobody'], 'USER_UNKNOWN'],
  [['user'], 'USAGE_VERB'],
  [['client', 'add', 'app', '--redirect', 'https://a.example/'], 'USAGE_SCOPE'],
  [['client', 'add', 'app', '--scope', 'patient/*.rs'], 'CLIENT_NEEDS_REDIRECT'],
  [['client', 'add', 'app', '--scope', 'system/*.rs'], 'CLIENT_NEEDS_KEY'],
  [['client', 'add', 'app', '--scope', 'patient/*.sr', '--redirect', 'https://a.example/'], 'SCOPE_UNKNOWN'],
  [['client', 'add', 'app', '--scope', 'openid', '--redirect', 'http://a.example/'], 'CLIENT_URL'],
  [['client', 'add', 'app', '--scope', 'openid', '--redirect', 'https://a.example/#x'], 'CLIENT_URL'],
  [['client', 'add', 'a b', '--scope', 'openid', '--redirect', 'https://a.example/'], 'CLIENT_ID_MALFORMED'],
  [['client', 'add-cds', 'https://ehr.example'], 'USAGE_KEYS'],
  [['client', 'remove', 'nobody'], 'CLIENT_UNKNOWN'],
] as const)
  test(`garrod ${argv.join(' ')}: ${code}`, async () => {
    const { exit, err } = await garrod(...argv)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(`code\\s+${code}`))
  })

test('client add --secret prints a secret once; the store has its digest', async () => {
  const added = await garrod(
    'client',
    'add',
    'ward',
    '--secret',
    '--scope',
    'launch patient/*.rs',
    '--redirect',
    'https://a.example/',
  )
  const [, secret] = /secret: (\S+)/.exec(added.out) ?? []
  const found = await inStore((store) => store.login.clients.get(TENANT, 'ward'))
  assert.deepEqual([found?.kind, found?.secretDigest], ['secret', digestOf(secret!)])
  assert.doesNotMatch((await garrod('client', 'list', '--json')).out, new RegExp(digestOf(secret!)))
})

test('client add --jwks takes public keys alone', async () => {
  const file = join(home, 'keys.json')
  const key = { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' }
  const add = () => garrod('client', 'add', 'warehouse', '--jwks', file, '--scope', 'system/*.rs')
  writeFileSync(file, JSON.stringify({ keys: [{ ...key, d: 'AA' }] }))
  assert.match((await add()).err, /JWKS_PRIVATE/)
  for (const text of ['x', '{}', '{"keys":[]}', '{"keys":[1]}']) {
    writeFileSync(file, text)
    assert.match((await add()).err, /JWKS_MALFORMED/, text)
  }
  writeFileSync(file, JSON.stringify({ keys: [key] }))
  assert.equal((await add()).exit, 0)
  const cds = await garrod(
    'client',
    'add-cds',
    'https://ehr.example',
    '--jwks',
    file,
    '--ehr-tenant',
    'north',
  )
  assert.equal(cds.exit, 0)
  const { out } = await garrod('client', 'list')
  for (const text of ['ward', 'shared secret', 'warehouse', 'signs', 'https://ehr.example', 'north'])
    assert.ok(out.includes(text), text)
  assert.equal((await garrod('client', 'remove-cds', 'https://ehr.example')).exit, 0)
  assert.equal((await garrod('client', 'remove', 'ward')).exit, 0)
})

test('a store with users is no demonstration', async () => {
  const { exit, err } = await garrod('serve', '--demo', '--port', '0')
  assert.equal(exit, 2)
  assert.match(err, /SERVE_DEMO_IN_USE/)
})
