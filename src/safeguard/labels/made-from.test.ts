import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceEntries, sourcesOf } from '../../record/made-from.ts'
import type { Resource } from '../../record/resource.ts'
import { labelling, labelsOf } from './labels-of.ts'
import { madeFrom, withLabelsOf } from './made-from.ts'

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const HIV = { system: ACT_CODE, code: 'HIV' }
const PSY = { system: ACT_CODE, code: 'PSY' }
const rules = labelling([{ label: 'GDIS', how: 'type', system: '', value: 'MolecularSequence' }])
const task: Resource = { resourceType: 'Task', id: 't', meta: { security: [PSY] } }
const labelled: Resource = { resourceType: 'Observation', id: 'o', meta: { security: [HIV, PSY] } }
const sequence: Resource = { resourceType: 'MolecularSequence', id: 's' }

test('the labels of all sources, those that follow from what they are included, each once', () => {
  const made = madeFrom(task, [labelled, sequence], rules)
  assert.deepEqual(made.meta?.security, [PSY, { system: ACT_CODE, code: 'GDIS' }, HIV])
  assert.deepEqual(sourcesOf(made), [
    { type: 'Observation', id: 'o' },
    { type: 'MolecularSequence', id: 's' },
  ])
  assert.equal(sourceEntries(made).length, 2)
  assert.ok(labelsOf(made, rules).includes('urn:garrod:label|made-from-others'))
})

test('made from what was itself made from others: that mark is not handed on as a label of the sender', () => {
  const first = madeFrom(task, [labelled], rules)
  const second = madeFrom({ resourceType: 'Flag', id: 'f' }, [first], rules)
  assert.deepEqual(second.meta?.security, [HIV, PSY])
})

test('without sources, or with sources without labels, nothing is added', () => {
  assert.deepEqual(madeFrom(task, [], rules), task)
  assert.deepEqual(withLabelsOf(task, [{ resourceType: 'Observation', id: 'x' }], rules), task)
})

test('what is written as a source and is none is passed over', () => {
  for (const extension of [
    'text',
    [{ url: 'urn:garrod:source' }],
    [{ url: 'urn:garrod:source', valueReference: { reference: '../Observation/1' } }],
  ])
    assert.deepEqual(sourcesOf({ ...task, extension }), [])
})
