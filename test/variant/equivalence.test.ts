import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../support/shared-data.ts'
import { compareNeighbours, compareSets, compareTriples } from './triples.ts'

const TRIPLES = 'reference/hgvs-vcf-triples.tsv.gz'
const SETS = 'reference/hgvs-equivalents.tsv.gz'

test('HGVS and the VCF record of the same variant: same, or the repeat that would have to be there', {
  skip: needs(TRIPLES),
}, () => {
  const { pairs, same, unknown, different, refused } = compareTriples()
  // A record of the published set whose position is not that of its own expression.
  assert.deepEqual(different, ['NC_012920.1:m.1616A>G | MT-1661-A-G'])
  assert.deepEqual(refused, [])
  assert.deepEqual(Object.keys(unknown), ['only-if-repeat'])
  assert.equal(same + unknown['only-if-repeat']! + 1, pairs)
  assert.ok(same > 0.75 * pairs)
})

test('expressions of one allele on one sequence are never called different', { skip: needs(SETS) }, () => {
  const { pairs, same, different, refused } = compareSets()
  assert.deepEqual(different, [])
  assert.deepEqual(refused, [])
  assert.ok(same >= 0.99 * pairs, `${same} of ${pairs}`)
})

test('expressions of two alleles on one sequence are never called the same', { skip: needs(SETS) }, () => {
  const { pairs, same, different } = compareNeighbours()
  assert.equal(same, 0)
  assert.ok(different.length > 0.8 * pairs, `${different.length} of ${pairs}`)
})
