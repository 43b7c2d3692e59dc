import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask } from '../support/fhir-server.ts'
import { type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let base: string
const headers: Record<string, Record<string, string>> = {}
before(async () => {
  server = await testServer({ entry: withLogin, now: () => new Date() })
  base = `${server.url}/fhir/R4`
  await addUser(server, 'carla')
  await addUser(server, 'olga', ['privacy-officer'])
  await addUser(server, 'ann', ['patient'], 'Patient/ann')
  await addUser(server, 'rita', ['researcher'])
  headers['carla'] = await signedIn(server.url, 'carla')
  headers['olga'] = { ...(await signedIn(server.url, 'olga')), 'purpose-of-use': 'HOPERAT' }
  headers['ann'] = { ...(await signedIn(server.url, 'ann')), 'purpose-of-use': 'PATRQT' }
  headers['rita'] = { ...(await signedIn(server.url, 'rita')), 'purpose-of-use': 'HRESCH' }
  for (const id of ['ann', 'bob']) {
    const made = await ask(`${base}/Patient/${id}`, 'PUT', { resourceType: 'Patient', id }, headers['carla'])
    assert.equal(made.status, 201)
  }
})
after(() => server.close())

const rows = () => server.store.audit.find(server.services.tenant, {}, 1000)
const get = (who: string, path: string) => ask(`${base}/${path}`, 'GET', undefined, headers[who])

test('a request is in the log once: read, refused, or to an address that leads nowhere', async () => {
  for (const [path, status, outcome] of [
    ['Patient/ann', 200, 'success'],
    ['Patient/nobody', 404, 'refused'],
    ['Nonsense/ann', 404, 'refused'],
    ['Patient/ann/$nothing', 404, 'refused'],
  ] as const) {
    const earlier = (await rows()).length
    assert.equal((await get('carla', path)).status, status, path)
    const now = await rows()
    assert.equal(now.length - earlier, 1, path)
    assert.equal(now[0]!.outcome, outcome, path)
  }
  const earlier = (await rows()).length
  assert.equal((await ask(`${base}/Patient/ann`)).status, 401)
  assert.equal((await rows()).length - earlier, 1, 'without a proof')
})

test('the privacy officer reads and searches AuditEvents, page by page, newest first', async () => {
  const first = await get('olga', 'AuditEvent?patient=ann&_count=1&_total=accurate')
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.ok(first.body.total! >= 2)
  const [event] = first.body.entry!
  assert.equal(event!.resource.resourceType, 'AuditEvent')
  const next = first.body.link.find(({ relation }) => relation === 'next')!.url
  const second = await ask(next, 'GET', undefined, headers['olga'])
  assert.notEqual(second.body.entry![0]!.resource.id, event!.resource.id)
  const read = await get('olga', `AuditEvent/${event!.resource.id}`)
  assert.deepEqual(read.body, event!.resource)
  assert.equal((await get('olga', 'AuditEvent/999999-x')).status, 404)
  const refusals = await get('olga', 'AuditEvent?outcome=4&altid=user/carla')
  assert.ok(refusals.body.entry!.length > 0)
  const form = await ask(`${base}/AuditEvent/_search`, 'POST', 'action=C', {
    ...headers['olga'],
    'content-type': 'application/x-www-form-urlencoded',
  })
  assert.equal(form.status, 200)
})

test('what the log cannot answer is refused, never left out', async () => {
  for (const path of [
    'AuditEvent?source=x',
    'AuditEvent?nonsense=x',
    'AuditEvent?_include=AuditEvent:patient',
    'AuditEvent?_sort=action',
    'AuditEvent?type:not=rest',
  ])
    assert.equal((await get('olga', path)).body.resourceType, 'OperationOutcome', path)
  for (const path of ['Patient?_has:AuditEvent:patient:action=R', 'Patient?_revinclude=AuditEvent:patient'])
    assert.equal((await get('carla', path)).body.resourceType, 'OperationOutcome', path)
})

test('nobody writes one; who else may read is decided by the policies', async () => {
  const event = { resourceType: 'AuditEvent' }
  for (const [method, path] of [
    ['POST', 'AuditEvent'],
    ['PUT', 'AuditEvent/1'],
    ['DELETE', 'AuditEvent/1'],
    ['GET', 'AuditEvent/_history'],
    ['GET', 'AuditEvent/1/_history'],
  ] as const) {
    const body = method === 'GET' || method === 'DELETE' ? undefined : event
    assert.equal(
      (await ask(`${base}/${path}`, method, body, headers['olga'])).status,
      405,
      `${method} ${path}`,
    )
  }
  assert.equal((await get('carla', 'AuditEvent')).status, 403)
  assert.equal((await get('rita', 'AuditEvent')).status, 403)
})

test('a person reads who looked at their own record, and nothing of others', async () => {
  assert.equal((await get('carla', 'Patient')).status, 200)
  const own = await get('ann', 'AuditEvent?_count=1000')
  assert.equal(own.status, 200, JSON.stringify(own.body))
  assert.ok(own.body.entry!.length > 0)
  const text = JSON.stringify(own.body)
  assert.match(text, /Patient\/ann/)
  assert.doesNotMatch(text, /Patient\/bob/)
  assert.equal((await get('ann', 'AuditEvent?patient=bob')).body.entry, undefined)
  const ofBob = (await get('olga', 'AuditEvent?patient=bob&_count=1')).body.entry!
  assert.equal(
    (await get('ann', `AuditEvent/${ofBob[0]!.resource.id}`)).status,
    ofBob.length === 1 && JSON.stringify(ofBob).includes('Patient/ann') ? 200 : 404,
  )
})
