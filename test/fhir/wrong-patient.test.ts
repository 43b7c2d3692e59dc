import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onlyPatient, UNRESTRICTED } from '../../src/record/resource-query.ts'
import { Fault } from '../../src/terms/fault.ts'
import { patientId } from '../../src/terms/ids.ts'
import { type Answer, ask, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

let server: TestFhirServer
let base: string
const put = (resource: { resourceType: string; id: string }) =>
  ask(`${base}/${resource.resourceType}/${resource.id}`, 'PUT', resource)
const code = { coding: [{ system: 'http://loinc.org', code: '8302-2' }] }
const observation = (id: string, more: object) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code,
  ...more,
})
const subject = (id: string) => ({ subject: { reference: `Patient/${id}` } })
const fault = ({ status, body }: Answer) => [status, body.issue[0]?.details?.coding[0]?.code]

before(async () => {
  server = await fhirServer()
  base = server.base
  for (const id of ['a', 'b']) {
    await put({ resourceType: 'Patient', id, identifier: [{ system: 'urn:mrn', value: id }] } as never)
    const specimen = { resourceType: 'Specimen', id: `spec-${id}`, ...subject(id) }
    assert.equal((await put(specimen)).status, 201)
    assert.equal((await put(observation(`obs-${id}`, subject(id)))).status, 201)
  }
})
after(() => server.close())

test('a resource that names two patients is refused', async () => {
  const answer = await put(observation('two', { ...subject('a'), performer: [{ reference: 'Patient/b' }] }))
  assert.deepEqual(fault(answer), [422, 'TWO_PATIENTS'])
})

test('a result on the specimen of another patient is refused, also inside a transaction', async () => {
  const mixed = observation('mixed', { ...subject('a'), specimen: { reference: 'Specimen/spec-b' } })
  assert.deepEqual(fault(await put(mixed)), [422, 'TWO_PATIENTS'])
  const entry = [
    {
      fullUrl: 'urn:uuid:1',
      resource: { resourceType: 'Specimen', ...subject('b') },
      request: { method: 'POST', url: 'Specimen' },
    },
    {
      resource: observation('mixed', { ...subject('a'), specimen: { reference: 'urn:uuid:1' } }),
      request: { method: 'PUT', url: 'Observation/mixed' },
    },
  ]
  const answer = await ask(base, 'POST', { resourceType: 'Bundle', type: 'transaction', entry })
  assert.deepEqual(fault(answer), [422, 'TWO_PATIENTS'])
})

test('a resource that names nobody lies with what it refers to', async () => {
  const provenance = {
    resourceType: 'Provenance',
    id: 'p1',
    target: [{ reference: 'Observation/obs-a' }],
    recorded: '2026-11-22T09:30:00Z',
    agent: [{ who: { display: 'x' } }],
  }
  assert.equal((await put(provenance)).status, 201)
  const found = await ask(`${base}/Patient/a/Provenance`)
  assert.equal(found.body.total, 1)
  const both = {
    ...provenance,
    id: 'p2',
    target: [{ reference: 'Observation/obs-a' }, { reference: 'Observation/obs-b' }],
  }
  assert.deepEqual(fault(await put(both)), [422, 'TWO_PATIENTS'])
})

test('a resource never moves to another patient', async () => {
  assert.deepEqual(fault(await put(observation('obs-a', subject('b')))), [422, 'RESOURCE_OF_ANOTHER_PATIENT'])
  const patch = JSON.stringify([{ op: 'replace', path: '/subject/reference', value: 'Patient/b' }])
  const patched = await ask(`${base}/Observation/obs-a`, 'PATCH', patch, {
    'content-type': 'application/json-patch+json',
  })
  assert.deepEqual(fault(patched), [422, 'RESOURCE_OF_ANOTHER_PATIENT'])
})

test('a patient who is not registered, or is registered elsewhere, is refused', async () => {
  assert.deepEqual(fault(await put(observation('x', subject('nobody')))), [422, 'PATIENT_UNKNOWN'])
  const elsewhere = observation('x', { subject: { reference: 'https://there.example/Patient/1' } })
  assert.deepEqual(fault(await put(elsewhere)), [422, 'PATIENT_ELSEWHERE'])
  const unknown = {
    resourceType: 'AllergyIntolerance',
    id: 'x',
    clinicalStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
      ],
    },
    patient: { identifier: { system: 'urn:mrn', value: 'zz' } },
  }
  assert.deepEqual(fault(await put(unknown)), [422, 'PATIENT_UNKNOWN'])
})

test('a patient named by identifier is found', async () => {
  const named = observation('by-identifier', {
    subject: { type: 'Patient', identifier: { system: 'urn:mrn', value: 'b' } },
  })
  assert.equal((await put(named)).status, 201)
  const { body } = await ask(`${base}/Patient/b/Observation?_id=by-identifier`)
  assert.equal(body.total, 1)
})

test('the same identifier makes no second chart', async () => {
  const second = { resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: 'a' }] }
  assert.deepEqual(fault(await ask(`${base}/Patient`, 'POST', second)), [409, 'PATIENT_IDENTIFIER_TAKEN'])
})

test('a person whose record holds something is not deleted by one request', async () => {
  assert.deepEqual(fault(await ask(`${base}/Patient/a`, 'DELETE')), [409, 'PATIENT_HAS_RECORD'])
})

test('what the caller may not see is not there: read, history, search, totals, chains, includes, changes', async () => {
  const within = onlyPatient(patientId('a'), UNRESTRICTED)
  const permission = { within, projection: () => undefined }
  server.as({ ...permission, permit: async () => permission })
  try {
    assert.equal((await ask(`${base}/Observation/obs-a`)).status, 200)
    assert.equal((await ask(`${base}/Observation/obs-b`)).status, 404)
    assert.equal((await ask(`${base}/Observation/obs-b/_history/1`)).status, 404)
    assert.equal((await ask(`${base}/Observation/obs-b/_history`)).status, 404)
    assert.equal((await ask(`${base}/Patient/b/$everything`)).status, 404)
    assert.equal((await ask(`${base}/Patient?_total=accurate`)).body.total, 1)
    assert.equal((await ask(`${base}/Observation?_summary=count&code=8302-2`)).body.total, 1)
    assert.equal((await ask(`${base}/Observation?subject:Patient._id=b`)).body.total, 0)
    assert.equal((await ask(`${base}/Patient/b/Observation`)).body.total, 0)
    const history = await ask(`${base}/_history?_count=100`)
    assert.ok(history.body.entry!.every(({ fullUrl }) => !/\/(obs-b|spec-b|by-identifier)$/.test(fullUrl)))
    const hidden = await ask(`${base}/Observation/obs-b`, 'PUT', observation('obs-b', subject('a')))
    assert.deepEqual(fault(hidden), [404, 'RESOURCE_UNKNOWN'])
    assert.equal((await ask(`${base}/Observation/obs-b`, 'DELETE')).status, 404)
    const entry = [{ request: { method: 'DELETE', url: 'Observation/obs-b' } }]
    assert.equal(
      (await ask(base, 'POST', { resourceType: 'Bundle', type: 'transaction', entry })).status,
      404,
    )
    assert.deepEqual(fault(await put(observation('of-b', subject('b')))), [403, 'ACCESS_DENIED'])
  } finally {
    server.as({})
  }
  assert.equal((await ask(`${base}/Observation/obs-b`)).status, 200, 'and nothing happened to it')
})

test('what is refused is refused in bundles too, and elements that are not needed stay away', async () => {
  const permission = {
    within: UNRESTRICTED,
    projection: (type: string) => (type === 'Observation' ? ['status'] : undefined),
  }
  server.as({
    ...permission,
    permit: async ({ interaction, type }) => {
      if (interaction === 'create' || type === 'Specimen') throw new Fault('ACCESS_DENIED', 'x', 'no', 'Ask.')
      return permission
    },
  })
  try {
    assert.deepEqual(fault(await ask(`${base}/Specimen/spec-a`)), [403, 'ACCESS_DENIED'])
    const read = await ask(`${base}/Observation/obs-a`)
    assert.deepEqual(Object.keys(read.body).sort(), ['id', 'meta', 'resourceType', 'status'])
    const searched = await ask(`${base}/Observation?_id=obs-a`)
    assert.ok(!JSON.stringify(searched.body).includes('8302-2'))
    assert.ok(!JSON.stringify((await ask(`${base}/Observation/obs-a/_history`)).body).includes('8302-2'))
    assert.ok(
      !JSON.stringify((await ask(`${base}/Patient/a/$everything?_type=Observation`)).body).includes('8302-2'),
    )
    const entry = [
      { request: { method: 'GET', url: 'Specimen/spec-a' } },
      {
        resource: { resourceType: 'Organization', name: 'x' },
        request: { method: 'POST', url: 'Organization' },
      },
    ]
    const batch = await ask(base, 'POST', { resourceType: 'Bundle', type: 'batch', entry })
    assert.deepEqual(
      batch.body.entry!.map(({ response }) => response.status),
      ['403', '403'],
    )
    const all = await ask(base, 'POST', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: entry.slice(1),
    })
    assert.deepEqual(fault(all), [403, 'ACCESS_DENIED'])
  } finally {
    server.as({})
  }
})
