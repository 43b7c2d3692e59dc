import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldCodes } from './held-codes.ts'

test('a code inside a resource is held in the spelling that consents use, however its system is written', () => {
  const index = [
    { kind: 'token', param: 'component-code', system: 'http://loinc.org/', code: '48018-6' },
    { kind: 'token', param: 'status', system: 'http://hl7.org/fhir/observation-status', code: 'final' },
    { kind: 'token', param: 'identifier', identity: true, system: 'urn:mrn', code: '4711' },
    { kind: 'token', param: '_tag', system: 'urn:tag', code: 'x' },
  ] as const
  const code = { coding: [{ system: 'http://loinc.org', code: '69548-6' }] }
  assert.deepEqual(heldCodes({ resourceType: 'Observation', code }, index), [
    'http://loinc.org|69548-6',
    'http://loinc.org|48018-6',
  ])
})
