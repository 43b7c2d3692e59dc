import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { ask } from '../support/fhir-server.ts'
import { type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
let base: string
before(async () => {
  server = await testServer()
  base = `${server.url}/fhir/R4`
})
after(() => server.close())

test('the FHIR server of the whole server: registered people, typed record, audit log, one person everywhere', async () => {
  const person = { resourceType: 'Patient', id: 'whole', gender: 'female', name: [{ family: 'Whole' }] }
  assert.equal((await ask(`${base}/Patient/whole`, 'PUT', person)).status, 201)
  const tenant = tenantId('main')
  const key = { tenant, patient: patientId('whole') }
  assert.equal((await server.store.patients.get(key))?.name, 'Whole', 'a Patient is a registered person')
  const medication = {
    resourceType: 'MedicationStatement',
    status: 'active',
    subject: { reference: 'Patient/whole' },
    medicationCodeableConcept: {
      coding: [
        { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '32968', display: 'clopidogrel' },
      ],
    },
  }
  const made = await ask(`${base}/MedicationStatement`, 'POST', medication)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const record = await server.store.records.get(key)
  assert.deepEqual(
    record?.record.drugs.map((one) => one.rxcui),
    ['32968'],
    'the typed record follows',
  )
  const found = await ask(`${base}/MedicationStatement?patient=whole`)
  assert.equal(found.body.total, 1)
  const { body: access } = await ask(`${server.url}/api/patients/whole/access`)
  const sentences = (access['accesses'] as readonly { sentence: string }[]).map(({ sentence }) => sentence)
  assert.ok(
    sentences.some((one) => /changed your record/.test(one)),
    sentences.join('; '),
  )
  assert.ok(
    sentences.some((one) => /saw you in a list/.test(one)),
    sentences.join('; '),
  )
})

test('/metadata answers anybody, everything else is no-store and JSON', async () => {
  const answer = await ask(`${base}/metadata`)
  assert.equal(answer.body.resourceType, 'CapabilityStatement')
  const missing = await ask(`${base}/Patient/nobody`)
  assert.equal(missing.status, 404)
  assert.equal(missing.body.resourceType, 'OperationOutcome')
  assert.equal(missing.headers.get('cache-control'), 'no-store')
})

test('genetic results carry the label that segments them', async () => {
  const variant = {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '69548-6' }] },
    subject: { reference: 'Patient/whole' },
  }
  const { body } = await ask(`${base}/Observation`, 'POST', variant)
  const query = {
    type: 'Observation',
    criteria: [{ kind: 'id', values: [body.id] }] as const,
    sort: [],
    count: 10,
    after: undefined,
    total: false,
    within: {
      types: undefined,
      compartments: undefined,
      hiddenLabels: ['http://terminology.hl7.org/CodeSystem/v3-ActCode|GDIS'],
      consent: undefined,
    },
  }
  const page = await server.store.resources.search(tenantId('main'), query)
  assert.equal(page.resources.length, 0)
})
