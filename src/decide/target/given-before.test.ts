import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenBefore } from './given-before.ts'

const alone = { drug: 'osimertinib', regimens: [[]] }
const either = { drug: 'panitumumab', regimens: [['fluorouracil', 'oxaliplatin'], ['sotorasib']] }

test('a treatment was given when the drug and all partners of one combination were', () => {
  assert.deepEqual(givenBefore(alone, ['osimertinib']), {
    whole: true,
    because: 'osimertinib was given already',
  })
  assert.equal(givenBefore(either, ['panitumumab', 'sotorasib'])?.whole, true)
  assert.equal(givenBefore(either, ['panitumumab', 'fluorouracil'])?.whole, false)
  assert.equal(givenBefore(either, ['sotorasib']), undefined)
})

test('a fixed combination was given when its parts were', () => {
  const fixed = { drug: 'avutometinib and defactinib', regimens: [[]] }
  assert.equal(givenBefore(fixed, ['avutometinib', 'defactinib'])?.whole, true)
  assert.equal(givenBefore(fixed, ['avutometinib']), undefined)
})

test('of treatments that nobody told nothing is said', () => {
  assert.equal(givenBefore(alone), undefined)
})

test('an antibody under the skin is the antibody', () => {
  const under = { drug: 'trastuzumab and hyaluronidase', regimens: [[]] }
  assert.equal(givenBefore(under, ['trastuzumab'])?.whole, true)
  assert.equal(givenBefore(under, ['pertuzumab']), undefined)
  const vein = { drug: 'trastuzumab', regimens: [[]] }
  assert.equal(givenBefore(vein, ['trastuzumab and hyaluronidase'])?.whole, true)
})
