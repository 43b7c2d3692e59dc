import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { digestOf } from '../../src/store/login/digest.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addClient, addUser, signedIn, withLogin } from '../support/signed-in.ts'
import {
  type App,
  authorize,
  authorizeUrl,
  challenge,
  fieldsOf,
  Jar,
  token,
  verifier,
} from '../support/smart-app.ts'

let server: TestServer
let url = ''
let clock = 0
const growth: App = {
  client: 'growth',
  redirect: 'http://127.0.0.1:9/app/',
  scope: 'launch/patient patient/*.rs openid fhirUser',
}
before(async () => {
  server = await testServer({ entry: withLogin, now: () => new Date(Date.now() + clock) })
  url = server.url
  await addUser(server, 'ann', ['clinician'], 'Practitioner/prac-1')
  await addUser(server, 'bob')
  const scopes = 'launch launch/patient patient/*.rs user/*.rs openid fhirUser offline_access online_access'
  await addClient(server, {
    id: 'growth',
    redirectUris: [growth.redirect],
    scopes,
    launchUrl: 'http://127.0.0.1:9/app/launch.html?of=growth',
  })
  await addClient(server, {
    id: 'ward',
    kind: 'secret',
    redirectUris: [growth.redirect],
    scopes,
    secretDigest: digestOf('a-secret-of-the-ward'),
    asks: false,
  })
  for (const id of ['p1', 'p2']) {
    await server.store.patients.add(
      server.services.tenant,
      { id: patientId(id), name: `Person ${id}`, sex: 'female', birthDate: '1970-05-01', identifiers: [] },
      { at: '2026-01-01T00:00:00Z', by: 'test' },
    )
  }
})
after(() => server.close())

const cookies = new Map<string, Promise<Record<string, string>>>()
/** A browser in which the user is signed in; they sign in once, because an address may only so often. */
async function jarOf(user: string): Promise<Jar> {
  const signed = cookies.get(user) ?? signedIn(url, user)
  cookies.set(user, signed)
  return new Jar((await signed)['cookie'])
}

/** From the authorization to the token's reply. */
async function launched(app: App, more: Record<string, string> = {}, patient = 'p1', user = 'ann') {
  const secret = verifier()
  const asked = authorizeUrl(url, app, { code_challenge: challenge(secret), ...more })
  const back = await authorize(await jarOf(user), url, asked, patient)
  const code = back.searchParams.get('code') ?? ''
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirect,
    client_id: app.client,
    code_verifier: secret,
  }
  return { back, fields, reply: await token(url, fields) }
}

test('/metadata names the same addresses, for clients that look there', async () => {
  const discovery = (await call(`${url}/fhir/R4/.well-known/smart-configuration`)).body
  const { body } = await call(`${url}/fhir/R4/metadata`)
  type Uri = { readonly url: string; readonly valueUri: string }
  const [rest] = body['rest'] as readonly [
    {
      readonly security: {
        readonly extension: readonly [{ readonly extension: readonly Uri[] }]
        readonly service: readonly [{ readonly coding: readonly [{ readonly code: string }] }]
      }
    },
  ]
  assert.equal(rest.security.service[0].coding[0].code, 'SMART-on-FHIR')
  assert.deepEqual(
    rest.security.extension[0].extension.map((one) => [one.url, one.valueUri]),
    [
      ['authorize', discovery['authorization_endpoint']],
      ['token', discovery['token_endpoint']],
    ],
  )
})

test('discovery says what SMART App Launch 2 asks for', async () => {
  const answer = await call(`${url}/fhir/R4/.well-known/smart-configuration`, 'GET', undefined, {
    origin: 'https://any.example',
  })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  const { body } = answer
  for (const name of [
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'introspection_endpoint',
    'revocation_endpoint',
  ])
    assert.ok(String(body[name]).startsWith(`${url}/oidc/`), name)
  assert.deepEqual(body['code_challenge_methods_supported'], ['S256'])
  for (const one of [
    'launch-ehr',
    'launch-standalone',
    'client-public',
    'client-confidential-symmetric',
    'client-confidential-asymmetric',
    'sso-openid-connect',
    'context-standalone-patient',
    'context-ehr-patient',
    'permission-v2',
    'permission-v1',
    'permission-offline',
  ])
    assert.ok((body['capabilities'] as string[]).includes(one), one)

  const openid = (await (await fetch(`${url}/fhir/R4/.well-known/openid-configuration`)).json()) as Record<
    string,
    unknown
  >
  for (const name of ['issuer', 'jwks_uri', 'authorization_endpoint', 'token_endpoint'])
    assert.equal(openid[name], body[name], name)
})

test('standalone launch: the patient is chosen, and the token is about that one', async () => {
  const { back, reply } = await launched(growth)
  assert.equal(back.searchParams.get('state'), 'a-state-of-the-app')
  const { body } = reply
  assert.equal(reply.status, 200, JSON.stringify(body))
  assert.equal(reply.headers.get('cache-control'), 'no-store')
  assert.deepEqual(
    [body['patient'], body['need_patient_banner'], body['token_type'], body['expires_in']],
    ['p1', true, 'Bearer', 900],
  )
  assert.deepEqual(String(body['scope']).split(' ').sort(), growth.scope.split(' ').sort())
  assert.equal(body['refresh_token'], undefined)

  const { payload, protectedHeader } = await jwtVerify(
    String(body['id_token']),
    createRemoteJWKSet(new URL(`${url}/oidc/jwks`)),
    { issuer: `${url}/oidc`, audience: 'growth' },
  )
  assert.equal(protectedHeader.alg, 'RS256')
  assert.deepEqual([payload.sub, payload['fhirUser']], ['ann', `${url}/fhir/R4/Practitioner/prac-1`])

  const caller = await call(`${url}/api/session`, 'GET', undefined, {
    authorization: `Bearer ${body['access_token']}`,
  })
  assert.deepEqual([caller.status, caller.body['id']], [200, 'user/ann'])
})

test('keys: RSA and P-384, public alone', async () => {
  const { keys } = (await (await fetch(`${url}/oidc/jwks`)).json()) as { keys: Record<string, unknown>[] }
  assert.deepEqual(keys.map((key) => key['crv'] ?? key['kty']).sort(), ['P-384', 'RSA'])
  for (const key of keys) assert.ok(!('d' in key) && typeof key['kid'] === 'string')
})

test('an access token ends: with its time, with the session it came from, with its client', async () => {
  const { reply } = await launched(growth)
  const authorization = `Bearer ${reply.body['access_token']}`
  const status = async () => (await call(`${url}/api/facts`, 'GET', undefined, { authorization })).status
  assert.equal(await status(), 200)
  clock = 870_000
  assert.equal(await status(), 200)
  clock = 930_000
  assert.equal(await status(), 401)
  clock = 0

  const headers = await signedIn(url, 'ann')
  const secret = verifier()
  const asked = authorizeUrl(url, growth, { code_challenge: challenge(secret) })
  const back = await authorize(new Jar(headers['cookie']), url, asked, 'p1')
  const second = await token(url, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: growth.redirect,
    client_id: growth.client,
    code_verifier: secret,
  })
  const mine = { authorization: `Bearer ${second.body['access_token']}` }
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 200)
  await call(`${url}/api/session`, 'DELETE', undefined, headers)
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 401)
})

const refusals: readonly (readonly [
  what: string,
  more: Record<string, string | undefined>,
  error: string,
])[] = [
  ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['no aud', { aud: undefined }, 'invalid_request'],
  ['another server as aud', { aud: 'https://other.example/fhir/R4' }, 'invalid_request'],
  ['a launch that nobody gave', { launch: 'guess', scope: 'launch openid' }, 'invalid_request'],
  ['launch scope without a launch', { scope: 'launch openid' }, 'invalid_request'],
  ['another resource', { resource: 'https://other.example/' }, 'invalid_target'],
  ['implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
  ['silence', { prompt: 'none' }, 'login_required'],
  ['no scope that it is registered for', { scope: 'system/*.rs patient/*.cud' }, 'invalid_scope'],
]
for (const [what, more, error] of refusals) {
  test(`refused: ${what}`, async () => {
    const asked = authorizeUrl(url, growth, { code_challenge: challenge(verifier()), ...more })
    const back = await authorize(await jarOf('ann'), url, asked, 'p1')
    assert.equal(`${back.origin}${back.pathname}`, growth.redirect)
    const query = back.searchParams.size > 0 ? back.searchParams : new URLSearchParams(back.hash.slice(1))
    assert.deepEqual([query.get('error'), query.get('code')], [error, null])
  })
}

test('refused without sending the browser away: an address or an app that is not registered', async () => {
  for (const app of [
    { ...growth, redirect: 'https://evil.example/' },
    { ...growth, client: 'nobody' },
  ]) {
    const asked = authorizeUrl(url, app, { code_challenge: challenge(verifier()) })
    const { answer } = await (await jarOf('ann')).follow(asked, url)
    assert.equal(answer?.status, 400)
    assert.match(await answer!.text(), /The app could not be opened/)
  }
})

test('refused at the token: a wrong verifier, a code used twice (which ends its token), another app', async () => {
  const secret = verifier()
  const asked = authorizeUrl(url, growth, { code_challenge: challenge(secret) })
  const fields = async () => {
    const back = await authorize(await jarOf('ann'), url, asked, 'p1')
    return {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      redirect_uri: growth.redirect,
      client_id: growth.client,
      code_verifier: secret,
    }
  }
  const good = await fields()
  const refused = async (change: Record<string, string>, expected: string, headers = {}) => {
    const { status, body } = await token(url, { ...good, ...change }, headers)
    assert.deepEqual([status >= 400, body['error']], [true, expected], JSON.stringify(change))
  }
  await refused({ code_verifier: verifier() }, 'invalid_grant')
  await refused({ redirect_uri: 'http://127.0.0.1:9/other/' }, 'invalid_grant')
  await refused({ code: 'guess' }, 'invalid_grant')
  await refused({ client_id: 'ward', client_secret: 'a-secret-of-the-ward' }, 'invalid_grant')

  const again = await fields()
  const first = await token(url, again)
  assert.equal(first.status, 200)
  const mine = { authorization: `Bearer ${first.body['access_token']}` }
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 200)
  assert.deepEqual((await token(url, again)).body['error'], 'invalid_grant')
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 401)
})

test('one code at two servers at once: one token', async () => {
  const secret = verifier()
  const asked = authorizeUrl(url, growth, { code_challenge: challenge(secret) })
  const back = await authorize(await jarOf('ann'), url, asked, 'p1')
  const fields = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: growth.redirect,
    client_id: growth.client,
    code_verifier: secret,
  }
  const replies = await Promise.all([1, 2, 3, 4].map(() => token(url, fields)))
  assert.ok(replies.filter((one) => one.status === 200).length <= 1)
  for (const { status, body } of replies) if (status !== 200) assert.equal(body['error'], 'invalid_grant')
})

test('offline access: refreshed and rotated; a used refresh token ends them all; signing out does not', async () => {
  const app = { ...growth, scope: `${growth.scope} offline_access` }
  const { reply } = await launched(app)
  assert.ok(String(reply.body['scope']).includes('offline_access'))
  const refresh = (refreshToken: unknown, more: Record<string, string> = {}) =>
    token(url, {
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
      client_id: 'growth',
      ...more,
    })
  const second = await refresh(reply.body['refresh_token'])
  assert.equal(second.status, 200, JSON.stringify(second.body))
  assert.deepEqual([second.body['patient'], second.body['need_patient_banner']], ['p1', true])
  assert.notEqual(second.body['refresh_token'], reply.body['refresh_token'])
  const mine = { authorization: `Bearer ${second.body['access_token']}` }
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 200)

  assert.equal((await refresh(reply.body['refresh_token'])).body['error'], 'invalid_grant')
  assert.equal((await refresh(second.body['refresh_token'])).body['error'], 'invalid_grant')
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 401)
})

test('online access lasts as long as the session', async () => {
  const headers = await signedIn(url, 'ann')
  const secret = verifier()
  const app = { ...growth, scope: `${growth.scope} online_access` }
  const back = await authorize(
    new Jar(headers['cookie']),
    url,
    authorizeUrl(url, app, { code_challenge: challenge(secret) }),
    'p1',
  )
  const reply = await token(url, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: app.redirect,
    client_id: app.client,
    code_verifier: secret,
  })
  const refresh = (value: unknown) =>
    token(url, { grant_type: 'refresh_token', refresh_token: String(value), client_id: 'growth' })
  const second = await refresh(reply.body['refresh_token'])
  assert.equal(second.status, 200)
  await call(`${url}/api/session`, 'DELETE', undefined, headers)
  assert.equal((await refresh(second.body['refresh_token'])).body['error'], 'invalid_grant')
})

test('revoked, and introspected by its own app alone', async () => {
  const ward = { ...growth, client: 'ward' }
  const basic = { authorization: `Basic ${Buffer.from('ward:a-secret-of-the-ward').toString('base64')}` }
  const secret = verifier()
  const asked = authorizeUrl(url, ward, { code_challenge: challenge(secret) })
  const back = await authorize(await jarOf('ann'), url, asked, 'p2')
  const fields = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: ward.redirect,
    code_verifier: secret,
  }
  assert.equal((await token(url, { ...fields, client_id: 'ward', client_secret: 'guess' })).status, 401)
  const reply = await token(url, fields, basic)
  assert.deepEqual([reply.status, reply.body['patient']], [200, 'p2'], JSON.stringify(reply.body))
  const access = String(reply.body['access_token'])
  const ask = async (path: string, more: Record<string, string>, headers = {}) => {
    const answer = await fetch(`${url}/oidc/token/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ token: access, ...more }).toString(),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
  }
  const seen = await ask('introspection', {}, basic)
  assert.deepEqual(
    [seen.body['active'], seen.body['client_id'], seen.body['sub'], seen.body['patient']],
    [true, 'ward', 'ann', 'p2'],
  )
  assert.notEqual((await ask('introspection', { client_id: 'growth' })).body['active'], true)
  await ask('revocation', { client_id: 'growth' })
  const mine = { authorization: `Bearer ${access}` }
  assert.equal(
    (await call(`${url}/api/facts`, 'GET', undefined, mine)).status,
    200,
    'another app cannot revoke it',
  )
  assert.equal((await ask('revocation', {}, basic)).status, 200)
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 401)
  assert.deepEqual((await ask('introspection', {}, basic)).body, { active: false })
})

test('EHR launch: about the record that is open, for the user who opened it, once, for five minutes', async () => {
  const headers = await signedIn(url, 'ann')
  const open = (client = 'growth', patient = 'p2') =>
    call(`${url}/api/launch`, 'POST', { client, patient, encounter: 'e1', intent: 'reconcile' }, headers)
  const apps = await call(`${url}/api/apps`, 'GET', undefined, headers)
  assert.deepEqual(apps.body['apps'], [{ id: 'growth', name: 'App growth' }])
  assert.equal((await open('ward')).status, 404)
  assert.equal((await open('growth', 'nobody')).status, 404)

  const address = new URL(String((await open()).body['url']))
  assert.equal(address.searchParams.get('iss'), `${url}/fhir/R4`)
  assert.equal(address.searchParams.get('of'), 'growth')
  const launch = address.searchParams.get('launch')!
  const app = { ...growth, scope: 'launch patient/*.rs openid fhirUser' }
  const other = await authorize(
    await jarOf('bob'),
    url,
    authorizeUrl(url, app, { launch, code_challenge: challenge(verifier()) }),
  )
  assert.equal(other.searchParams.get('error'), 'invalid_request')

  const { reply } = await launched(app, { launch })
  assert.deepEqual(
    [reply.body['patient'], reply.body['encounter'], reply.body['intent']],
    ['p2', 'e1', 'reconcile'],
    JSON.stringify(reply.body),
  )
  const twice = await authorize(
    await jarOf('ann'),
    url,
    authorizeUrl(url, app, { launch, code_challenge: challenge(verifier()) }),
  )
  assert.equal(twice.searchParams.get('error'), 'invalid_request')

  const late = new URL(String((await open()).body['url'])).searchParams.get('launch')!
  clock = 330_000
  const after = await authorize(
    await jarOf('ann'),
    url,
    authorizeUrl(url, app, { launch: late, code_challenge: challenge(verifier()) }),
  )
  clock = 0
  assert.equal(after.searchParams.get('error'), 'invalid_request')
})

test('who may see no records can choose none, and opens no app on one', async () => {
  await addUser(server, 'iris', ['integration-engineer'])
  const headers = await signedIn(url, 'iris')
  const launch = await call(`${url}/api/launch`, 'POST', { client: 'growth', patient: 'p1' }, headers)
  assert.deepEqual([launch.status, launch.body['code']], [404, 'PATIENT_UNKNOWN'])
  const jar = new Jar(headers['cookie'])
  const picker = await jar.follow(authorizeUrl(url, growth, { code_challenge: challenge(verifier()) }), url)
  const html = await picker.answer!.text()
  assert.match(html, /Nobody matches/)
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)![1]!
  const sent = await jar.post(picker.url, { csrf, patient: 'p1', decision: 'allow' })
  assert.equal(sent.status, 200)
  assert.match(await sent.text(), /<title>Choose a patient/)
})

test('a patient opens an app on the own record alone', async () => {
  await addUser(server, 'pia', ['patient'], 'Patient/p2')
  const headers = await signedIn(url, 'pia')
  const secret = verifier()
  const jar = new Jar(headers['cookie'])
  const asked = authorizeUrl(url, growth, { code_challenge: challenge(secret) })
  const page = await jar.follow(asked, url)
  const html = await page.answer!.text()
  assert.match(html, /<title>Open App growth/)
  const fields = fieldsOf(html).map(([name, value]): [string, string] => [
    name,
    name === 'patient' ? 'p1' : value,
  ])
  const sent = await jar.post(page.url, [...fields, ['decision', 'allow']])
  assert.equal(sent.status, 303)
  const { url: back } = await jar.follow(sent.headers.get('location')!, url)
  const reply = await token(url, {
    grant_type: 'authorization_code',
    code: new URL(back).searchParams.get('code')!,
    redirect_uri: growth.redirect,
    client_id: growth.client,
    code_verifier: secret,
  })
  assert.equal(reply.body['patient'], 'p2')
})

test('two launches of one app on two people: each token stays with its own', async () => {
  const first = await launched(growth, {}, 'p1')
  const second = await launched(growth, {}, 'p2')
  assert.deepEqual([first.reply.body['patient'], second.reply.body['patient']], ['p1', 'p2'])
  const { store, services } = server
  for (const [reply, patient] of [
    [first.reply, 'p1'],
    [second.reply, 'p2'],
  ] as const) {
    const kept = await store.login.artifacts.find(
      services.tenant,
      'AccessToken',
      String(reply.body['access_token']),
    )
    const grant = String(kept!.payload['grantId'])
    const context = await store.login.artifacts.find(services.tenant, 'LaunchContext', grant)
    assert.equal(context!.payload['patient'], patient)
  }
})

test('a user may leave rights out, or say no', async () => {
  const secret = verifier()
  const app = { ...growth, scope: 'launch/patient patient/Observation.rs patient/Condition.rs' }
  const jar = await jarOf('ann')
  const asked = authorizeUrl(url, app, { code_challenge: challenge(secret) })
  const picker = await jar.follow(asked, url)
  const html = await picker.answer!.text()
  assert.match(html, /Person p1/)
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)![1]!
  assert.equal((await jar.post(picker.url, { csrf: 'guess', patient: 'p1' })).status, 403)
  assert.match(await (await jar.post(picker.url, { csrf, search: 'p2' })).text(), /1 patient</)
  const consent = await (await jar.post(picker.url, { csrf, patient: 'p1' })).text()
  assert.match(consent, /Person p1/)
  const allowed = await jar.post(picker.url, {
    csrf,
    patient: 'p1',
    decision: 'allow',
    scope: 'patient/Observation.rs',
  })
  const { url: back } = await jar.follow(allowed.headers.get('location')!, url)
  const reply = await token(url, {
    grant_type: 'authorization_code',
    code: new URL(back).searchParams.get('code')!,
    redirect_uri: app.redirect,
    client_id: app.client,
    code_verifier: secret,
  })
  assert.deepEqual(String(reply.body['scope']).split(' ').sort(), [
    'launch/patient',
    'patient/Observation.rs',
  ])

  const no = await jar.follow(authorizeUrl(url, app, { code_challenge: challenge(verifier()) }), url)
  const denied = await jar.post(no.url, { csrf, decision: 'deny' })
  const { url: refused } = await jar.follow(denied.headers.get('location')!, url)
  assert.equal(new URL(refused).searchParams.get('error'), 'access_denied')
})

test('no token, code or launch lies in the tables', async () => {
  const { reply, fields } = await launched({ ...growth, scope: `${growth.scope} offline_access` })
  const { store, services } = server
  const secrets = [reply.body['access_token'], reply.body['refresh_token'], fields.code].map(String)
  for (const [kind, id] of [
    ['AccessToken', secrets[0]!],
    ['RefreshToken', secrets[1]!],
    ['AuthorizationCode', secrets[2]!],
  ] as const) {
    const kept = await store.login.artifacts.find(services.tenant, kind, id)
    assert.ok(kept !== undefined, kind)
    for (const secret of secrets) assert.ok(!JSON.stringify(kept.payload).includes(secret), kind)
  }
  assert.deepEqual(server.log, [])
})
