import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { percent, sureWords } from './sure-words.ts'

for (const [probability, text] of [
  [0, '0%'],
  [0.00001, '<0.01%'],
  [0.0001, '0.01%'],
  [0.0006, '0.06%'],
  [0.0099, '1%'],
  [0.16, '16%'],
  [0.99, '99%'],
  [0.994, '99.4%'],
  [0.9989, '99.9%'],
  [0.9994, '>99.9%'],
  [0.999999, '>99.9%'],
  [1, '100%'],
] as const) {
  test(`a probability of ${probability} is printed as ${text}`, () =>
    assert.equal(percent(probability), text))
}

const gene = (name: string) => exampleCase.findings.find((one) => one.gene === name)!

test('a gene that is not known says why', () => {
  assert.deepEqual(sureWords(gene('NUDT15')), [
    'Not known, because: No defining position of NUDT15 is in the file.',
  ])
})

test('a missing position names what it could hide, and the rival diplotype with its share and population', () => {
  const words = sureWords(gene('CYP2C9')).join(' ')
  for (const part of ['*1/*1: 84%', '*1/*2 (16%)', '1000 Genomes', '82 of 83 positions seen', '*2, *35'])
    assert.ok(words.includes(part), `${part} in: ${words}`)
})

test('two reported diplotypes with different phenotypes are not called certain', () => {
  const words = sureWords(gene('TPMT')).join(' ')
  assert.ok(words.includes('The phenotype depends on which one is true.'), words)
  assert.ok(words.includes('*3B/*3C: 0.06%'), words)
})

test('an outside call is never called certain', () => {
  assert.deepEqual(sureWords(gene('CYP2D6')), ['Taken as the outside laboratory sent it.'])
})
