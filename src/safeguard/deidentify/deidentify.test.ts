import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import type { Resource } from '../../record/resource.ts'
import { type Deidentification, deidentifyResource } from './deidentify-resource.ts'
import { SAFE_HARBOR, tellableBirthYear, threeDigitZip } from './safe-harbor.ts'

const BY: Deidentification = {
  rekey: (text) => createHmac('sha256', 'release').update(text).digest('hex').slice(0, 32),
  at: '2026-11-22T00:00:00Z',
  birthDate: '1970-05-17',
  genetic: 'withhold',
}
const clean = (resource: Resource, more: Partial<Deidentification> = {}, labels: readonly string[] = []) =>
  deidentifyResource(resource, labels, { ...BY, ...more })

const PATIENT: Resource = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { lastUpdated: '2026-01-02T03:04:05Z' },
  text: { status: 'generated', div: '<div>Secretname</div>' },
  identifier: [{ system: 'urn:mrn', value: 'MRN-4711' }],
  name: [{ family: 'Secretname', given: ['Anna'] }],
  telecom: [{ system: 'phone', value: '555-0101' }],
  gender: 'female',
  birthDate: '1970-05-17',
  deceasedDateTime: '2025-03-04',
  address: [
    { line: ['1 Hidden Road'], city: 'Smallville', state: 'MA', postalCode: '02139-1234', country: 'US' },
  ],
  maritalStatus: { coding: [{ system: 'urn:x', code: 'M', display: 'Secretname' }], text: 'Secretname' },
  extension: [{ url: 'http://x', valueString: 'Secretname' }],
  generalPractitioner: [{ reference: 'Practitioner/9', display: 'Dr Secretname' }],
}

test('a person: year, sex, state and three digits of the ZIP code stay', () => {
  assert.deepEqual(clean(PATIENT), {
    resourceType: 'Patient',
    gender: 'female',
    deceasedDateTime: '2025',
    maritalStatus: { coding: [{ system: 'urn:x', code: 'M' }] },
    generalPractitioner: [{ reference: `Practitioner/${BY.rekey('Practitioner/9')}` }],
    address: [{ state: 'MA', country: 'US', postalCode: '021' }],
    birthDate: '1970',
    id: BY.rekey('Patient/p1'),
    meta: {
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'ANONYED' }],
    },
  })
})

test('nobody is told to be over 89', () => {
  for (const [birth, expected] of [
    ['1937-12-31', '1937'],
    ['1937-01-01', '1937'],
    ['1936-12-31', undefined],
    ['1936', undefined],
  ] as const) {
    assert.equal(tellableBirthYear(birth, BY.at), expected, birth)
    assert.equal(clean(PATIENT, { birthDate: birth })?.['birthDate'], expected, birth)
  }
  const old = clean(PATIENT, { birthDate: '1930-01-01' })
  assert.equal(old?.['deceasedDateTime'], undefined)
  const onset = (birthDate: string) =>
    clean(
      { resourceType: 'Condition', onsetDateTime: '1931-05-05', recordedDate: '2020-01-01' },
      { birthDate },
    )
  assert.deepEqual(
    [onset('1930-01-01')?.['onsetDateTime'], onset('1930-01-01')?.['recordedDate']],
    [undefined, '2020'],
  )
  const age = (value: number) =>
    clean({
      resourceType: 'Condition',
      onsetAge: { value, system: 'http://unitsofmeasure.org', code: 'a' },
    })?.['onsetAge'] as { value: number; comparator?: string }
  assert.equal(age(89).value, 89)
  assert.deepEqual([age(97).value, age(97).comparator], [90, '>='])
})

test('ZIP areas of few people become 000', () => {
  for (const [zip, expected] of [
    ['02139', '021'],
    ['03601', '000'],
    ['89301', '000'],
    ['89401', '894'],
    ['021', undefined],
    ['SW1A 1AA', undefined],
    [undefined, undefined],
  ] as const)
    assert.equal(threeDigitZip(zip), expected, zip)
})

test('text has no way through, wherever it stands', () => {
  const resource: Resource = {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    code: {
      coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Secretname' }],
      text: 'Secretname',
    },
    subject: { reference: 'Patient/p1', display: 'Secretname', identifier: { value: 'Secretname' } },
    effectiveDateTime: '2024-06-07T08:09:10+02:00',
    valueString: 'Secretname',
    valueQuantity: { value: 13.5, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
    note: [{ text: 'Secretname' }],
    _valueString: { extension: [{ valueString: 'Secretname' }] },
    anything: { deeper: [{ text: 'Secretname', code: 'Secret name' }] },
    component: [{ code: { text: 'Secretname' }, valueInteger: 3 }],
    contained: [{ resourceType: 'Practitioner', name: [{ family: 'Secretname' }] }],
  }
  const result = clean(resource)
  assert.deepEqual(result, {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
    subject: { reference: `Patient/${BY.rekey('Patient/p1')}` },
    effectiveDateTime: '2024',
    valueQuantity: { value: 13.5, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
    component: [{ valueInteger: 3 }],
    id: BY.rekey('Observation/o1'),
    meta: result?.meta,
  })
})

test('whole kinds are not released', () => {
  for (const resourceType of [
    'DocumentReference',
    'Media',
    'Binary',
    'RelatedPerson',
    'Device',
    'Communication',
    'AuditEvent',
  ])
    assert.equal(clean({ resourceType, id: '1' }), undefined, resourceType)
})

test('genetic data are withheld unless their release is governed', () => {
  const genetic = ['http://terminology.hl7.org/CodeSystem/v3-ActCode|GDIS']
  const variant: Resource = { resourceType: 'Observation', status: 'final' }
  assert.equal(clean(variant, {}, genetic), undefined)
  assert.ok(clean(variant, { genetic: 'governed' }, genetic))
})

test('every identifier of the rule has its line', () => {
  assert.equal(SAFE_HARBOR.map(({ letter }) => letter).join(''), 'ABCDEFGHIJKLMNOPQR')
})
