import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repositoryDefinitions } from '../../../test/support/fhir-definitions.ts'

const definitions = repositoryDefinitions()
const GENOMICS = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/'

test('every resource type of R4 is there, and nothing of other versions', () => {
  const resources = definitions.types.filter((name) => {
    const type = definitions.type(name)
    return type?.kind === 'resource' && !type.abstract
  })
  assert.equal(resources.length, 146)
  assert.equal(definitions.type('SubscriptionStatus'), undefined)
  const elements = (name: string) => definitions.type(name)!.rows.map((row) => row.path)
  assert.ok(!elements('Meta').includes('project'))
  assert.ok(!elements('ResearchStudy').includes('progressStatus'))
  assert.ok(elements('EvidenceVariable').includes('characteristic.definition[x]'))
})

test('a type states its own elements; what it inherits is in the table of its base', () => {
  const observation = definitions.type('Observation')!
  assert.equal(observation.base, 'DomainResource')
  const status = observation.rows.find((row) => row.path === 'status')
  assert.deepEqual([status?.min, status?.max, status?.binding?.strength], [1, 1, 'required'])
  assert.ok(!observation.rows.some((row) => row.path === 'text'))
  assert.equal(observation.constraint('obs-6')?.severity, 'error')
})

test('a profile is found with its version or without, another version is not', () => {
  const variant = definitions.profile(`${GENOMICS}variant`)!
  assert.equal(variant.type, 'Observation')
  assert.equal(variant.base, `${GENOMICS}finding`)
  assert.equal(definitions.profile(`${GENOMICS}variant|2.0.0`), undefined)
  assert.equal(definitions.profile(`${GENOMICS}variant|3.0.0`)?.url, variant.url)
  assert.equal(definitions.profile(`${GENOMICS}nothing`), undefined)
  assert.equal(definitions.profiles.filter((url) => url.startsWith(GENOMICS)).length, 42)
})

test('value sets list their codes by system; a system without a list is "any"', () => {
  const status = definitions.valueSet('http://hl7.org/fhir/ValueSet/observation-status')!
  assert.equal([...status.systems.values()].flatMap((codes) => (codes === 'any' ? [] : [...codes])).length, 8)
  const hgvs = definitions.valueSet('http://hl7.org/fhir/uv/genomics-reporting/ValueSet/hgvs-vs')!
  assert.deepEqual([...hgvs.systems], [['http://varnomen.hgvs.org', 'any']])
  assert.equal(definitions.valueSet('http://example.org/none'), undefined)
})
