import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { until } from '../support/until.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

const put = async (resource: { readonly resourceType: string; readonly id: string }) => {
  const place = `${server.url}/fhir/R4/${resource.resourceType}/${resource.id}`
  const { status, body } = await call(place, 'PUT', resource as never)
  assert.ok([200, 201].includes(status), JSON.stringify(body))
}
const medication = (id: string, code: string, display: string) =>
  put({
    ...{ resourceType: 'Medication', id },
    code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code, display }] },
  } as never)
const order = (id: string, reference: string) =>
  put({
    ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order' },
    subject: { reference: 'Patient/p1' },
    medicationReference: { reference },
  } as never)
const drugs = async () => {
  const { body } = await call(`${server.url}/api/patients/p1`)
  return (body['drugs'] as readonly { readonly text: string }[]).map(({ text }) => text).sort()
}

test('a drug that is ordered by reference is taken, whether its Medication came before or after, and as it is now', async () => {
  await put({ resourceType: 'Patient', id: 'p1', name: [{ family: 'Example' }] } as never)
  await medication('m1', '4493', 'fluoxetine')
  await order('o1', 'Medication/m1')
  assert.deepEqual(await drugs(), ['fluoxetine'])

  const come = async (expected: readonly string[]) => {
    await until(`not ${expected}`, async () => (await drugs()).join() === expected.join())
  }
  await order('o2', 'Medication/m2')
  await medication('m2', '32937', 'paroxetine')
  await come(['fluoxetine', 'paroxetine'])
  await medication('m2', '36437', 'sertraline')
  await come(['fluoxetine', 'sertraline'])
})
