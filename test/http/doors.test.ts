import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
const page = mkdtempSync(join(tmpdir(), 'garrod-page-'))
before(async () => {
  mkdirSync(join(page, 'assets'))
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Garrod</title>')
  writeFileSync(join(page, 'assets', 'main-1a2b.js'), 'export {}')
  server = await testServer({ page }, { hosts: ['garrod.hospital.example'], cdsOrigins: [] })
})
after(async () => {
  await server.close()
  rmSync(page, { recursive: true })
})

/** Status of a GET under another Host, which fetch does not let one set. */
function under(host: string, path = '/api/facts'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
      .on('error', reject)
      .end()
  })
}

test('the server answers to its own names only', async () => {
  assert.equal(await under('127.0.0.1:8484'), 200)
  assert.equal(await under('localhost'), 200)
  assert.equal(await under('[::1]:8484'), 200)
  assert.equal(await under('garrod.hospital.example'), 200)
  assert.equal(await under('rebound.example.com'), 421)
  assert.equal(await under('rebound.example.com', '/'), 421)
})

test('the page: its files, its own addresses, and nothing outside its folder', async () => {
  const get = (path: string) => fetch(`${server.url}${path}`)
  for (const path of ['/', '/patients/ann', '/facts']) {
    const answer = await get(path)
    assert.equal(answer.status, 200, path)
    assert.match(await answer.text(), /<title>Garrod/)
    assert.match(answer.headers.get('content-security-policy')!, /default-src 'self'/)
  }
  const script = await get('/assets/main-1a2b.js')
  assert.equal(script.status, 200)
  assert.match(script.headers.get('cache-control')!, /immutable/)
  for (const path of [
    '/assets/gone.js',
    '/api/nothing',
    '/..%2f..%2fetc%2fpasswd.txt',
    '/cds-services/x/y/z',
  ])
    assert.equal((await get(path)).status, 404, path)
})
