import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { validateResource } from '../../src/fhir/validate/validate.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { fhirDefinitions } from '../../src/knowledge/fhir/definitions.ts'
import { garrodWith } from '../support/command-line.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'garrod-guide-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const home = join(folder, 'home')
const importing = (path: string, ...options: string[]) =>
  garrodWith({ GARROD_HOME: home }, 'facts', 'import', 'fhir-ig', path, ...options)

const BASE = 'http://lab.example.org/fhir/uv/toy'
const URL = `${BASE}/StructureDefinition/toy-patient`

/** A guide with one profile: a Patient with a birth date, a language of two, and an identifier of the laboratory. */
function guide(name: string, changes: Record<string, unknown> = {}): string {
  const path = join(folder, name)
  mkdirSync(path)
  const element = (id: string, more: Record<string, unknown>) => ({
    id,
    path: id.replace(/:[^.]*/g, ''),
    ...more,
  })
  const profile = {
    resourceType: 'StructureDefinition',
    id: 'toy-patient',
    url: URL,
    name: 'ToyPatient',
    status: 'active',
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    snapshot: {
      element: [
        element('Patient', {
          min: 0,
          max: '*',
          constraint: [
            {
              key: 'toy-1',
              severity: 'error',
              human: 'An active person has a name.',
              expression: 'active.exists() implies name.exists()',
            },
          ],
        }),
        element('Patient.identifier', {
          min: 1,
          max: '*',
          type: [{ code: 'Identifier' }],
          slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'closed' },
        }),
        element('Patient.identifier:lab', {
          sliceName: 'lab',
          min: 1,
          max: '1',
          type: [{ code: 'Identifier' }],
        }),
        element('Patient.identifier:lab.system', {
          min: 1,
          max: '1',
          type: [{ code: 'uri' }],
          fixedUri: 'urn:lab',
        }),
        element('Patient.birthDate', { min: 1, max: '1', type: [{ code: 'date' }] }),
        element('Patient.maritalStatus', {
          min: 0,
          max: '1',
          type: [{ code: 'CodeableConcept' }],
          binding: { strength: 'required', valueSet: `${BASE}/ValueSet/toy|1` },
        }),
      ],
    },
    ...changes,
  }
  writeFileSync(join(path, 'StructureDefinition-toy-patient.json'), JSON.stringify(profile))
  writeFileSync(
    join(path, 'ValueSet-toy.json'),
    JSON.stringify({
      resourceType: 'ValueSet',
      url: `${BASE}/ValueSet/toy`,
      status: 'active',
      compose: {
        include: [
          { system: `${BASE}/CodeSystem/toy`, filter: [{ property: 'concept', op: 'is-a', value: 'a' }] },
        ],
      },
    }),
  )
  writeFileSync(
    join(path, 'CodeSystem-toy.json'),
    JSON.stringify({
      resourceType: 'CodeSystem',
      url: `${BASE}/CodeSystem/toy`,
      status: 'active',
      content: 'complete',
      concept: [{ code: 'a', concept: [{ code: 'b' }] }, { code: 'c' }],
    }),
  )
  return path
}

test('a guide that does not name its version needs one', async () => {
  const { exit, err } = await importing(guide('unnamed'))
  assert.equal(exit, 2)
  assert.match(err, /USAGE_VERSION/)
})

test('an imported guide is in force: its profile is checked', async () => {
  const { exit, out } = await importing(guide('good'), '--version', '1.2.0')
  assert.equal(exit, 0)
  assert.match(out, /toy\/1\.2\.0: 1 profiles and extensions, 1 value sets/)
  const definitions = fhirDefinitions(Facts.find([join(root, 'facts'), join(home, 'facts')]))
  const good = {
    resourceType: 'Patient',
    meta: { profile: [`${URL}|1.2.0`] },
    active: true,
    name: [{ family: 'Muster' }],
    identifier: [{ system: 'urn:lab', value: '1' }],
    birthDate: '1970-01-01',
    maritalStatus: { coding: [{ system: `${BASE}/CodeSystem/toy`, code: 'b' }] },
  }
  const errors = (changes: object) =>
    validateResource(definitions, { ...good, ...changes })
      .filter((one) => one.severity === 'error')
      .map((one) => one.words)
  assert.deepEqual(errors({}), [])
  assert.deepEqual(errors({ name: undefined }), ['toy-1: An active person has a name.'])
  assert.deepEqual(errors({ birthDate: undefined }), ['"birthDate": at least 1 required, 0 found.'])
  assert.deepEqual(errors({ identifier: [...good.identifier, { system: 'urn:other' }] }), [
    '"identifier" allows only the kinds lab.',
  ])
  assert.match(
    errors({ maritalStatus: { coding: [{ system: `${BASE}/CodeSystem/toy`, code: 'c' }] } }).join(),
    /required value set/,
  )
  assert.match(errors({ maritalStatus: { text: 'b' } }).join(), /required value set/)
})

test('what is no usable guide is refused by name', async () => {
  for (const [name, changes, said] of [
    ['differential', { snapshot: undefined }, /no snapshot/],
    ['logical', { type: 'Genome' }, /no type of R4/],
    ['specialised', { derivation: 'specialization' }, /no profile is here/],
  ] as const) {
    const { exit, err } = await importing(guide(name, changes), '--version', '1.0.0')
    assert.equal(exit, 2, name)
    assert.match(err, said)
    assert.match(err, /FHIR_GUIDE_MALFORMED/)
  }
})
