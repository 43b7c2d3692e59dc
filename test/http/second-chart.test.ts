import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PatientPage } from '../../src/app/http/api.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let clinician: Record<string, string>
before(async () => {
  server = await testServer({ entry: withLogin })
  await addUser(server, 'clin')
  clinician = await signedIn(server.url, 'clin')
})
after(() => server.close())

const person = (more: object = {}) => ({
  name: 'Ngozi Ada Okafor',
  sex: 'female',
  birthDate: '1971-03-02',
  ...more,
})
const add = (body: object) => call(`${server.url}/api/patients`, 'POST', body, clinician)
const total = async () => {
  const { body } = await call(`${server.url}/api/patients?search=okafor`, 'GET', undefined, clinician)
  return (body as unknown as PatientPage).total
}

test('who may be registered already is not added: the match is named', async () => {
  assert.equal((await add(person({ id: 'first' }))).status, 201)
  for (const more of [{}, { name: 'Okafor, Ngozi' }, { name: 'N. OKÁFOR' }, { sex: 'unknown' }]) {
    const refused = await add(person(more))
    assert.deepEqual(
      [refused.status, refused.body['code'], refused.body['people']],
      [409, 'PATIENT_POSSIBLY_KNOWN', ['first']],
      JSON.stringify(more),
    )
    assert.match(String(refused.body['mend']), /"anotherPerson": \["first"\]/)
  }
  assert.equal(await total(), 1, 'no second chart')
  for (const more of [{ birthDate: '1971-03-03' }, { sex: 'male' }, { name: 'Chidi Okafor' }])
    assert.equal((await add(person(more))).status, 201, JSON.stringify(more))
})

test('another person is said by name of each match, not by a blanket yes', async () => {
  const wrong = await add(person({ anotherPerson: ['somebody'] }))
  assert.deepEqual([wrong.status, wrong.body['people']], [409, ['first']])
  assert.equal((await add(person({ anotherPerson: true }))).status, 400)
  assert.equal((await add(person({ id: 'second', anotherPerson: ['first'] }))).status, 201)
  const third = await add(person({ anotherPerson: ['first'] }))
  assert.deepEqual([third.status, third.body['people']], [409, ['second']])
})

test('of several requests at once one adds the person', async () => {
  const race = await Promise.all(
    [1, 2, 3].map(() => add(person({ name: 'Ada Lindqvist', birthDate: '1980-01-01' }))),
  )
  assert.deepEqual(race.map(({ status }) => status).sort(), [201, 409, 409])
})

test('a match whom the caller may not see is not named, and not overruled unnamed', async () => {
  assert.equal((await add(person({ id: 'closed', name: 'Ines Varga' }))).status, 201)
  const resource = {
    resourceType: 'Consent',
    id: 'c1',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    provision: { type: 'deny' },
  }
  const consent = {
    type: 'Consent',
    id: 'c1',
    action: 'put',
    compartment: patientId('closed'),
    json: JSON.stringify(resource),
    index: [],
    labels: [],
    codes: [],
    consent: compileConsent(resource),
  } as const
  const act = { at: server.services.now().toISOString(), by: 'test' }
  await server.store.resources.commit(server.services.tenant, [consent], act)
  const refused = await add(person({ name: 'Ines Varga' }))
  assert.deepEqual(
    [refused.status, refused.body['code'], refused.body['people']],
    [409, 'PATIENT_POSSIBLY_KNOWN', []],
  )
  assert.doesNotMatch(JSON.stringify(refused.body), /closed/)
  assert.match(String(refused.body['mend']), /looks after identities/)
})
