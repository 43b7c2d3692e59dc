import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { call, root, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, PASSWORD, postSignIn, signedIn, withLogin } from '../support/signed-in.ts'
import { until } from '../support/until.ts'

const page = mkdtempSync(join(tmpdir(), 'garrod-page-'))
let server: TestServer
let closed: TestServer
before(async () => {
  mkdirSync(join(page, 'assets'))
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Garrod</title>')
  server = await testServer({ page }, { hosts: [], cdsOrigins: ['https://ehr.example.org'] })
  closed = await testServer({
    entry: withLogin,
    now: () => new Date(),
    publicUrl: () => 'https://garrod.example.org',
  })
  await addUser(closed, 'ann')
  await call(`${server.url}/api/patients`, 'POST', { id: 'ann', name: 'Example Ann', sex: 'female' })
})
after(async () => {
  await Promise.all([server.close(), closed.close()])
  rmSync(page, { recursive: true })
})

/** A raw request, so that nothing is tidied on the way; resolves with the first line of the answer. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer')))
    socket.on('error', reject).on('data', (bytes) => {
      answer += String(bytes)
      if (answer.includes('\r\n')) {
        socket.destroy()
        resolve(answer.split('\r\n')[0]!)
      }
    })
  })
}

test('every answer has the headers that keep a browser from guessing, framing and caching', async () => {
  const paths = [
    '/api/patients',
    '/api/nothing',
    '/fhir/R4/metadata',
    '/fhir/R4/Patient',
    '/cds-services',
    '/x.y',
  ]
  for (const path of paths) {
    const { headers } = await fetch(`${closed.url}${path}`)
    assert.match(headers.get('content-security-policy')!, /default-src 'none'.*frame-ancestors 'none'/, path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
    assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', path)
    if (path !== '/x.y') assert.equal(headers.get('cache-control'), 'no-store', path)
    for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
      assert.equal(headers.get(name), null, `${path} ${name}`)
  }
  const policy = (await fetch(`${server.url}/`)).headers.get('content-security-policy')!
  assert.match(policy, /default-src 'self'/)
  assert.match(policy, /object-src 'none'.*base-uri 'none'.*frame-ancestors 'self'/)
  assert.doesNotMatch(policy, /script-src|unsafe-eval|https:/)
})

test('TRACE, odd methods and method overrides change nothing', async () => {
  for (const method of ['TRACE', 'TRACK', 'PROPFIND']) {
    const line = await raw(`${method} /api/patients HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    assert.match(line, /^HTTP\/1\.1 (400|404|405|501)/, method)
  }
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
    assert.equal(
      (await call(`${server.url}/fhir/R4/Patient/ann`, 'GET', undefined, { [name]: 'DELETE' })).status,
      200,
    )
  await call(`${server.url}/fhir/R4/Patient/ann?_method=DELETE`)
  assert.equal((await call(`${server.url}/api/patients/ann`)).status, 200)
})

test('a request with two lengths, or a length and chunks, is refused', async () => {
  const head = 'POST /api/patients HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
  for (const lengths of [
    'Content-Length: 2\r\nContent-Length: 30\r\n',
    'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n',
    'Transfer-Encoding: chunked, identity\r\n',
    'Content-Length: +2\r\n',
  ])
    assert.match(await raw(`${head}${lengths}\r\n{}`), /^HTTP\/1\.1 400/, lengths)
  assert.match(await raw('GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400/, 'no Host')
})

test('encoded twice, or with an encoded slash, an address leads nowhere', async () => {
  for (const path of ['%61nn%2f..%2fbob', '%2561nn', 'ann%00', '..%2f..%2fhealthz', '%c0%ae%c0%ae']) {
    assert.ok([400, 404, 422].includes((await fetch(`${server.url}/api/patients/${path}`)).status), path)
    assert.ok([400, 404, 422].includes((await fetch(`${server.url}/fhir/R4/Patient/${path}`)).status), path)
  }
  assert.equal((await fetch(`${server.url}/api/patients/%61nn`)).status, 200)
})

test('a character that no database keeps is refused by name', async () => {
  const nul = '%00'
  for (const path of [
    `/api/patients?search=a${nul}`,
    `/api/drugs?query=${nul}`,
    `/fhir/R4/Patient?name=a${nul}`,
    `/fhir/R4/Patient?_id=a${nul}`,
    `/fhir/R4/Observation?code=a${nul}|b`,
    `/fhir/R4/Observation?subject=Patient/a${nul}`,
    `/fhir/R4/Patient/ann/_history/${nul}`,
    `/fhir/R4/Patient/a${nul}/$everything`,
  ]) {
    const { status } = await fetch(`${server.url}${path}`)
    assert.ok(status < 500, `${path} ${status}`)
  }
  const bodies: [string, string, unknown][] = [
    ['POST', '/api/patients', { id: 'nul', name: 'a\0b' }],
    ['POST', '/api/patients', { identifiers: [{ system: 'urn:x', value: 'a\0b' }] }],
    ['POST', '/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family: 'a\0b' }] }],
    [
      'POST',
      '/fhir/R4/Basic',
      { resourceType: 'Basic', code: { coding: [{ system: 'urn:x', code: 'a\0b' }] } },
    ],
    [
      'POST',
      '/fhir/R4/Observation',
      {
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'a\0b' },
        subject: { reference: 'Patient/ann' },
      },
    ],
  ]
  for (const [method, path, body] of bodies) {
    const { status } = await call(`${server.url}${path}`, method, body)
    assert.ok(status < 500, `${path} ${JSON.stringify(body)} ${status}`)
  }
})

test('no listing, source, map or repository file is served', async () => {
  for (const path of [
    '/assets/',
    '/.git/config',
    '/package.json',
    '/src/app/main.ts',
    '/assets/main.js.map',
    '/assets/..%2f..%2fpackage.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/.env',
  ]) {
    const answer = await fetch(`${server.url}${path}`)
    const text = await answer.text()
    assert.ok(answer.status === 404 || /<title>Garrod/.test(text), `${path} ${answer.status}`)
    assert.doesNotMatch(text, /"dependencies"|\[core\]|import /, path)
  }
})

test('an origin that only looks like a named one gets no permission', async () => {
  const allowed = async (origin: string) =>
    (await fetch(`${server.url}/cds-services`, { headers: { origin } })).headers.get(
      'access-control-allow-origin',
    )
  assert.equal(await allowed('https://ehr.example.org'), 'https://ehr.example.org')
  for (const origin of [
    'null',
    '*',
    'https://ehr.example.org.evil.example',
    'https://evil-ehr.example.org',
    'http://ehr.example.org',
    'https://ehr.example.org:8443',
    'https://localhost.evil.example',
    'https://127.0.0.1.evil.example',
  ]) {
    assert.equal(await allowed(origin), null, origin)
    assert.equal((await fetch(`${server.url}/cds-services`, { headers: { origin } })).status, 403, origin)
  }
})

test('deep JSON, and names that change prototypes, are refused or harmless, and in time', async () => {
  const begun = performance.now()
  const deep = `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`
  const lists = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  for (const body of [deep, lists]) {
    for (const [path, type] of [
      ['/api/patients', 'application/json'],
      ['/fhir/R4/Patient', 'application/fhir+json'],
      ['/fhir/R4/Patient/ann', 'application/fhir+json'],
      ['/cds-services/garrod-order-sign', 'application/json'],
    ] as const) {
      const answer = await call(`${server.url}${path}`, path.endsWith('ann') ? 'PUT' : 'POST', body, {
        'content-type': type,
      })
      assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${answer.status}`)
    }
  }
  const poison = '{"id":"eve","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
  assert.equal((await call(`${server.url}/api/patients`, 'POST', poison)).status, 400)
  for (const body of [
    '{"resourceType":"Basic","__proto__":{"polluted":1}}',
    '{"resourceType":"Patient","name":[{"__proto__":{"polluted":1}}]}',
  ]) {
    const answer = await call(`${server.url}/fhir/R4/Patient/$validate`, 'POST', body, {
      'content-type': 'application/fhir+json',
    })
    assert.ok(answer.status < 500, String(answer.status))
  }
  for (const path of ['/__proto__/polluted', '/constructor/prototype/polluted', '/name/__proto__/polluted']) {
    const patch = JSON.stringify([{ op: 'add', path, value: 1 }])
    const { status } = await call(`${server.url}/fhir/R4/Patient/ann`, 'PATCH', patch, {
      'content-type': 'application/json-patch+json',
    })
    assert.ok(status >= 400 && status < 500, `${path} ${status}`)
  }
  assert.equal(({} as { polluted?: number }).polluted, undefined)
  assert.ok(performance.now() - begun < 20_000)
})

test('quotes and semicolons in every parameter of a search find nothing and break nothing', async () => {
  const evil = encodeURIComponent('x\'; drop table patient; --\\" or 1=1 $1 %_')
  const patients = await call(`${server.url}/api/patients?search=${evil}`)
  assert.deepEqual([patients.status, patients.body['total']], [200, 0])
  for (const name of [
    '_id',
    'identifier',
    'name',
    'family',
    'birthdate',
    'gender',
    'organization',
    '_lastUpdated',
    '_sort',
    '_count',
    '_include',
    '_has:Observation:patient:code',
    'general-practitioner.name',
    evil,
  ]) {
    const { status, body } = await call(`${server.url}/fhir/R4/Patient?${name}=${evil}`)
    assert.ok(status === 200 || status === 400, `${name} ${status}`)
    if (status === 200 && name !== evil && name !== '_include')
      assert.ok(
        [0, undefined].includes(body['total'] as number | undefined) || body['entry'] === undefined,
        name,
      )
  }
  assert.equal((await call(`${server.url}/api/patients/ann`)).status, 200)
})

test('a parameter given twice, or of another kind, is no way in', async () => {
  for (const query of ['search=a&search=b', 'search[]=a', 'search[$ne]=x', 'limit=1e9', 'after=a&after=b']) {
    const { status } = await call(`${server.url}/api/patients?${query}`)
    assert.ok(status === 200 || (status >= 400 && status < 500), `${query} ${status}`)
  }
  for (const body of [{ id: ['ann'] }, { id: { $ne: 1 } }, { id: true }, 'true', '[]', '"ann"', 'null'])
    assert.equal((await call(`${server.url}/api/patients`, 'POST', body)).status, 400, JSON.stringify(body))
  const both = await call(`${server.url}/fhir/R4/Patient?_id=ann&_id=bob`)
  assert.equal(both.body['entry'], undefined)
})

test('a field that is not of a request is refused', async () => {
  for (const extra of [
    { version: 9 },
    { tenant: 'other' },
    { addedAt: '2020-01-01' },
    { roles: ['administrator'] },
  ]) {
    assert.equal((await call(`${server.url}/api/patients`, 'POST', { id: 'eve', ...extra })).status, 400)
    assert.equal((await call(`${server.url}/api/patients/ann`, 'PATCH', extra)).status, 400)
  }
})

test('hostile texts are answered in bounded time', async () => {
  const long = 'a'.repeat(8_000)
  const spaces = `${' '.repeat(7_000)}x`
  const begun = performance.now()
  for (const path of [
    `/api/patients?search=${long}`,
    `/api/patients?search=${encodeURIComponent(spaces)}`,
    `/api/drugs?query=${long}`,
    `/api/drugs?query=${encodeURIComponent(spaces)}`,
    `/fhir/R4/Patient?name=${',a'.repeat(3_000)}`,
    `/fhir/R4/Patient?birthdate=${'1'.repeat(7_000)}`,
    `/fhir/R4/Patient?${'_has:Observation:patient:'.repeat(200)}code=x`,
    `/fhir/R4/Observation?${'subject:Patient.'.repeat(300)}name=x`,
    `/fhir/R4/$graphql?query=${encodeURIComponent(`{${'a{'.repeat(2_000)}`)}`,
    `/fhir/R4/Observation?value-quantity=${'9'.repeat(5_000)}e99999|||`,
  ]) {
    const one = performance.now()
    const { status } = await fetch(`${server.url}${path}`)
    assert.ok(status < 500, `${path.slice(0, 60)} ${status}`)
    assert.ok(performance.now() - one < 3_000, path.slice(0, 60))
  }
  assert.ok(performance.now() - begun < 15_000)
})

test('a compressed file that grows without end is refused in little memory', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20, 0x41), { level: 9 })
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bomb)]), 'calls.vcf.gz')
  const before = process.memoryUsage().rss
  const answer = await fetch(`${server.url}/api/patients/ann/files`, { method: 'POST', body: form })
  const job = (await answer.json()) as { id?: string }
  let state = ''
  if (job.id !== undefined)
    await until('the file is not refused', async () => {
      state = String((await call(`${server.url}/api/jobs/${job.id}`)).body['state'])
      return state === 'refused'
    })
  assert.ok(answer.status >= 400 || state === 'refused', `${answer.status} ${state}`)
  assert.ok(process.memoryUsage().rss - before < 300 * 2 ** 20)
})

test('a name that is HTML is text in the report and on the pages', async () => {
  const name = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
  await call(`${server.url}/api/patients`, 'POST', { id: 'html', name })
  const report = await (await fetch(`${server.url}/api/patients/html/report.html`)).text()
  assert.match(report, /&lt;script&gt;alert\(1\)/)
  assert.doesNotMatch(report, /<script>alert|<img src=x/)
  const signIn = await (await postSignIn(closed.url, { user: name, password: 'x', to: `/${name}` })).text()
  assert.doesNotMatch(signIn, /<script|<img/)
})

test('the sign-in form hides what is typed, and lets a password manager fill it in', async () => {
  const form = await (await fetch(`${closed.url}/sign-in`)).text()
  assert.match(form, /<input type="password" name="password" autocomplete="current-password" required>/)
  assert.match(form, /name="user" value="" autocomplete="username"/)
  assert.doesNotMatch(form, /onpaste|autocomplete="off"|question/i)
})

test('signing out tells the browser to forget', async () => {
  const headers = await signedIn(closed.url, 'ann')
  const answer = await fetch(`${closed.url}/api/session`, { method: 'DELETE', headers })
  assert.equal(answer.status, 204)
  assert.equal(answer.headers.get('clear-site-data'), '"cache", "storage"')
  assert.match(answer.headers.getSetCookie()[0]!, /Max-Age=0/)
})

test('what was sent as a secret is in no log line and no address', async () => {
  const answer = await postSignIn(closed.url, { user: 'ann', password: PASSWORD, to: '/' })
  assert.equal(answer.headers.get('location'), '/')
  await postSignIn(closed.url, { user: 'ann', password: 'a wrong secret of mine', to: '/' })
  const token = 'Bearer a-token-that-nobody-gave'
  for (const path of ['/api/patients', '/fhir/R4/Patient', '/cds-services/garrod-order-sign'])
    await fetch(`${closed.url}${path}`, {
      headers: { authorization: token, cookie: '__Host-garrod=guessed' },
    })
  const { audit } = closed.store
  const rows = await audit.find(closed.services.tenant, {}, 1000)
  const kept = [...closed.log, ...rows.map(({ leaf }) => leaf)].join('\n')
  assert.match(kept, /ann/)
  assert.equal(
    rows.some(({ outcome, kind }) => outcome !== 'success' && kind === 'login'),
    true,
  )
  for (const secret of [PASSWORD, 'a wrong secret', 'a-token-that', 'guessed'])
    assert.ok(!kept.includes(secret), secret)
  // A token in an address is no proof.
  for (const name of ['access_token', 'token', 'session'])
    assert.equal((await fetch(`${closed.url}/fhir/R4/Patient?${name}=x`)).status, 401)
})

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl to make a certificate with'
test('TLS 1.2 and 1.3 are served; 1.1, and suites without forward secrecy, are refused', {
  skip,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-tls-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'],
    ...['-keyout', keyFile, '-out', certFile],
  ])
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')]
  const secure = await testServer({}, { hosts: [], cdsOrigins: [], tls: { key, cert } })
  const speak = (options: ConnectionOptions) =>
    new Promise<string>((resolve) => {
      const { port } = new URL(secure.url)
      const socket = connectTls(
        { port: Number(port), host: '127.0.0.1', servername: 'localhost', ca: cert, ...options },
        () => {
          resolve(`${socket.getProtocol()} ${socket.getCipher().name}`)
          socket.destroy()
        },
      )
      socket.on('error', () => resolve('refused'))
    })
  try {
    assert.match(await speak({}), /^TLSv1\.3 /)
    assert.match(await speak({ maxVersion: 'TLSv1.2' }), /^TLSv1\.2 ECDHE-/)
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    assert.equal(await speak(old), 'refused')
    for (const ciphers of [
      'AES256-GCM-SHA384',
      'AES128-SHA',
      'ECDHE-RSA-AES128-SHA',
      'DHE-RSA-AES256-GCM-SHA384',
    ])
      assert.equal(await speak({ maxVersion: 'TLSv1.2', ciphers }), 'refused', ciphers)
  } finally {
    await secure.close()
    rmSync(folder, { recursive: true })
  }
})

/** Source files below a folder, with their text. */
function sources(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx)$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => [join(folder, file), readFileSync(join(root, folder, file), 'utf8')] as const)
}

function having(pattern: RegExp, folders = ['src', 'bin']): readonly string[] {
  return folders
    .flatMap(sources)
    .filter(([, text]) => pattern.test(text))
    .map(([file]) => file)
    .sort()
}

test('the source evaluates no text and starts no shell', () => {
  assert.deepEqual(having(/\beval\(|new Function\(|node:vm\b|\bexecSync\(|shell: true/), [])
  // The embedded database, and the page of a document that is read in a process of its own.
  const starting = having(/node:child_process/)
  for (const file of starting)
    assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), /import \{[^}]*\bexec\b/)
})

test('ciphers, digests and random numbers are of approved kinds', () => {
  const all = ['src', 'bin'].flatMap(sources)
  const named = (pattern: RegExp) =>
    [...new Set(all.flatMap(([, text]) => [...text.matchAll(pattern)].map((m) => m[1]!)))].sort()
  assert.deepEqual(named(/createCipheriv\(\s*'([^']+)'/g), ['aes-256-gcm'])
  assert.deepEqual(having(/Math\.random\(/), [])
  assert.deepEqual(named(/createH(?:ash|mac)\(\s*'([^']+)'/g), ['sha1', 'sha256', 'sha512'])
  // SHA-1 protects nothing here: UUIDs of RFC 9562, Attachment.hash of FHIR and one-time codes of RFC 6238 are made of it,
  // and lists of leaked passwords.
  assert.deepEqual(having(/'sha1'/), [
    'src/deliver/fhir/entries.ts',
    'src/intake/hl7v2/resource/report-resource.ts',
    'src/intake/phenopacket/resources.ts',
    'src/safeguard/login/leaked-passwords.ts',
    'src/safeguard/login/totp.ts',
  ])
})

test('the page builds no HTML from text, and keeps nothing in the browser', () => {
  assert.deepEqual(
    having(/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write/, ['web/src']),
    [],
  )
  assert.deepEqual(having(/localStorage|indexedDB|document\.cookie/, ['web/src']), [])
  // Emergency access in force, until the tab is closed: an id, a time and a sentence, no name and no result.
  assert.deepEqual(having(/sessionStorage/, ['web/src']), ['web/src/emergency/grants.ts'])
})

test('no certificate check is switched off, and no redirect is followed with a token', () => {
  assert.deepEqual(having(/rejectUnauthorized: false|NODE_TLS_REJECT_UNAUTHORIZED/), [])
  for (const [file, text] of sources('src')) {
    const calls = [...text.matchAll(/\bfetch\(/g)].length
    if (calls > 0 && !/redirect: 'error'/.test(text)) assert.doesNotMatch(text, /await fetch\(/, file)
  }
})

test('the package holds no test, bench or key', () => {
  const { private: isPrivate } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    private: boolean
  }
  assert.equal(isPrivate, true)
  assert.deepEqual(
    having(/from '[^']*\/(test|bench)\//).filter((file) => !file.includes('.test.')),
    [],
  )
  const keys = spawnSync(
    'git',
    ['-C', root, 'grep', '-lE', '^-----BEGIN [A-Z ]*PRIVATE KEY-----', '--', 'src', 'bin', 'facts', 'web'],
    { encoding: 'utf8' },
  )
  assert.equal(keys.stdout, '')
})
