import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repositoryDefinitions } from '../../../test/support/fhir-definitions.ts'
import { type ValidateOptions, validateResource } from './validate.ts'

const definitions = repositoryDefinitions()

type Json = Record<string, unknown>

const PATIENT: Json = { resourceType: 'Patient', id: 'p1', active: true, name: [{ family: 'Muster' }] }
const OBSERVATION: Json = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
  subject: { reference: 'Patient/p1' },
}

/** Errors and warnings as "place code". */
function said(resource: unknown, options: ValidateOptions = {}): string[] {
  return validateResource(definitions, resource, options)
    .filter((one) => one.severity !== 'information')
    .map((one) => `${one.expression} ${one.code}`)
}

test('valid resources have no issue', () => {
  assert.deepEqual(said(PATIENT), [])
  assert.deepEqual(said(OBSERVATION), [])
})

/** One damage, and where it is seen. */
const DAMAGES: readonly (readonly [what: string, resource: Json, expected: readonly string[]])[] = [
  ['an unknown element', { ...PATIENT, nickname: 'x' }, ['Patient structure']],
  [
    'an unknown element inside a group',
    { ...PATIENT, contact: [{ nick: 'x', relationship: [{ text: 'aunt' }] }] },
    ['Patient.contact[0] structure', 'Patient.contact[0] invariant'],
  ],
  ['a missing required element', { resourceType: 'Observation', status: 'final' }, ['Observation required']],
  ['one in place of a list', { ...PATIENT, name: { family: 'x' } }, ['Patient.name structure']],
  ['a list in place of one', { ...PATIENT, active: [true] }, ['Patient.active structure']],
  ['an empty list', { ...PATIENT, name: [] }, ['Patient.name structure']],
  ['an empty object', { ...PATIENT, name: [{}] }, ['Patient.name[0] structure']],
  ['an empty text', { ...PATIENT, name: [{ family: '' }] }, ['Patient.name[0].family value']],
  ['null', { ...PATIENT, active: null }, ['Patient.active value']],
  ['a day that does not exist', { ...PATIENT, birthDate: '2021-02-30' }, ['Patient.birthDate value']],
  ['a code outside a required value set', { ...PATIENT, gender: 'woman' }, ['Patient.gender code-invalid']],
  [
    'two types of one choice',
    { ...PATIENT, deceasedBoolean: true, deceasedDateTime: '2020' },
    ['Patient.deceased structure'],
  ],
  ['a type that a choice does not have', { ...PATIENT, deceasedString: 'yes' }, ['Patient structure']],
  [
    'a reference to the wrong type',
    { ...PATIENT, managingOrganization: { reference: 'Patient/p2' } },
    ['Patient.managingOrganization structure'],
  ],
  [
    'the same as an absolute URL',
    { ...PATIENT, managingOrganization: { reference: 'https://ehr.example.org/r4/Patient/p2' } },
    ['Patient.managingOrganization structure'],
  ],
  [
    'the same by type and identifier',
    { ...PATIENT, managingOrganization: { type: 'Patient', identifier: { value: '1' } } },
    ['Patient.managingOrganization structure'],
  ],
  [
    'an invariant',
    { ...OBSERVATION, valueString: 'x', dataAbsentReason: { text: 'why' } },
    ['Observation invariant'],
  ],
  [
    'a period that ends before it begins',
    { ...PATIENT, name: [{ family: 'x', period: { start: '2021', end: '2020' } }] },
    ['Patient.name[0].period invariant'],
  ],
  [
    'extensions beside a value',
    {
      ...PATIENT,
      extension: [{ url: 'http://example.org/x', valueCode: 'a', extension: [{ url: 'b', valueCode: 'c' }] }],
    },
    ['Patient.extension[0] invariant'],
  ],
  [
    'an extension without a url',
    { ...PATIENT, extension: [{ valueCode: 'a' }] },
    ['Patient.extension[0] required'],
  ],
  [
    'a known extension with a value of another type',
    {
      ...PATIENT,
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueString: 'x' }],
    },
    ['Patient.extension[0].value structure'],
  ],
  [
    'an extension of a primitive that is no object',
    { ...PATIENT, _birthDate: 'x' },
    ['Patient.birthDate structure'],
  ],
  ['an unknown element in it', { ...PATIENT, _birthDate: { x: 1 } }, ['Patient.birthDate structure']],
  [
    'lists of values and extensions of different length',
    { ...PATIENT, name: [{ given: ['a', 'b'], _given: [null] }] },
    ['Patient.name[0].given structure'],
  ],
  [
    'a contained resource nobody refers to',
    { ...OBSERVATION, contained: [{ ...PATIENT, id: 'in' }] },
    ['Observation.contained[0] invariant'],
  ],
  [
    'a reference to nothing contained',
    { ...OBSERVATION, subject: { reference: '#in' } },
    ['Observation.subject invariant'],
  ],
  [
    'a fault inside a contained resource',
    { ...OBSERVATION, subject: { reference: '#in' }, contained: [{ ...PATIENT, id: 'in', gender: 'x' }] },
    ['Observation.contained[0].gender code-invalid'],
  ],
  [
    'a known extension in another place than its own',
    {
      ...PATIENT,
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2020' },
      ],
    },
    ['Patient.extension[0] extension'],
  ],
  [
    'a code that LOINC cannot have',
    { ...OBSERVATION, code: { coding: [{ system: 'http://loinc.org', code: 'BP' }] } },
    ['Observation.code.coding[0] code-invalid'],
  ],
  [
    'a component sent twice',
    {
      ...OBSERVATION,
      component: [
        { code: { text: 'a' }, valueInteger: 1 },
        { code: { text: 'a' }, valueInteger: 1 },
      ],
    },
    ['Observation.component[1] informational'],
  ],
]

for (const [what, resource, expected] of DAMAGES) {
  test(`${what} is seen where it is`, () => assert.deepEqual(said(resource), expected))
}

test('what is not a resource of R4 is one error', () => {
  for (const one of [
    null,
    'x',
    [],
    {},
    { resourceType: 'Genome' },
    { resourceType: 'DomainResource' },
    { resourceType: 'HumanName' },
  ])
    assert.equal(said(one).length, 1, JSON.stringify(one))
})

test('the same extension in its own place', () => {
  const time = { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2020' }
  assert.deepEqual(said({ ...PATIENT, _birthDate: { extension: [time] } }), [])
})

test('endless nesting is refused, deep nesting is not', () => {
  const nest = (levels: number): Json => {
    let inner: Json = { url: 'http://example.org/x', valueCode: 'a' }
    for (let i = 0; i < levels; i++) inner = { url: 'http://example.org/x', extension: [inner] }
    return { ...PATIENT, extension: [inner] }
  }
  assert.deepEqual(said(nest(50)), [])
  assert.deepEqual(said(nest(100_000)), [' structure'])
})

test('a primitive may have extensions in place of its value', () => {
  const absent = {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
  }
  assert.deepEqual(said({ ...PATIENT, _birthDate: absent }), [])
  assert.deepEqual(said({ ...PATIENT, name: [{ given: ['a', null], _given: [null, absent] }] }), [])
  assert.deepEqual(said({ ...OBSERVATION, status: undefined, _status: absent }), [])
})

test('contained resources may refer to what contains them', () => {
  const inner = { ...OBSERVATION, id: 'in', subject: { reference: '#' } }
  assert.deepEqual(said({ ...PATIENT, contained: [inner] }), [])
})

test('references are followed inside a bundle, by fullUrl and by type and id', () => {
  const urn = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'
  const bundle = (reference: string) => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: urn, resource: { resourceType: 'Organization', name: 'x' } },
      { fullUrl: 'http://a.example.org/Patient/p1', resource: PATIENT },
      {
        fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239521',
        resource: { ...OBSERVATION, subject: { reference } },
      },
    ],
  })
  assert.deepEqual(said(bundle('Patient/p1')), [])
  assert.deepEqual(said(bundle('http://a.example.org/Patient/p1')), [])
  assert.deepEqual(said(bundle(urn)), ['Bundle.entry[2].resource.subject structure'])
  assert.deepEqual(said(bundle(urn.replace('9520', '0000'))), ['Bundle.entry[2].resource.subject not-found'])
})

test('claims: an unknown profile is information, an asked one an error, one of another type an error', () => {
  const claiming = { ...PATIENT, meta: { profile: ['http://example.org/own'] } }
  const [issue] = validateResource(definitions, claiming)
  assert.equal(issue?.severity, 'information')
  assert.deepEqual(said(PATIENT, { profiles: ['http://example.org/own'] }), ['Patient not-supported'])
  assert.deepEqual(said(PATIENT, { profiles: ['http://hl7.org/fhir/StructureDefinition/bp'] }), [
    'Patient structure',
  ])
  assert.deepEqual(
    said({ ...PATIENT, meta: { profile: ['http://hl7.org/fhir/StructureDefinition/Patient'] } }),
    [],
  )
})

test('modes of $validate', () => {
  const { id: _id, ...withoutId } = PATIENT
  assert.deepEqual(said(withoutId, { mode: 'create' }), [])
  assert.deepEqual(said(withoutId, { mode: 'update' }), ['Patient required'])
  assert.deepEqual(said({ resourceType: 'Patient', junk: 1 }, { mode: 'delete' }), [])
})
