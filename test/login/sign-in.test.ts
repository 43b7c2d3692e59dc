import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { SessionsReply } from '../../src/app/login/session-api.ts'
import { base32, stepOf, totpCode } from '../../src/safeguard/login/totp.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, cookieOf, PASSWORD, postSignIn, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let clock = Date.parse('2026-11-22T09:30:00Z')
const later = (seconds: number) => {
  clock += seconds * 1000
}
before(async () => {
  server = await testServer({ entry: withLogin, now: () => new Date(clock) })
  await addUser(server, 'ann')
})
after(() => server.close())
// The limit by address is by the minute.
beforeEach(() => later(61))

const session = (cookie: string) => call(`${server.url}/api/session`, 'GET', undefined, { cookie })

test('without a proof every route about people is closed, and says the same', async () => {
  for (const [method, path] of [
    ['GET', '/api/patients'],
    ['GET', '/api/patients/nobody'],
    ['POST', '/api/patients'],
    ['GET', '/api/facts'],
    ['GET', '/api/session'],
    ['POST', '/api/launch'],
    ['POST', '/cds-services/garrod-order-sign'],
  ] as const) {
    for (const headers of [{}, { authorization: 'Bearer guess' }, { cookie: 'garrod=guess' }]) {
      const { status, body } = await call(
        `${server.url}${path}`,
        method,
        method === 'POST' ? {} : undefined,
        headers,
      )
      assert.deepEqual([status, body['code']], [401, 'LOGIN_REQUIRED'], `${method} ${path}`)
    }
  }
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
})

test('the right password opens a session that scripts cannot read; a wrong one says nothing more', async () => {
  const answer = await postSignIn(server.url, { user: ' Ann ', password: PASSWORD, to: '/patients/p1' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/patients/p1'])
  assert.match(answer.headers.getSetCookie()[0]!, /^garrod=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const { status, body } = await session(cookieOf(answer))
  assert.equal(status, 200)
  assert.deepEqual([body['id'], body['name'], body['roles']], ['user/ann', 'Dr ann', ['clinician']])

  const wrong = await postSignIn(server.url, { user: 'ann', password: 'wrong', to: '/' })
  const nobody = await postSignIn(server.url, { user: 'nobody', password: 'wrong', to: '/' })
  assert.deepEqual([wrong.status, nobody.status], [401, 401])
  assert.deepEqual(wrong.headers.getSetCookie(), [])
  const text = (html: string) => html.replace(/value="[^"]*"/g, '')
  assert.equal(text(await wrong.text()), text(await nobody.text()))
})

for (const to of [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/a b',
  '',
])
  test(`a link to "${to}" behind the sign-in page leads to the first page`, async () => {
    const answer = await postSignIn(server.url, { user: 'ann', password: PASSWORD, to })
    assert.equal(answer.headers.get('location'), '/')
  })

test('a form of another site cannot sign in', async () => {
  const answer = await fetch(`${server.url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
    body: new URLSearchParams({ user: 'ann', password: PASSWORD }).toString(),
  })
  assert.equal(answer.status, 403)
})

test('idle for as long as told, or past the end: sign in again', async () => {
  const { idleSeconds, absoluteSeconds } = { idleSeconds: 1800, absoluteSeconds: 43_200 }
  const { cookie } = await signedIn(server.url, 'ann')
  later(idleSeconds - 1)
  assert.equal((await session(cookie!)).status, 200)
  later(idleSeconds - 1)
  assert.equal((await session(cookie!)).status, 200, 'each look prolongs it')
  later(idleSeconds)
  assert.equal((await session(cookie!)).status, 401)

  const again = await signedIn(server.url, 'ann')
  for (let passed = 0; passed < absoluteSeconds - 1200; passed += 1200) {
    later(1200)
    assert.equal((await session(again['cookie']!)).status, 200, `${passed}`)
  }
  later(1200)
  assert.equal((await session(again['cookie']!)).status, 401, 'a shift has ended')
})

test('a change needs the token of our page; a read does not; a page of another origin acts as nobody', async () => {
  const headers = await signedIn(server.url, 'ann')
  const { cookie } = headers as { cookie: string }
  const add = (more: Record<string, string>) => call(`${server.url}/api/patients`, 'POST', {}, more)
  assert.deepEqual([(await add({ cookie })).status, (await add({ cookie })).body['code']], [403, 'CSRF'])
  assert.equal((await add({ cookie, 'x-csrf-token': `${headers['x-csrf-token']}x` })).status, 403)
  assert.equal((await add(headers)).status, 201)
  assert.equal((await add({ ...headers, origin: 'https://evil.example' })).status, 403)
  const read = await call(`${server.url}/api/patients`, 'GET', undefined, {
    cookie,
    origin: 'https://evil.example',
  })
  assert.equal(read.status, 401)
})

test('signing out ends the session on the server; a new sign-in ends the one before', async () => {
  const headers = await signedIn(server.url, 'ann')
  const out = await call(`${server.url}/api/session`, 'DELETE', undefined, headers)
  assert.equal(out.status, 204)
  assert.match(out.headers.getSetCookie()[0]!, /^garrod=;.*Max-Age=0/)
  assert.equal((await session(headers['cookie']!)).status, 401)

  const first = cookieOf(await postSignIn(server.url, { user: 'ann', password: PASSWORD }))
  await fetch(`${server.url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: first },
    body: new URLSearchParams({ user: 'ann', password: PASSWORD }).toString(),
    redirect: 'manual',
  })
  assert.equal((await session(first)).status, 401)
})

test('failures slow a name down, also for who then knows the password, and longer each time', async () => {
  await addUser(server, 'bob')
  const attempt = async (password: string) =>
    (await postSignIn(server.url, { user: 'bob', password, to: '/' })).status
  for (let i = 0; i < 5; i++) assert.equal(await attempt('wrong'), 401)
  assert.equal(await attempt(PASSWORD), 401, 'locked')
  later(31)
  assert.equal(await attempt('wrong'), 401)
  later(31)
  assert.equal(await attempt(PASSWORD), 401, 'a minute now')
  later(30)
  assert.equal(await attempt(PASSWORD), 303)
  for (let i = 0; i < 4; i++) assert.equal(await attempt('wrong'), 401)
  assert.equal(await attempt(PASSWORD), 303, 'a success forgets the failures')
})

test('a thousand guesses at once are not free', async () => {
  await addUser(server, 'carl')
  const { store, services } = server
  const backOff = { free: 5, firstSeconds: 30, mostSeconds: 900 }
  const taken = await Promise.all(
    Array.from({ length: 40 }, () =>
      store.login.users.attempt(services.tenant, 'carl', services.now().toISOString(), backOff),
    ),
  )
  assert.equal(taken.filter((one) => one !== undefined).length, 5)
})

test('one address tries 20 times a minute', async () => {
  let status = 0
  for (let i = 0; i < 20; i++)
    status = (await postSignIn(server.url, { user: `u${i}`, password: 'x' })).status
  assert.equal(status, 401)
  assert.equal((await postSignIn(server.url, { user: 'ann', password: PASSWORD })).status, 429)
  later(60)
  assert.equal((await postSignIn(server.url, { user: 'ann', password: PASSWORD })).status, 303)
})

test('a given password opens once: one’s own is chosen first, and a weak one is not taken', async () => {
  await addUser(server, 'dora')
  const { store, services } = server
  const { password } = (await store.login.users.credentials(services.tenant, 'dora'))!
  await store.login.users.setPassword(services.tenant, 'dora', password, true)
  const given = { user: 'dora', password: PASSWORD, to: '/' }
  const asked = await postSignIn(server.url, given)
  assert.deepEqual([asked.status, asked.headers.getSetCookie()], [200, []])
  assert.match(await asked.text(), /name="newPassword"/)
  for (const newPassword of ['short', PASSWORD, 'aaaaaaaaaaaaaaaaaaaa', 'dora dora dora dora']) {
    const answer = await postSignIn(server.url, { ...given, newPassword })
    assert.deepEqual([answer.status, answer.headers.getSetCookie()], [200, []], newPassword)
  }
  later(61)
  const own = 'seven green bottles hang there'
  assert.equal((await postSignIn(server.url, { ...given, newPassword: own })).status, 303)
  assert.equal((await postSignIn(server.url, given)).status, 401)
  assert.equal((await postSignIn(server.url, { ...given, password: own })).status, 303)
})

test('a given password ends by time, also for who has it', async () => {
  await addUser(server, 'gwen')
  const { store, services } = server
  const users = store.login.users
  const { password } = (await users.credentials(services.tenant, 'gwen'))!
  const own = 'seven green bottles hang there'
  const given = { user: 'gwen', password: PASSWORD, newPassword: own, to: '/' }
  await users.setPassword(services.tenant, 'gwen', password, true, new Date(clock + 2000).toISOString())
  later(2)
  const ended = await postSignIn(server.url, given)
  assert.deepEqual([ended.status, ended.headers.getSetCookie()], [401, []])
  assert.match(await ended.text(), /given has ended/)
  const wrong = await postSignIn(server.url, { ...given, password: 'a guess of somebody' })
  assert.doesNotMatch(await wrong.text(), /ended/, 'told to nobody else')
  await users.setPassword(services.tenant, 'gwen', password, true, new Date(clock + 2000).toISOString())
  later(1)
  assert.equal((await postSignIn(server.url, given)).status, 303)
  later(1000)
  assert.equal((await users.get(services.tenant, 'gwen'))?.givenUntil, undefined)
  assert.equal((await postSignIn(server.url, { ...given, password: own })).status, 303, 'one’s own does not')
})

test('a password of the site’s list of leaked ones is not taken, at the sign-in or on the account page', async () => {
  const leaked = 'the sun shone on nine hills'
  const own = 'seven green bottles hang there'
  const asked: string[] = []
  const listed = await testServer({
    entry: withLogin,
    now: () => new Date(clock),
    leaked: { holds: async (password) => asked.push(password) > 0 && password === leaked },
  })
  try {
    await addUser(listed, 'hugo')
    const path = `${listed.url}/api/session/password`
    const headers = await signedIn(listed.url, 'hugo')
    const change = (newPassword: string) => call(path, 'POST', { password: PASSWORD, newPassword }, headers)
    const refused = await change(leaked)
    assert.deepEqual([refused.status, refused.body['code']], [422, 'PASSWORD_WEAK'])
    assert.match(String(refused.body['what']), /leaked/)
    const { tenant } = listed.services
    const { password } = (await listed.store.login.users.credentials(tenant, 'hugo'))!
    await listed.store.login.users.setPassword(tenant, 'hugo', password, true)
    const given = { user: 'hugo', password: PASSWORD, to: '/' }
    const page = await postSignIn(listed.url, { ...given, newPassword: leaked })
    assert.deepEqual([page.status, page.headers.getSetCookie()], [200, []])
    assert.match(await page.text(), /leaked/)
    assert.equal((await postSignIn(listed.url, { ...given, newPassword: own })).status, 303)
    assert.deepEqual(asked, [leaked, leaked, own])
  } finally {
    await listed.close()
  }
})

test('one sees where one is signed in, and ends the others with the password', async () => {
  await addUser(server, 'iris')
  await addUser(server, 'jack')
  const [here, there, third] = [
    await signedIn(server.url, 'iris'),
    await signedIn(server.url, 'iris'),
    await signedIn(server.url, 'iris'),
  ]
  const jack = await signedIn(server.url, 'jack')
  const list = async (headers: Record<string, string>) => {
    const { body } = await call(`${server.url}/api/sessions`, 'GET', undefined, headers)
    return (body as unknown as SessionsReply).sessions
  }
  const end = (headers: Record<string, string>, body: object) =>
    call(`${server.url}/api/sessions/end`, 'POST', { password: PASSWORD, ...body }, headers)
  const idOf = async (headers: Record<string, string>) => (await list(headers)).find((one) => one.current)!.id
  assert.equal((await list(here)).length, 3)
  assert.equal(new Set([await idOf(here), await idOf(there), await idOf(third)]).size, 3)
  assert.ok(
    (await list(here)).every(({ id }) => !here['cookie']!.includes(id)),
    'no token, nor a part of one',
  )

  const wrong = await end(here, { password: 'a guess', session: await idOf(there) })
  assert.deepEqual([wrong.status, wrong.body['code']], [403, 'PASSWORD_WRONG'])
  const { 'x-csrf-token': _token, ...bare } = here
  assert.equal((await end(bare, {})).status, 403, 'not without the token of the page')
  for (const session of [await idOf(jack), await idOf(here), 'nothing'])
    assert.equal((await end(here, { session })).body['code'], 'SESSION_UNKNOWN')
  assert.equal((await end(here, { session: await idOf(there) })).status, 204)
  const status = async (headers: Record<string, string>) => (await session(headers['cookie']!)).status
  assert.deepEqual([await status(here), await status(there), await status(third)], [200, 401, 200])
  assert.equal((await end(here, {})).status, 204)
  assert.deepEqual([await status(here), await status(third), await status(jack)], [200, 401, 200])
  assert.equal((await list(here)).length, 1)

  later(withLogin.session.idleSeconds - 100)
  const fresh = await signedIn(server.url, 'iris')
  later(200)
  assert.equal((await list(fresh)).length, 1, 'what is idle for too long opens nothing, and is not shown')
})

test('a second factor: set up with the password, on once proved, each code once', async () => {
  await addUser(server, 'eve')
  const headers = await signedIn(server.url, 'eve')
  const path = `${server.url}/api/session/second-factor`
  const wrong = await call(path, 'POST', { password: 'wrong' }, headers)
  assert.deepEqual([wrong.status, wrong.body['code']], [403, 'PASSWORD_WRONG'])
  const begun = await call(path, 'POST', { password: PASSWORD }, headers)
  assert.equal(begun.status, 200)
  const { totp } = (await server.store.login.users.credentials(server.services.tenant, 'eve'))!
  assert.equal(begun.body['secret'], base32(totp!))
  const code = (shift = 0) => totpCode(totp!, stepOf(new Date(clock)) + shift)

  const signIn = (fields: Record<string, string>) =>
    postSignIn(server.url, { user: 'eve', password: PASSWORD, to: '/', ...fields })
  assert.equal((await signIn({})).status, 303, 'not proved yet: not asked for')
  assert.equal((await call(path, 'PUT', { code: '000000' }, headers)).status, 422)
  assert.equal((await call(path, 'PUT', { code: code() }, headers)).status, 204)

  const asked = await signIn({})
  assert.deepEqual([asked.status, asked.headers.getSetCookie()], [200, []])
  assert.match(await asked.text(), /name="code"/)
  assert.equal((await signIn({ code: code() })).status, 401, 'the code that proved it is used up')
  later(30)
  const good = await signIn({ code: code() })
  assert.equal(good.status, 303)
  assert.equal((await session(cookieOf(good))).body['secondFactor'], true)
  assert.equal((await signIn({ code: code() })).status, 401, 'seen over a shoulder')
})

test('a disabled user, and one with a new password, are out at once', async () => {
  await addUser(server, 'finn')
  const { store, services } = server
  const first = await signedIn(server.url, 'finn')
  await store.login.users.change(services.tenant, 'finn', { disabled: true })
  assert.equal((await session(first['cookie']!)).status, 401)
  assert.equal((await postSignIn(server.url, { user: 'finn', password: PASSWORD })).status, 401)
  await store.login.users.change(services.tenant, 'finn', { disabled: false })
  assert.equal((await session(first['cookie']!)).status, 401)
  const { cookie, ...rest } = await signedIn(server.url, 'finn')
  const changed = await call(
    `${server.url}/api/session/password`,
    'POST',
    { password: PASSWORD, newPassword: 'nine silver trams ring twice' },
    { cookie: cookie!, ...rest },
  )
  assert.equal(changed.status, 204)
  assert.equal((await session(cookie!)).status, 401)
})

test('what lies in the database opens nothing, and the log names nobody who does not exist', async () => {
  const headers = await signedIn(server.url, 'ann')
  const token = headers['cookie']!.split('=')[1]!
  const found = await server.store.login.sessions.find(
    server.services.tenant,
    token,
    new Date(clock).toISOString(),
    1800,
  )
  assert.notEqual(found?.digest, token)
  assert.equal((await session(`garrod=${found!.digest}`)).status, 401)
  assert.deepEqual(server.log, [])
})
