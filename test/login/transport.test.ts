import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { call, testServer } from '../support/http-server.ts'
import { addUser, PASSWORD, postSignIn, withLogin } from '../support/signed-in.ts'

const EHR = 'https://ehr.example.org'

test('behind a TLS proxy: cookies for TLS alone, addresses as people see them, whatever a caller claims', async () => {
  const server = await testServer(
    { entry: withLogin, now: () => new Date(), publicUrl: () => 'https://garrod.example.org/pgx' },
    { hosts: ['garrod.example.org'], cdsOrigins: [], proxies: ['127.0.0.1'] },
  )
  try {
    await addUser(server, 'ann')
    const answer = await postSignIn(server.url, { user: 'ann', password: PASSWORD, to: '/' })
    assert.match(
      answer.headers.getSetCookie()[0]!,
      /^__Host-garrod=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
    assert.equal(answer.headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains')
    const found = await call(`${server.url}/oidc/.well-known/openid-configuration`, 'GET', undefined, {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
    })
    assert.equal(found.body['issuer'], 'https://garrod.example.org/pgx/oidc')
    assert.equal(found.body['token_endpoint'], 'https://garrod.example.org/pgx/oidc/token')
    // Each address behind the proxy has attempts of its own.
    const from = (address: string) =>
      fetch(`${server.url}/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address },
        body: 'user=x&password=y',
      })
    for (let i = 0; i < 20; i++) await from('192.0.2.1')
    assert.deepEqual([(await from('192.0.2.1')).status, (await from('192.0.2.2')).status], [429, 401])
  } finally {
    await server.close()
  }
})

test('without a named proxy, nobody’s word on their address is taken', async () => {
  const server = await testServer({ entry: withLogin, now: () => new Date() })
  try {
    const from = (address: string) =>
      fetch(`${server.url}/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address },
        body: 'user=x&password=y',
      })
    for (let i = 0; i < 20; i++) await from(`192.0.2.${i}`)
    assert.equal((await from('192.0.2.99')).status, 429)
  } finally {
    await server.close()
  }
})

test('the pages load no script, and only a named EHR may show them in a frame', async () => {
  for (const [frames, expected] of [
    [[], "frame-ancestors 'none'"],
    [[EHR], `frame-ancestors ${EHR}`],
  ] as const) {
    const server = await testServer({
      entry: { ...withLogin, frames },
      publicUrl: () => 'https://garrod.example.org',
      now: () => new Date(),
    })
    try {
      const answer = await fetch(`${server.url}/sign-in`)
      const policy = answer.headers.get('content-security-policy')!
      assert.ok(policy.includes("default-src 'none'") && !policy.includes('script-src'), policy)
      assert.ok(policy.includes(expected), policy)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
      assert.doesNotMatch(await answer.text(), /<script/)
      await addUser(server, 'ann')
      const signed = await postSignIn(server.url, { user: 'ann', password: PASSWORD })
      const sameSite = frames.length === 0 ? 'SameSite=Lax' : 'SameSite=None'
      assert.ok(signed.headers.getSetCookie()[0]!.includes(sameSite))
    } finally {
      await server.close()
    }
  }
})

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl to make a certificate with'
test('over TLS of its own', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=localhost', '-keyout', key, '-out', cert],
  ])
  assert.equal(made.status, 0, String(made.stderr))
  const server = await testServer(
    { entry: withLogin, now: () => new Date() },
    { hosts: [], cdsOrigins: [], tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } },
  )
  try {
    assert.match(server.url, /^https:/)
    const seen = await new Promise<[number, string]>((resolve, reject) => {
      get(`${server.url}/healthz`, { ca: readFileSync(cert), servername: 'localhost' }, (answer) => {
        answer.resume()
        resolve([answer.statusCode!, String(answer.headers['strict-transport-security'])])
      }).on('error', reject)
    })
    assert.deepEqual(seen, [200, 'max-age=31536000; includeSubDomains'])
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
})
