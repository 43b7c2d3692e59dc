import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onlyPatient, UNRESTRICTED } from '../../src/record/resource-query.ts'
import { patientId } from '../../src/terms/ids.ts'
import { ask, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

let server: TestFhirServer
const code = { coding: [{ system: 'http://loinc.org', code: '8302-2' }] }
before(async () => {
  server = await fhirServer()
  const put = (resource: { resourceType: string; id: string }) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  })
  const entry = [
    ...['a', 'b'].map((id) =>
      put({
        resourceType: 'Patient',
        id,
        name: [
          { use: 'official', family: `F${id}`, given: ['G'] },
          { use: 'nickname', text: 'N' },
        ],
      } as never),
    ),
    ...['a', 'b'].map((id, n) =>
      put({
        resourceType: 'Observation',
        id: `o-${id}`,
        status: 'final',
        code,
        subject: { reference: `Patient/${id}` },
        valueQuantity: { value: 170 + n, unit: 'cm' },
        component: [{ code, valueString: 'x' }],
      } as never),
    ),
  ]
  const answer = await ask(server.base, 'POST', { resourceType: 'Bundle', type: 'transaction', entry })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
})
after(() => server.close())

interface Reply {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code: string } }[]
}
async function graphql(query: string, variables?: object): Promise<Reply & { status: number }> {
  const { status, body } = await ask(`${server.base}/$graphql`, 'POST', { query, variables })
  return { status, ...(body as unknown as Reply) }
}

test('a resource, its references and what refers to it', async () => {
  const { data, errors } = await graphql(`{
    Patient(id: "a") {
      id
      name(use: "official") { family given }
      ObservationList(_reference: "patient", code: "8302-2") { id valueQuantity { value unit } component { valueString } }
    }
    ObservationList(value_quantity: "gt170") { id subject { reference resource { ... on Patient { name(_count: 1) { family } } } } }
  }`)
  assert.equal(errors, undefined, JSON.stringify(errors))
  assert.deepEqual(data, {
    Patient: {
      id: 'a',
      name: [{ family: 'Fa', given: ['G'] }],
      ObservationList: [
        { id: 'o-a', valueQuantity: { value: 170, unit: 'cm' }, component: [{ valueString: 'x' }] },
      ],
    },
    ObservationList: [
      { id: 'o-b', subject: { reference: 'Patient/b', resource: { name: [{ family: 'Fb' }] } } },
    ],
  })
})

test('GET, variables, the schema itself', async () => {
  const query = encodeURIComponent('{ Patient(id: "a") { id } }')
  const got = await ask(`${server.base}/$graphql?query=${query}`)
  assert.deepEqual(got.body['data'], { Patient: { id: 'a' } })
  assert.match(got.headers.get('content-type')!, /^application\/json/)
  const named = await graphql('query($id: ID!) { Patient(id: $id) { id } }', { id: 'b' })
  assert.deepEqual(named.data, { Patient: { id: 'b' } })
  const { data } = await graphql('{ __type(name: "Observation_component") { fields { name } } }')
  assert.ok(JSON.stringify(data).includes('valueCodeableConcept'))
  assert.deepEqual((await graphql('{ Patient(id: "nobody") { id } }')).data, { Patient: null })
})

test('what cannot be answered is refused before anything is read', async () => {
  const nested = (levels: number) =>
    `{ Observation(id: "o-a") { ${'subject { resource { ... on Patient { ObservationList(_reference: "patient") { '.repeat(levels)} id ${'} } } }'.repeat(levels)} } }`
  for (const [query, status] of [
    ['{', 400],
    ['{ Unicorn(id: "x") { id } }', 400],
    ['{ Patient(id: "a") { colour } }', 400],
    [nested(6), 400],
    ['query { ...F } fragment F on Query { ...F }', 400],
    [`{ ${Array.from({ length: 2100 }, (_, n) => `a${n}: Patient(id: "a") { id }`).join(' ')} }`, 400],
    [`{ a(x: "${'y'.repeat(20_000)}") }`, 400],
    ['', 400],
  ] as const) {
    assert.equal((await graphql(query)).status, status, query.slice(0, 60))
  }
  const wide = await graphql(
    `{ ${Array.from({ length: 600 }, (_, n) => `a${n}: Patient(id: "a") { id }`).join(' ')} }`,
  )
  assert.equal(wide.errors?.[0]?.extensions?.code, 'QUERY_TOO_COSTLY')
  const unknown = await graphql('{ ObservationList(date: "soon") { id } }')
  assert.equal(unknown.errors?.[0]?.extensions?.code, 'SEARCH_VALUE_MALFORMED')
})

test('a query sees what its caller may see, and is in the audit log', async () => {
  const permission = { within: onlyPatient(patientId('a'), UNRESTRICTED), projection: () => undefined }
  server.as({ ...permission, permit: async () => permission })
  server.audited.length = 0
  try {
    const { data } = await graphql('{ PatientList { id } ObservationList { id } Patient(id: "b") { id } }')
    assert.deepEqual(data, { PatientList: [{ id: 'a' }], ObservationList: [{ id: 'o-a' }], Patient: null })
  } finally {
    server.as({})
  }
  const [entry] = server.audited
  assert.deepEqual([entry!.interaction, entry!.patients, entry!.count], ['$graphql', ['a'], 2])
})
