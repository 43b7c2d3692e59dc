import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toyCalls, toyGene } from '../../../test/support/toy-gene.ts'
import type { PhenotypeTables } from '../../knowledge/pgx/allele-function.ts'
import { GeneRule } from '../../knowledge/pgx/gene-rule.ts'
import type { GeneFrequencies } from '../../knowledge/pgx/haplotype-frequency.ts'
import { callableGene, callGene } from './call-gene.ts'
import { candidatesOf } from './candidates.ts'
import { interpreter } from './diplotype-call.ts'

const RULE = GeneRule.parse({ gene: 'TOY', caller: 'diplotype' })
const GENE = callableGene(toyGene({ '*2': { 1: 'G' }, '*3': { 2: 'G' }, '*4': { 1: 'G', 2: 'G' } }, 2), RULE)
const NO_TABLES: PhenotypeTables = {
  functionOf: () => undefined,
  allelesOf: () => [],
  phenotypeOf: () => undefined,
  phenotypeOfScore: () => undefined,
  scoresOf: () => [],
  phenotypesOf: () => [],
  genes: [],
}

function frequencies(table: Readonly<Record<string, number>>): GeneFrequencies {
  return { frequencyOf: (allele) => table[allele], alleles: Object.keys(table) }
}

/** "*1/*4 0.90 reported" */
function candidates(calls: string, table: Readonly<Record<string, number>> | undefined): string[] {
  return candidatesOf(
    interpreter(RULE, NO_TABLES),
    callGene(GENE, toyCalls(calls)),
    table && frequencies(table),
  ).map((one) => `${one.name} ${one.probability?.toFixed(3) ?? '-'}${one.reported ? ' reported' : ''}`)
}

test('diplotypes share the probability by Hardy-Weinberg proportions', () => {
  // 2 x 0.6 x 0.1 against 2 x 0.2 x 0.1
  assert.deepEqual(candidates('1:A/G 2:A/G', { '*1': 0.6, '*2': 0.2, '*3': 0.1, '*4': 0.1 }), [
    '*1/*4 0.750 reported',
    '*2/*3 0.250',
  ])
})

test('the more probable diplotype comes first even where the longer definition is reported', () => {
  assert.deepEqual(candidates('1:A/G 2:A/G', { '*1': 0.5, '*2': 0.25, '*3': 0.24, '*4': 0.01 }), [
    '*2/*3 0.923',
    '*1/*4 0.077 reported',
  ])
})

test('an unseen position keeps open what it could hide, as far as the population carries it', () => {
  assert.deepEqual(candidates('1:A/A', { '*1': 0.9, '*3': 0.1 }), [
    '*1/*1 0.810 reported',
    '*1/*3 0.180',
    '*3/*3 0.010',
  ])
  assert.deepEqual(candidates('1:A/A', { '*1': 1 }), ['*1/*1 1.000 reported'])
})

test('without frequencies what fits is given without a number', () => {
  assert.deepEqual(candidates('1:A/G 2:A/G', undefined), ['*1/*4 - reported', '*2/*3 -'])
})

test('a single fit is certain', () => {
  assert.deepEqual(candidates('1:A|G 2:A|G', undefined), ['*1/*4 1.000 reported'])
})
