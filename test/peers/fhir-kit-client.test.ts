import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'fhir-kit-client'
import { type Body, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

// fhir-kit-client (MIT) is a FHIR client written by others: what it takes for granted of a server must hold here.
let server: TestFhirServer
let client: Client
before(async () => {
  server = await fhirServer()
  client = new Client({ baseUrl: server.base })
})
after(() => server.close())

const body = (resource: unknown) => resource as Body
const patient = (family: string) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value: family }],
  name: [{ family }],
})

test('capability statement', async () => {
  const statement = body(await client.capabilityStatement())
  assert.equal(statement.resourceType, 'CapabilityStatement')
})

test('create, read, vread, update, patch, history, delete', async () => {
  const made = body(await client.create({ resourceType: 'Patient', body: patient('Kit') }))
  const { id } = made
  assert.deepEqual(body(await client.read({ resourceType: 'Patient', id })), made)
  const changed = { ...patient('Kit'), id, gender: 'female' }
  await client.update({ resourceType: 'Patient', id, body: changed })
  await client.patch({
    resourceType: 'Patient',
    id,
    jsonPatch: [{ op: 'replace', path: '/gender', value: 'male' }],
  })
  assert.equal(body(await client.vread({ resourceType: 'Patient', id, version: '2' }))['gender'], 'female')
  assert.equal(body(await client.read({ resourceType: 'Patient', id }))['gender'], 'male')
  const history = body(await client.history({ resourceType: 'Patient', id }))
  assert.equal(history.entry!.length, 3)
  assert.ok(body(await client.history({ resourceType: 'Patient' })).entry!.length >= 3)
  assert.ok(body(await client.history()).entry!.length >= 3)
  await client.delete({ resourceType: 'Patient', id })
  await assert.rejects(
    client.read({ resourceType: 'Patient', id }),
    (error: { response?: { status: number } }) => {
      assert.equal(error.response?.status, 410)
      return true
    },
  )
})

test('search, by POST too, with pages and compartments', async () => {
  const [one] = await Promise.all(
    ['Aa', 'Bb', 'Cc'].map(async (family) =>
      body(await client.create({ resourceType: 'Patient', body: patient(family) })),
    ),
  )
  await client.create({
    resourceType: 'Condition',
    body: {
      resourceType: 'Condition',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      subject: { reference: `Patient/${one!.id}` },
    },
  })
  const first = body(
    await client.search({ resourceType: 'Patient', searchParams: { _count: 2, _sort: 'family' } }),
  )
  assert.equal(first.entry!.length, 2)
  const second = body(await client.nextPage({ bundle: first as never }))
  assert.deepEqual(
    second.entry!.map(({ resource }) => resource['name']),
    [[{ family: 'Cc' }]],
  )
  const posted = body(
    await client.search({
      resourceType: 'Patient',
      searchParams: { family: 'bb' },
      options: { postSearch: true } as never,
    }),
  )
  assert.equal(posted.entry!.length, 1)
  const inside = body(
    await client.search({ compartment: { resourceType: 'Patient', id: one!.id }, resourceType: 'Condition' }),
  )
  assert.equal(inside.entry!.length, 1)
  const found = body(await client.resolve({ reference: `Patient/${one!.id}` }))
  assert.equal(found.id, one!.id)
  const everything = body(
    await client.operation({ name: '$everything', resourceType: 'Patient', id: one!.id, method: 'GET' }),
  )
  assert.deepEqual(everything.entry!.map(({ resource }) => resource.resourceType).sort(), [
    'Condition',
    'Patient',
  ])
})

test('transaction and batch', async () => {
  const entry = [{ resource: patient('Tx'), request: { method: 'POST', url: 'Patient' } }]
  const done = body(
    await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry } as never }),
  )
  assert.equal(done.entry![0]!.response.status, '201')
  const read = [{ request: { method: 'GET', url: 'Patient?family=tx' } }]
  const batch = body(
    await client.batch({ body: { resourceType: 'Bundle', type: 'batch', entry: read } as never }),
  )
  assert.equal(batch.entry![0]!.resource.total, 1)
})

test('what is refused comes with an outcome', async () => {
  const wrong = { resourceType: 'Patient', birthDate: 'soon' }
  await assert.rejects(
    client.create({ resourceType: 'Patient', body: wrong }),
    (error: { response?: { status: number; data: Body } }) => {
      assert.equal(error.response?.status, 422)
      assert.equal(error.response.data.resourceType, 'OperationOutcome')
      return true
    },
  )
})
