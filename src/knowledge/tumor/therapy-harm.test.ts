import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../facts.ts'
import { therapyHarm } from './therapy-harm.ts'

const { boxed, isBoxKnown, resistance } = therapyHarm(
  Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]),
)

test('what a boxed warning was compared with is told; those that nobody could compare have none', () => {
  assert.equal(boxed('trastuzumab')[0]!.checked, 'label text')
  assert.ok(boxed('idarubicin').every(({ checked }) => checked === undefined))
})

test('a change that defeats a drug rests on a paper, on the label or on what it was compared with', () => {
  for (const { drugs, biomarker, pmids, checked } of resistance)
    assert.ok(pmids.length > 0 || checked !== undefined, `${drugs.join(', ')}: ${biomarker}`)
})

test('a label without a boxed warning is told apart from one that nobody looked at', () => {
  assert.deepEqual(boxed('osimertinib'), [])
  assert.equal(isBoxKnown('osimertinib'), true)
  assert.deepEqual(boxed('camizestrant'), [])
  assert.equal(isBoxKnown('camizestrant'), false)
  assert.equal(isBoxKnown('trastuzumab'), true)
})
