import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Facts } from '../../knowledge/facts.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { Fault } from '../../terms/fault.ts'
import { applyFhirPathPatch } from './fhirpath-patch.ts'

const { elements } = searchFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))

const PATIENT = {
  resourceType: 'Patient',
  id: 'p',
  name: [{ family: 'Doe', given: ['A', 'B'] }],
  identifier: [
    { system: 's', value: '1' },
    { system: 't', value: '2' },
  ],
  birthDate: '1980-01-01',
}
const OBSERVATION = { resourceType: 'Observation', status: 'final', valueQuantity: { value: 1, unit: 'mg' } }

type Part = Record<string, unknown>
const operation = (type: string, path: string, ...more: Part[]) => ({
  name: 'operation',
  part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...more],
})
const apply = (resource: Record<string, unknown>, ...parameter: unknown[]) =>
  applyFhirPathPatch(resource, { resourceType: 'Parameters', parameter }, elements)
const named = (name: string): Part => ({ name: 'name', valueString: name })
const value = (of: Part): Part => ({ name: 'value', ...of })

for (const [name, resource, patch, changed] of [
  [
    'replace a value',
    PATIENT,
    operation('replace', 'Patient.birthDate', value({ valueDate: '1930-01-01' })),
    { birthDate: '1930-01-01' },
  ],
  [
    'add an element',
    PATIENT,
    operation('add', 'Patient', named('gender'), value({ valueCode: 'male' })),
    { gender: 'male' },
  ],
  [
    'add to a list, keeping what is there',
    PATIENT,
    operation('add', 'Patient.name[0]', named('given'), value({ valueString: 'C' })),
    { name: [{ family: 'Doe', given: ['A', 'B', 'C'] }] },
  ],
  [
    'add the first of a list',
    PATIENT,
    operation('add', 'Patient', named('telecom'), value({ valueContactPoint: { value: '1' } })),
    { telecom: [{ value: '1' }] },
  ],
  [
    'add a choice',
    PATIENT,
    operation('add', 'Patient', named('deceased'), value({ valueBoolean: true })),
    { deceasedBoolean: true },
  ],
  [
    'add a nested element in parts',
    PATIENT,
    operation('add', 'Patient', named('contact'), {
      name: 'value',
      part: [
        { name: 'name', valueHumanName: { text: 'X' } },
        { name: 'gender', valueCode: 'female' },
      ],
    }),
    { contact: [{ name: { text: 'X' }, gender: 'female' }] },
  ],
  [
    'insert',
    PATIENT,
    operation(
      'insert',
      'Patient.identifier',
      { name: 'index', valueInteger: 1 },
      value({ valueIdentifier: { value: 'i' } }),
    ),
    { identifier: [PATIENT.identifier[0], { value: 'i' }, PATIENT.identifier[1]] },
  ],
  [
    'delete one of a list',
    PATIENT,
    operation('delete', "Patient.identifier.where(system = 's')"),
    { identifier: [PATIENT.identifier[1]] },
  ],
  ['delete what is not there', PATIENT, operation('delete', 'Patient.gender'), {}],
  [
    'move',
    PATIENT,
    operation(
      'move',
      'Patient.identifier',
      { name: 'source', valueInteger: 0 },
      { name: 'destination', valueInteger: 1 },
    ),
    { identifier: [PATIENT.identifier[1], PATIENT.identifier[0]] },
  ],
  [
    'replace inside a list',
    PATIENT,
    operation(
      'replace',
      "Patient.identifier.where(system='t' and value='2').value",
      value({ valueString: '3' }),
    ),
    { identifier: [PATIENT.identifier[0], { system: 't', value: '3' }] },
  ],
  [
    'replace inside a choice',
    OBSERVATION,
    operation('replace', 'Observation.value.value', value({ valueDecimal: 2 })),
    { valueQuantity: { value: 2, unit: 'mg' } },
  ],
] as const) {
  test(name, () => assert.deepEqual(apply(resource, patch), { ...resource, ...changed }))
}

test('a choice that gets another type moves to its property; the last of a list takes the list with it', () => {
  const other = apply(OBSERVATION, operation('replace', 'Observation.value', value({ valueString: 'high' })))
  assert.deepEqual(other, { resourceType: 'Observation', status: 'final', valueString: 'high' })
  const none = apply(PATIENT, operation('delete', 'Patient.name'))
  assert.ok(!('name' in none))
})

for (const [name, patch, code] of [
  ['several values', operation('delete', 'Patient.identifier'), 'PATCH_REFUSED'],
  [
    'nothing to replace',
    operation('replace', 'Patient.gender', value({ valueCode: 'male' })),
    'PATCH_REFUSED',
  ],
  [
    'beyond the end',
    operation(
      'insert',
      'Patient.identifier',
      { name: 'index', valueInteger: 3 },
      value({ valueIdentifier: {} }),
    ),
    'PATCH_REFUSED',
  ],
  ['an unknown element', operation('delete', 'Patient.colour'), 'PATCH_MALFORMED'],
  [
    'an unknown element to add',
    operation('add', 'Patient', named('colour'), value({ valueString: 'x' })),
    'PATCH_MALFORMED',
  ],
  ['another type', operation('delete', 'Observation.status'), 'PATCH_MALFORMED'],
  ['more FHIRPath than is understood', operation('delete', 'Patient.name.select(given)'), 'PATCH_MALFORMED'],
  ['an unknown operation', operation('upsert', 'Patient.gender'), 'PATCH_MALFORMED'],
  ['no value', operation('add', 'Patient', named('gender')), 'PATCH_MALFORMED'],
  [
    'a value of another type',
    operation('add', 'Patient', named('deceased'), value({ valueString: 'x' })),
    'PATCH_MALFORMED',
  ],
] as const) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => apply(PATIENT, patch),
      (error) => error instanceof Fault && error.code === code,
    )
  })
}
