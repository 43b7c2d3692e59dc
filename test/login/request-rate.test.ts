import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let clock = Date.parse('2026-11-22T09:30:00Z')
before(async () => {
  const entry = { ...withLogin, rates: { user: 2, client: 5000 } }
  server = await testServer({ entry, now: () => new Date(clock) })
  await addUser(server, 'clin', ['clinician'])
  await addUser(server, 'phar', ['pharmacist'])
})
after(() => server.close())

const later = (seconds: number) => {
  clock += seconds * 1000
}
const refusals = async () =>
  (await server.store.audit.find(server.services.tenant, {}, 500)).filter(({ leaf }) =>
    leaf.includes('TOO_MANY_REQUESTS'),
  ).length

test('who asks too often is told so, on every door, and when to come back; others are not', async () => {
  const pages = { clin: await signedIn(server.url, 'clin'), phar: await signedIn(server.url, 'phar') }
  later(11)
  const ask = (user: keyof typeof pages, path: string) =>
    call(`${server.url}${path}`, 'GET', undefined, pages[user])
  for (let i = 0; i < 20; i++)
    assert.equal((await ask('clin', '/api/patients')).status, 200, `request ${i + 1}`)
  later(3)
  const refused = await ask('clin', '/api/patients')
  assert.deepEqual(
    [refused.status, refused.body['code'], refused.headers.get('retry-after')],
    [429, 'TOO_MANY_REQUESTS', '7'],
  )
  const fhir = await ask('clin', '/fhir/R4/Patient')
  assert.deepEqual(
    [fhir.status, fhir.body['resourceType'], fhir.headers.get('retry-after')],
    [429, 'OperationOutcome', '7'],
  )
  assert.equal((await ask('phar', '/api/patients')).status, 200)
  assert.equal(await refusals(), 1, 'a flood is one line of the audit log')
  later(7)
  assert.equal((await ask('clin', '/api/patients')).status, 200)
})
