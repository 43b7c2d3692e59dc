import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Facts } from '../../knowledge/facts.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { subsetOf } from './subset.ts'

const { elements } = searchFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))
const OBSERVATION = {
  resourceType: 'Observation',
  id: 'o',
  meta: { versionId: '1', tag: [{ system: 's', code: 't' }] },
  text: { status: 'generated', div: '<div/>' },
  status: 'final',
  code: { text: 'x' },
  _status: { id: 'a' },
  valueQuantity: { value: 1 },
  note: [{ text: 'n' }],
  component: [{ code: { text: 'c' }, valueString: 'v', interpretation: [{ text: 'i' }] }],
}
const keys = (...asked: [Parameters<typeof subsetOf>[1], string[]]) =>
  Object.keys(subsetOf(OBSERVATION, asked[0], asked[1], elements))
    .filter((key) => !['resourceType', 'id', 'meta'].includes(key))
    .sort()

test('_summary and _elements keep what the standard says', () => {
  assert.deepEqual(keys('true', []), ['_status', 'code', 'component', 'status', 'valueQuantity'])
  assert.deepEqual(keys('text', []), ['_status', 'code', 'status', 'text'])
  assert.deepEqual(keys('data', []), ['_status', 'code', 'component', 'note', 'status', 'valueQuantity'])
  assert.deepEqual(keys('false', ['note', 'value']), ['_status', 'code', 'note', 'status', 'valueQuantity'])
})

test('elements that are no summary are left out of nested ones too', () => {
  const { component } = subsetOf(OBSERVATION, 'true', [], elements)
  assert.deepEqual(component, [{ code: { text: 'c' }, valueString: 'v' }])
})

test('a part of a resource says that it is one; a whole one does not', () => {
  const tags = subsetOf(OBSERVATION, 'text', [], elements).meta?.tag?.map(({ code }) => code)
  assert.deepEqual(tags, ['t', 'SUBSETTED'])
  assert.equal(subsetOf(OBSERVATION, 'false', [], elements), OBSERVATION)
})
