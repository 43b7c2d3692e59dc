import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHookRequest } from './hook-request.ts'
import { aboutAnother } from './subject.ts'

const bundle = (subject: unknown) => ({
  resourceType: 'Bundle',
  entry: [
    {
      resource: {
        resourceType: 'MedicationRequest',
        id: 'o1',
        ...(subject === undefined ? {} : { subject }),
      },
    },
  ],
})
const call = (order: unknown, listed: unknown) =>
  readHookRequest('order-sign', {
    hook: 'order-sign',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/1', patientId: 'p1', draftOrders: bundle(order) },
    prefetch: { medications: bundle(listed) },
  })
const OWN = { reference: 'Patient/p1' }

for (const [subject, another] of [
  [OWN, false],
  [{ reference: 'https://ehr.example.org/fhir/Patient/p1' }, false],
  [{ reference: 'Patient/p1/_history/3' }, false],
  [undefined, false],
  [null, false],
  [{ identifier: { system: 'urn:mrn', value: '7' } }, false],
  [{ reference: 'urn:uuid:6d3c1a5e-5f0a-4c59-9d3e-0f0a8c1f2b11' }, false],
  [{ reference: 'Patient/p2' }, true],
  [{ reference: 'Patient/p11' }, true],
  [{ reference: 'https://ehr.example.org/fhir/Patient/p2' }, true],
] as const) {
  test(`an order or a line for ${JSON.stringify(subject)} is ${another ? '' : 'not '}about another`, () => {
    assert.equal(aboutAnother(call(subject, OWN)), another ? 'order' : undefined)
    assert.equal(aboutAnother(call(OWN, subject)), another ? 'medication' : undefined)
  })
}
