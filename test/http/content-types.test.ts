import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
before(async () => {
  server = await testServer({})
  await call(`${server.url}/fhir/R4/Patient/p1`, 'PUT', { resourceType: 'Patient', id: 'p1' })
})
after(() => server.close())

/** Each door, with what it says that it takes. */
const DOORS: readonly (readonly [path: string, names: RegExp])[] = [
  ['/api/patients/p1/documents', /application\/pdf/],
  ['/api/patients/p1/files', /multipart\/form-data/],
  ['/api/patients/p1/tumor/files', /multipart\/form-data/],
  ['/api/patients', /application\/json/],
  ['/api/phenopackets?patient=p1', /application\/json/],
  ['/fhir/R4/$import', /application\/fhir\+ndjson/],
  ['/fhir/R4/$export', /application\/fhir\+json/],
  ['/fhir/R4/Patient', /application\/fhir\+json/],
  ['/cds-services/garrod-order-select', /application\/json/],
]

for (const [path, names] of DOORS)
  test(`${path} names what it takes to who sends something else`, async () => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'image/png', prefer: 'respond-async' },
      body: 'not one of those',
    })
    const text = await response.text()
    assert.ok(response.status === 415 || response.status === 400, `${response.status} ${text}`)
    const isFhir = path.startsWith('/fhir')
    assert.equal(/^\{"resourceType":"OperationOutcome"/.test(text), isFhir, text)
    assert.match(text, names)
    const others = DOORS.map(([, other]) => other).filter(
      (other) => other.source !== names.source && !/fhir/.test(other.source),
    )
    for (const other of others) if (!isFhir) assert.doesNotMatch(text, other)
  })

test('who asks for XML is told what there is instead', async () => {
  for (const [path, headers] of [
    ['Patient/p1', { accept: 'application/fhir+xml' }],
    ['Patient?_format=xml', {}],
    ['metadata', { accept: 'application/xml' }],
  ] as const) {
    const response = await fetch(`${server.url}/fhir/R4/${path}`, { headers })
    const text = await response.text()
    assert.equal(response.status, 406, `${path} ${text}`)
    assert.match(text, /application\/fhir\+json/)
  }
})
