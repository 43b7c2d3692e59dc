import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addClient, withLogin } from '../support/signed-in.ts'
import { token } from '../support/smart-app.ts'

type Keys = Awaited<ReturnType<typeof generateKeyPair>>

let server: TestServer
let url = ''
const keys: Record<string, Keys> = {}
const published = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [remote] }))
})
let remote: JWK
before(async () => {
  server = await testServer({ entry: withLogin, now: () => new Date() })
  url = server.url
  keys['RS384'] = await generateKeyPair('RS384', { extractable: true })
  const privateKey = (await importJWK(await exportJWK(keys['RS384'].privateKey), 'RS256')) as CryptoKey
  keys['RS256'] = { ...keys['RS384'], privateKey }
  keys['ES384'] = await generateKeyPair('ES384')
  keys['stranger'] = await generateKeyPair('ES384')
  keys['fetched'] = await generateKeyPair('ES384')
  const jwk = async (name: string, alg: string): Promise<JWK> => ({
    ...(await exportJWK(keys[name]!.publicKey)),
    kid: name,
    alg,
    use: 'sig',
  })
  remote = await jwk('fetched', 'ES384')
  await new Promise<void>((resolve) => published.listen(0, '127.0.0.1', resolve))
  const { port } = published.address() as { port: number }
  const scopes = 'system/*.rs'
  await addClient(server, {
    id: 'warehouse',
    kind: 'key',
    scopes,
    roles: ['researcher'],
    jwks: { keys: [await jwk('RS384', 'RS384'), await jwk('ES384', 'ES384')] },
  })
  await addClient(server, {
    id: 'remote',
    kind: 'key',
    scopes,
    jwksUri: `http://127.0.0.1:${port}/jwks.json`,
  })
})
after(async () => {
  published.closeAllConnections()
  published.close()
  await server.close()
})

interface Assertion {
  readonly key?: string
  readonly alg?: string
  readonly kid?: string
  readonly client?: string
  readonly claims?: Record<string, unknown>
}

/** As SMART Backend Services has it: iss and sub the client, aud the token address, at most five minutes. */
function assertion({
  key = 'ES384',
  alg = 'ES384',
  kid = key,
  client = 'warehouse',
  claims = {},
}: Assertion = {}) {
  const now = Math.floor(Date.now() / 1000)
  const body = {
    iss: client,
    sub: client,
    aud: `${url}/oidc/token`,
    exp: now + 240,
    jti: randomUUID(),
    ...claims,
  }
  return new SignJWT(body).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(keys[key]!.privateKey)
}

function ask(jwt: string, scope = 'system/Observation.rs') {
  return token(url, {
    grant_type: 'client_credentials',
    scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt,
  })
}

for (const alg of ['RS384', 'ES384'] as const) {
  test(`${alg}: a token for the scopes asked for, for a quarter of an hour`, async () => {
    const { status, body } = await ask(await assertion({ key: alg, alg }))
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual(
      [body['token_type'], body['expires_in'], body['scope'], body['refresh_token']],
      ['Bearer', 900, 'system/Observation.rs', undefined],
    )
    const caller = await call(`${url}/api/session`, 'GET', undefined, {
      authorization: `Bearer ${body['access_token']}`,
    })
    assert.deepEqual(
      [caller.body['kind'], caller.body['id'], caller.body['roles']],
      ['client', 'client/warehouse', ['researcher']],
    )
  })
}

test('keys are fetched from the registered address', async () => {
  const { status, body } = await ask(await assertion({ key: 'fetched', client: 'remote' }))
  assert.equal(status, 200, JSON.stringify(body))
})

const now = () => Math.floor(Date.now() / 1000)
const wrong: readonly (readonly [what: string, make: () => Assertion])[] = [
  ['a key of somebody else', () => ({ key: 'stranger' })],
  ['an algorithm beside RS384 and ES384', () => ({ key: 'RS256', alg: 'RS256', kid: 'RS384' })],
  ['another audience', () => ({ claims: { aud: 'https://other.example/token' } })],
  ['the issuer as audience', () => ({ claims: { aud: `${url}/oidc` } })],
  ['the token address with a slash as audience', () => ({ claims: { aud: `${url}/oidc/token/` } })],
  ['a list of audiences', () => ({ claims: { aud: [`${url}/oidc/token`, 'https://other.example/'] } })],
  ['expired', () => ({ claims: { exp: now() - 11 } })],
  ['more than five minutes', () => ({ claims: { exp: now() + 310 } })],
  ['no expiry', () => ({ claims: { exp: undefined } })],
  ['no id', () => ({ claims: { jti: undefined } })],
  ['another issuer', () => ({ claims: { iss: 'remote' } })],
  ['a client that is not registered', () => ({ client: 'nobody' })],
]
for (const [what, make] of wrong) {
  test(`refused: ${what}`, async () => {
    const { status, body } = await ask(await assertion(make()))
    assert.ok(status === 401 || status === 400, `${status}`)
    assert.equal(body['error'], 'invalid_client', JSON.stringify(body))
    assert.equal(body['access_token'], undefined)
  })
}

test('refused: sent again, also when both come at once', async () => {
  const jwt = await assertion()
  assert.equal((await ask(jwt)).status, 200)
  assert.equal((await ask(jwt)).body['error'], 'invalid_client')
  const other = await assertion()
  const replies = await Promise.all([1, 2, 3, 4, 5].map(() => ask(other)))
  assert.equal(replies.filter((one) => one.status === 200).length, 1)
})

for (const scope of ['system/Observation.cud', 'system/*.cruds', 'patient/*.rs', 'openid', ''])
  test(`refused: the scope "${scope}"`, async () => {
    const { status, body } = await ask(await assertion(), scope)
    assert.deepEqual([status, body['error']], [400, 'invalid_scope'], JSON.stringify(body))
  })

test('refused: no signature at all', async () => {
  const { status } = await token(url, {
    grant_type: 'client_credentials',
    scope: 'system/*.rs',
    client_id: 'warehouse',
  })
  assert.ok(status >= 400)
})

test('a client that was removed is out at once', async () => {
  await addClient(server, {
    id: 'gone',
    kind: 'key',
    scopes: 'system/*.rs',
    jwks: { keys: [{ ...(await exportJWK(keys['ES384']!.publicKey)), kid: 'ES384' }] },
  })
  const { body } = await ask(await assertion({ client: 'gone' }))
  const mine = { authorization: `Bearer ${body['access_token']}` }
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 200)
  await server.store.login.clients.remove(server.services.tenant, 'gone')
  assert.equal((await call(`${url}/api/facts`, 'GET', undefined, mine)).status, 401)
})
