import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '../../record/resource.ts'
import { holds, isHaplotype, isOfGene } from './haplotype.ts'

const genotype = (code: string, gene = 'HGNC:2621', display = 'CYP2C19', status = 'final'): Resource => ({
  resourceType: 'Observation',
  id: 'g',
  status,
  code: { coding: [{ system: 'http://loinc.org', code: '84413-4' }] },
  valueCodeableConcept: { coding: [{ system: 'https://www.pharmvar.org', code }] },
  component: [
    {
      code: { coding: [{ system: 'http://loinc.org', code: '48018-6' }] },
      valueCodeableConcept: { coding: [{ system: 'http://www.genenames.org/geneId', code: gene, display }] },
    },
  ],
})

const HOLDS: readonly (readonly [string, string, boolean])[] = [
  ['CYP2C19 *1/*17', 'CYP2C19', true],
  ['CYP2C19 *1/*17', 'CYP2C9', false],
  ['CYP2C19 *1/*17', 'CYP2C19 *1/*17', true],
  ['CYP2C19 *1/*17', 'https://www.pharmvar.org|CYP2C19 *1/*17', true],
  ['CYP2C19 *1/*17', 'http://example.org|CYP2C19 *1/*17', false],
  ['CYP2C19 *1/*17', 'CYP2C19 *17', true],
  ['CYP2C19 *1/*17', 'CYP2C19 *1', true],
  ['CYP2C19 *1/*17', 'CYP2C19 *7', false],
  ['CYP2C19 *1/*17', 'CYP2C19 *1/*1', false],
  ['hla#3.33.0#HLA-B*08:01/HLA-B*40:01', 'HLA-B*08', true],
  ['hla#3.33.0#HLA-B*08:01/HLA-B*40:01', 'HLA-B*40:01', true],
  ['hla#3.33.0#HLA-B*08:01/HLA-B*40:01', 'HLA-B*4', false],
  ['hla#3.33.0#HLA-B*08:01/HLA-B*40:01', 'HLA-A*01', false],
  // Typed to a code for several alleles of the group: may be the one asked for.
  ['DRB1*13:AKBAR', 'DRB1*13:02', true],
  ['DRB1*13:AKBAR', 'DRB1*14:02', false],
]
for (const [name, asked, held] of HOLDS)
  test(`${name} ${held ? 'holds' : 'does not hold'} ${asked}`, () => {
    const gene = name.startsWith('CYP2C19') ? 'CYP2C19' : 'HLA'
    assert.equal(holds(genotype(name, 'HGNC:1', gene), asked), held)
  })

test('genes are named by HGNC id, with or without the system, or by symbol', () => {
  const one = genotype('CYP2C19 *1/*17')
  for (const token of ['http://www.genenames.org/geneId|HGNC:2621', 'HGNC:2621', 'CYP2C19'])
    assert.equal(isOfGene(one, token), true)
  assert.equal(isOfGene(one, 'HGNC:2623'), false)
})

test('a withdrawn genotype is none', () => {
  assert.equal(isHaplotype(genotype('CYP2C19 *1/*17')), true)
  assert.equal(isHaplotype(genotype('CYP2C19 *1/*17', 'HGNC:2621', 'CYP2C19', 'entered-in-error')), false)
})
