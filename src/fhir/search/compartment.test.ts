import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Facts } from '../../knowledge/facts.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { namedPeople, referredResources } from './compartment.ts'
import { SearchIndex } from './search-index.ts'

const index = new SearchIndex(searchFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')])))
const BASE = 'https://here.example/fhir/R4'
const people = (resource: { resourceType: string; [element: string]: unknown }) => [
  ...namedPeople(resource, index, BASE).patients,
]
const a = { reference: 'Patient/a' }
const b = { reference: 'Patient/b' }

for (const [name, resource, expected] of [
  ['the subject', { resourceType: 'Observation', subject: a }, ['a']],
  [
    'an absolute reference to this server',
    { resourceType: 'Observation', subject: { reference: `${BASE}/Patient/a/_history/2` } },
    ['a'],
  ],
  ['subject and performer', { resourceType: 'Observation', subject: a, performer: [b] }, ['a', 'b']],
  ['a focus is somebody else on purpose', { resourceType: 'Observation', subject: a, focus: [b] }, ['a']],
  [
    'the beneficiary, not who pays',
    { resourceType: 'Coverage', beneficiary: a, subscriber: b, payor: [b] },
    ['a'],
  ],
  ['nobody: a group of people', { resourceType: 'Group', member: [{ entity: a }, { entity: b }] }, []],
  ['nobody: a practitioner', { resourceType: 'Practitioner' }, []],
  [
    'nobody: a subject that is a group',
    { resourceType: 'Observation', subject: { reference: 'Group/g' } },
    [],
  ],
  [
    'a Patient itself, whoever it is linked to',
    { resourceType: 'Patient', id: 'a', link: [{ other: b }] },
    ['a'],
  ],
  ['whom a device is for', { resourceType: 'Device', patient: a }, ['a']],
  ['whom a task is for', { resourceType: 'Task', for: a }, ['a']],
] as const) {
  test(name, () => assert.deepEqual(people(resource), expected))
}

for (const reference of [
  'https://there.example/fhir/Patient/1',
  'urn:uuid:9b0d0f3c-4a5e-4c7b-9a51-0d6b1c1f5f3e',
  '#p',
]) {
  test(`a subject ${reference} is nobody of this server`, () => {
    const resource = {
      resourceType: 'Observation',
      contained: [{ resourceType: 'Patient', id: 'p' }],
      subject: { reference },
    }
    const what = reference.startsWith('urn:') ? /no entry of this request has/ : /about a Patient/
    assert.throws(() => people(resource), { code: 'PATIENT_ELSEWHERE', what })
  })
}

test('people named by identifier; only a Patient must be known', () => {
  const identifier = { system: 's', value: '1' }
  const of = (subject: object, type = 'Observation') =>
    namedPeople({ resourceType: type, subject, patient: subject }, index, BASE).identifiers
  assert.deepEqual(of({ identifier }), [{ ...identifier, sure: false }])
  assert.deepEqual(of({ identifier, type: 'Patient' }), [{ ...identifier, sure: true }])
  assert.deepEqual(of({ identifier, type: 'Device' }), [])
  assert.deepEqual(of({ identifier }, 'AllergyIntolerance'), [{ ...identifier, sure: true }])
})

test('records that are referred to, but not directories, and not a focus', () => {
  const resource = {
    resourceType: 'Observation',
    subject: a,
    specimen: { reference: 'Specimen/s' },
    performer: [{ reference: 'Organization/o' }],
    focus: [{ reference: 'Observation/of-another' }],
  }
  const refs = referredResources('Observation', index.entries(resource, BASE), index)
  assert.deepEqual(refs, [{ type: 'Specimen', id: 's' }])
})
