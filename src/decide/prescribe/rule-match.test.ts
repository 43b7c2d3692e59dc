import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calledGene, diplotypeCall, pgxFinding } from '../../../test/support/pgx-finding.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { When } from '../../knowledge/guideline/guideline-rule.ts'
import { lackOf, type Matchable, matchRules } from './rule-match.ts'

const NONE = 'No Result'
const when = (gene: string, basis: When['basis'], ...values: string[]): When => ({ gene, basis, in: values })
const rule = (id: string, ...conditions: When[]): Matchable => ({
  id,
  when: conditions,
  population: { code: 'general' },
})
const people = (...findings: PgxFinding[]) => new Map(findings.map((one) => [one.gene, one]))
const ids = (rules: readonly Matchable[], ...findings: PgxFinding[]) =>
  matchRules(rules, people(...findings), 'drug').map((match) => match.rule.id)

const thiopurine = [
  rule('nm-nm', when('TPMT', 'phenotype', 'NM'), when('NUDT15', 'phenotype', 'NM')),
  rule('im-none', when('TPMT', 'phenotype', 'IM'), when('NUDT15', 'phenotype', NONE)),
  rule('none-im', when('TPMT', 'phenotype', NONE), when('NUDT15', 'phenotype', 'IM')),
  rule('im-im', when('TPMT', 'phenotype', 'IM'), when('NUDT15', 'phenotype', 'IM')),
  rule('none-none', when('TPMT', 'phenotype', NONE), when('NUDT15', 'phenotype', NONE)),
]
const tpmt = calledGene('TPMT', '*1/*3A', 'IM')
const nudt15 = calledGene('NUDT15', '*1/*3', 'IM')

test('all conditions of a rule must hold', () => {
  assert.deepEqual(ids(thiopurine, tpmt, nudt15), ['im-im'])
})
test('a gene without a result takes the row for no result', () => {
  assert.deepEqual(ids(thiopurine, tpmt), ['im-none'])
  assert.deepEqual(ids(thiopurine, pgxFinding('TPMT'), nudt15), ['none-im'])
})
test('without any result nothing is advised, even if a row exists', () => {
  assert.deepEqual(ids(thiopurine), [])
  assert.deepEqual(ids(thiopurine, pgxFinding('TPMT'), pgxFinding('NUDT15')), [])
})

test('several genotypes that fit: every rule is kept and marked', () => {
  const two = pgxFinding('TPMT', {
    lookup: [diplotypeCall('*1/*3A', 'IM'), diplotypeCall('*3B/*3C', 'PM')],
  })
  const rules = [rule('im', when('TPMT', 'phenotype', 'IM')), rule('pm', when('TPMT', 'phenotype', 'PM'))]
  assert.deepEqual(
    matchRules(rules, people(two), 'drug').map((one) => [one.rule.id, one.ambiguous]),
    [
      ['im', true],
      ['pm', true],
    ],
  )
  const both = [rule('any', when('TPMT', 'phenotype', 'IM', 'PM'))]
  assert.deepEqual(
    matchRules(both, people(two), 'drug').map((one) => [one.rule.id, one.ambiguous, one.genotypes.length]),
    [['any', false, 2]],
  )
})
test('a genotype that leads nowhere marks the others', () => {
  const two = pgxFinding('G', { lookup: [diplotypeCall('a/b', 'IM'), diplotypeCall('c/d', 'Indeterminate')] })
  const found = matchRules([rule('im', when('G', 'phenotype', 'IM'))], people(two), 'drug')
  assert.deepEqual(
    found.map((one) => one.ambiguous),
    [true],
  )
})

const phenytoin = [
  rule('pair', when('CYP2C9', 'diplotype', '*1/*3')),
  rule('phenotype', when('CYP2C9', 'phenotype', 'Intermediate Metabolizer')),
]
test('the exact pair wins over the phenotype', () => {
  assert.deepEqual(ids(phenytoin, calledGene('CYP2C9', '*1/*3', 'Intermediate Metabolizer', '1.0')), ['pair'])
  assert.deepEqual(ids(phenytoin, calledGene('CYP2C9', '*1/*5', 'Intermediate Metabolizer', '1.5')), [
    'phenotype',
  ])
})
test('the exact pair of one gene does not remove rules on another', () => {
  const rules = [...phenytoin, rule('vkorc1', when('VKORC1', 'phenotype', '-1639 AA'))]
  const found = ids(
    rules,
    calledGene('CYP2C9', '*1/*3', 'Intermediate Metabolizer', '1.0'),
    calledGene('VKORC1', 'a/a', '-1639 AA'),
  )
  assert.deepEqual(found, ['pair', 'vkorc1'])
})
test('rules for different people do not replace each other', () => {
  const child: Matchable = {
    ...rule('child', when('CYP2C9', 'phenotype', 'Intermediate Metabolizer')),
    population: { code: 'child' },
  }
  const found = ids([...phenytoin, child], calledGene('CYP2C9', '*1/*3', 'Intermediate Metabolizer', '1.0'))
  assert.deepEqual(found, ['pair', 'child'])
})

const carbamazepine = [
  rule('a-pos-b-none', when('HLA-A', 'marker', '*31:01 positive'), when('HLA-B', 'marker', NONE)),
  rule('b-pos-a-none', when('HLA-A', 'marker', NONE), when('HLA-B', 'marker', '*15:02 positive')),
]
const hla = (gene: string, ...markers: string[]) => pgxFinding(gene, { markers })

test('a typing of another allele is no result for the allele that is asked', () => {
  assert.deepEqual(ids(carbamazepine, hla('HLA-A', '*31:01 positive'), hla('HLA-B', '*57:01 positive')), [
    'a-pos-b-none',
  ])
  assert.deepEqual(ids(carbamazepine, hla('HLA-B', '*57:01 positive')), [])
  assert.deepEqual(ids(carbamazepine, hla('HLA-B', '*15:02 positive')), ['b-pos-a-none'])
})

for (const [what, finding, lack] of [
  ['not tested', undefined, { gene: 'HLA-B', whole: true, alleles: ['*15:02'] }],
  ['another allele', hla('HLA-B', '*57:01 negative'), { gene: 'HLA-B', whole: true, alleles: ['*15:02'] }],
  ['the allele', hla('HLA-B', '*15:02 negative'), undefined],
] as const) {
  test(`what is lacking of HLA-B, ${what}`, () => {
    assert.deepEqual(lackOf(carbamazepine, 'HLA-B', finding), lack)
  })
}
test('one of two alleles asked for is a part', () => {
  const rules = [rule('x', when('HLA-B', 'marker', '*15:02 positive', '*15:11 positive'))]
  assert.deepEqual(lackOf(rules, 'HLA-B', hla('HLA-B', '*15:02 negative')), {
    gene: 'HLA-B',
    whole: false,
    alleles: ['*15:11'],
  })
})
