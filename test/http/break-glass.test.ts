import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { resourceWrites } from '../../src/app/exchange/resource-writes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { stepOf, totpCode } from '../../src/safeguard/login/totp.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, cookieOf, PASSWORD, postSignIn, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let clock = Date.parse('2026-11-22T09:30:00Z')
before(async () => {
  server = await testServer({ entry: withLogin, now: () => new Date(clock) })
  const { store, services } = server
  const person: Resource = { resourceType: 'Patient', id: 'p1', name: [{ family: 'One' }] }
  const refusal: Resource = {
    resourceType: 'Consent',
    id: 'no',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: 'Patient/p1' },
    policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }] },
    provision: { type: 'deny' },
  }
  const writes = resourceWrites(services.facts)([person, refusal], patientId('p1'))
  await store.resources.commit(services.tenant, writes, { at: '2026-11-22T00:00:00Z', by: 'test' })
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'other', ['clinician'])
  await addUser(server, 'offi', ['privacy-officer'])
})
after(() => server.close())

test('with a second factor the glass breaks: for one person, written down, told, ended and reviewed', async () => {
  // The second factor is set up on the page, as anybody does it.
  const first = await signedIn(server.url, 'clin')
  const path = `${server.url}/api/session/second-factor`
  await call(path, 'POST', { password: PASSWORD }, first)
  const { totp } = (await server.store.login.users.credentials(server.services.tenant, 'clin'))!
  const codeNow = () => totpCode(totp!, stepOf(new Date(clock)))
  assert.equal((await call(path, 'PUT', { code: codeNow() }, first)).status, 204)
  clock += 30_000
  const cookie = cookieOf(
    await postSignIn(server.url, { user: 'clin', password: PASSWORD, code: codeNow(), to: '/' }),
  )
  const session = await call(`${server.url}/api/session`, 'GET', undefined, { cookie })
  const page = { cookie, 'x-csrf-token': String(session.body['csrf']) }

  const ask = (to: string, headers: Record<string, string> = {}, method = 'GET', body?: unknown) =>
    call(`${server.url}${to}`, method, body, { ...page, ...headers })
  assert.equal((await ask('/api/patients/p1')).status, 404, 'the person said no')
  const words = { patient: 'p1', reason: 'life-threat', explanation: 'Unconscious, drugs unknown' }
  for (const wrong of [{ explanation: 'short' }, { reason: 'curiosity' }])
    assert.equal((await ask('/api/access/break-glass', {}, 'POST', { ...words, ...wrong })).status, 422)
  const granted = await ask('/api/access/break-glass', {}, 'POST', words)
  assert.equal(granted.status, 201, JSON.stringify(granted.body))
  assert.equal(granted.body['until'], new Date(clock + 3_600_000).toISOString())

  const emergency = { 'purpose-of-use': 'ETREAT' }
  const opened = await ask('/api/patients/p1', emergency)
  assert.equal(opened.status, 200)
  assert.match(opened.headers.get('redisclosure-notice')!, /42 CFR Part 2/)
  const fhir = await ask('/fhir/R4/Patient/p1', emergency)
  assert.deepEqual([fhir.status, fhir.headers.get('redisclosure-notice') !== null], [200, true])
  assert.equal((await ask('/api/patients/p1')).status, 404, 'usual work stays as it was')
  const other = await signedIn(server.url, 'other')
  assert.equal(
    (await call(`${server.url}/api/patients/p1`, 'GET', undefined, { ...other, ...emergency })).status,
    404,
  )

  const told = await ask(`/fhir/R4/Communication/${granted.body['id']}`, emergency)
  assert.equal(told.status, 200, 'the privacy officer was told at once, in the record')
  const text = JSON.stringify(told.body)
  assert.match(text, /user\/clin has emergency access/)
  assert.ok(!text.includes('Unconscious'), 'the explanation is for the review alone')

  clock += 3_600_000
  const officer = await signedIn(server.url, 'offi')
  const queue = await call(`${server.url}/api/access/break-glass`, 'GET', undefined, officer)
  const [grant] = queue.body['grants'] as Record<string, unknown>[]
  assert.deepEqual(
    [grant?.['id'], grant?.['state'], grant?.['explanation']],
    [granted.body['id'], 'to-review', 'Unconscious, drugs unknown'],
  )
  const rows = await server.store.audit.find(server.services.tenant, { kinds: ['break-glass'] }, 10)
  assert.ok(rows.some(({ outcome, leaf }) => outcome === 'success' && leaf.includes('life-threat')))
})

test('without a second factor it does not, and nobody is told of what did not happen', async () => {
  const page = await signedIn(server.url, 'other')
  const before = await server.store.access.grants(server.services.tenant, 100)
  const words = { patient: 'p1', reason: 'life-threat', explanation: 'Unconscious, drugs unknown' }
  const { status, body } = await call(`${server.url}/api/access/break-glass`, 'POST', words, page)
  assert.deepEqual([status, body['code']], [403, 'ACCESS_DENIED'])
  assert.equal((await server.store.access.grants(server.services.tenant, 100)).length, before.length)
})
