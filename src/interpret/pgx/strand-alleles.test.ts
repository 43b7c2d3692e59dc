import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toyCalls, toyGene } from '../../../test/support/toy-gene.ts'
import { GeneRule } from '../../knowledge/pgx/gene-rule.ts'
import { callableGene, callGene } from './call-gene.ts'

const DEFINITION = toyGene(
  {
    'c.1A>G': { 1: 'G' },
    'c.2A>G': { 2: 'G' },
    'c.3A>G': { 3: 'G' },
    'hap (H)': { 4: 'G', 5: 'G' },
    'c.4A>G': { 4: 'G' },
  },
  5,
)
const RULE = GeneRule.parse({
  gene: 'TOY',
  caller: 'lowest-function',
  lowestBy: 'activity-value',
  undocumentedAsReference: true,
  intronDecides: { haplotype: 'hap (H)', intronAllele: 'c.4A>G', intronPosition: 4, exonPosition: 5 },
})
const GENE = callableGene(DEFINITION, RULE)

const call = (text: string) => {
  const { diplotypes, alleles } = callGene(GENE, toyCalls(text))
  return diplotypes.length > 0 ? diplotypes.map((one) => `${one.name}=${one.score}`) : alleles
}
const REST = '4:A|A 5:A|A'

test('several variants on one strand are one combination', () => {
  assert.deepEqual(call(`1:A|G 2:A|G 3:A|A ${REST}`), ['*1/[c.1A>G + c.2A>G]=7'])
  assert.deepEqual(call(`1:A|G 2:G|A 3:A|G ${REST}`), ['c.2A>G/[c.1A>G + c.3A>G]=3'])
})

test('two phase sets are two arrangements, both given', () => {
  assert.deepEqual(call(`1:A|G@1 2:A|G@2 3:A|A ${REST}`), ['*1/[c.1A>G + c.2A>G]=7', 'c.1A>G/c.2A>G=2'])
})

test('without phase the variants are listed, those on both strands twice', () => {
  assert.deepEqual(call(`1:A/G 2:A/G 3:A/A ${REST}`), ['c.1A>G', 'c.2A>G'])
  assert.deepEqual(call(`1:G/G 2:A/G 3:A/G ${REST}`), ['c.1A>G', 'c.1A>G', 'c.2A>G', 'c.3A>G'])
})

test('one variant needs no phase', () => {
  assert.deepEqual(call(`1:A/G 2:A/A 3:A/A ${REST}`), ['*1/c.1A>G=6'])
})

const BASE = '1:A|A 2:A|A 3:A|A'

test('the intron decides: with its tag the haplotype, without it the intronic variant alone', () => {
  assert.deepEqual(call(`${BASE} 4:A|G 5:A|G`), ['*1/hap (H)=7'])
  assert.deepEqual(call(`${BASE} 4:A|G 5:A|A`), ['*1/c.4A>G=6'])
})

test('the tag without the intron is not counted, and said', () => {
  assert.deepEqual(call(`${BASE} 4:A|A 5:A|G`), ['*1/*1=10'])
  assert.match(
    callGene(GENE, toyCalls(`${BASE} 4:A|A 5:A|G`)).notes.join(' '),
    /without its causal intronic variant/,
  )
})

test('the tag stands in for an intron that was not read, and that is said', () => {
  assert.deepEqual(call(`${BASE} 5:A|G`), ['*1/hap (H)=5'])
  assert.match(
    callGene(GENE, toyCalls(`${BASE} 5:A|G`)).notes.join(' '),
    /inferred from its exonic tag alone/,
  )
})
