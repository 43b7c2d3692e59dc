import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hashPassword } from '../../src/safeguard/login/password-hash.ts'
import { stepOf, totpCode } from '../../src/safeguard/login/totp.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, cookieOf, PASSWORD, postSignIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let clock = Date.parse('2026-11-22T09:30:00Z')
const later = (seconds: number) => {
  clock += seconds * 1000
}
before(async () => {
  server = await testServer({
    entry: { ...withLogin, secondFactorForAll: true },
    now: () => new Date(clock),
  })
})
after(() => server.close())
beforeEach(() => later(61))

const session = (cookie: string) => call(`${server.url}/api/session`, 'GET', undefined, { cookie })
const send = (fields: Record<string, string>) => postSignIn(server.url, { to: '/', ...fields })

/** The key that the page shows. */
function secretIn(page: string): Buffer {
  const shown = /<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1]?.replaceAll(' ', '')
  assert.ok(shown !== undefined, page)
  const bits = [...shown].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  )
}
const codeOf = (secret: Buffer) => totpCode(secret, stepOf(new Date(clock)))

for (const role of [
  'clinician',
  'pharmacist',
  'geneticist',
  'laboratory',
  'researcher',
  'privacy-officer',
  'integration-engineer',
  'administrator',
  'patient',
] as const)
  test(`a ${role} without a second factor sets one up before anything opens`, async () => {
    const user = `new-${role}`
    await addUser(server, user, [role], role === 'patient' ? 'Patient/p1' : undefined)
    const asked = await send({ user, password: PASSWORD })
    assert.deepEqual([asked.status, asked.headers.getSetCookie()], [200, []])
    const secret = secretIn(await asked.text())
    const wrong = await send({ user, password: PASSWORD, code: '000000' })
    assert.deepEqual(wrong.headers.getSetCookie(), [])
    assert.deepEqual(secretIn(await wrong.text()), secret, 'the key in the app stays the right one')
    const opened = await send({ user, password: PASSWORD, code: codeOf(secret) })
    assert.equal(opened.status, 303)
    const { body } = await session(cookieOf(opened))
    assert.deepEqual([body['id'], body['secondFactor']], [`user/${user}`, true])
    // From now on the code alone is asked for, and opens once.
    later(61)
    const again = await send({ user, password: PASSWORD })
    assert.doesNotMatch(await again.text(), /<code>/)
    const code = codeOf(secret)
    assert.equal((await send({ user, password: PASSWORD, code })).status, 303)
    assert.equal((await send({ user, password: PASSWORD, code })).status, 401)
  })

test('a given password: another is chosen and the factor set up in one go', async () => {
  const { store, services } = server
  const given = 'given-once-and-no-more'
  const user = { id: 'given', name: 'Dr given', roles: ['clinician'], reference: undefined, mustChange: true }
  const act = { at: services.now().toISOString(), by: 'test' }
  await store.login.users.add(services.tenant, user, await hashPassword(given), act)
  const page = await (await send({ user: 'given', password: given })).text()
  assert.match(page, /name="newPassword"/)
  const secret = secretIn(page)
  const weak = await send({ user: 'given', password: given, code: codeOf(secret), newPassword: 'short' })
  assert.deepEqual([weak.status, weak.headers.getSetCookie()], [200, []])
  const opened = await send({ user: 'given', password: given, code: codeOf(secret), newPassword: PASSWORD })
  assert.equal(opened.status, 303)
  assert.equal((await session(cookieOf(opened))).status, 200)
})

test('a key that was shown and not proved is not shown again', async () => {
  await addUser(server, 'twice')
  const first = secretIn(await (await send({ user: 'twice', password: PASSWORD })).text())
  const second = secretIn(await (await send({ user: 'twice', password: PASSWORD })).text())
  assert.notDeepEqual(first, second)
  assert.equal((await send({ user: 'twice', password: PASSWORD, code: codeOf(first) })).status, 200)
})

test('a session from before is none any more; nobody switches the factor off', async () => {
  await addUser(server, 'before')
  const { store, services } = server
  const token = 'a-session-of-a-password-alone'
  const expiresAt = new Date(clock + 3600_000).toISOString()
  const started = { token, user: 'before', secondFactor: false, expiresAt }
  await store.login.sessions.start(services.tenant, started, services.now().toISOString())
  assert.equal((await session(`garrod=${token}`)).status, 401)

  const secret = secretIn(await (await send({ user: 'before', password: PASSWORD })).text())
  const cookie = cookieOf(await send({ user: 'before', password: PASSWORD, code: codeOf(secret) }))
  const csrf = String((await session(cookie)).body['csrf'])
  const off = await call(
    `${server.url}/api/session/second-factor`,
    'DELETE',
    { password: PASSWORD },
    { cookie, 'x-csrf-token': csrf },
  )
  assert.deepEqual([off.status, off.body['code']], [403, 'SECOND_FACTOR_NEEDED'])
})
