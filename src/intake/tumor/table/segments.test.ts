import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../../test/support/tumor-parts.ts'

test('copies of both alleles, and ratios, each by the names of its program', async () => {
  const [copies] = await partsOf([
    'Chromosome\tStart\tEnd\tnMajor\tnMinor',
    'chr17\t100\t200\t3\t0',
    '23\t5\t9\t1\t0',
  ])
  assert.deepEqual(copies!.said.segments, [
    { chromosome: '17', start: 100, end: 200, total: 3, minor: 0 },
    { chromosome: 'X', start: 5, end: 9, total: 1, minor: 0 },
  ])
  const ratios = await partsOf([
    'ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean',
    'a\t1\t61735\t86341\t15\t-0.683',
    'b\t1\t61735\t86341\t15\t1e-2',
    'b\tGL000192.1\t1\t2\t1\t0',
  ])
  assert.deepEqual(
    ratios.map(({ sample, said, leftOut }) => [
      sample,
      said.ratios?.[0]?.log2,
      said.ratios?.[0]?.probes,
      leftOut.length,
    ]),
    [
      ['a', -0.683, 15, 0],
      ['b', 0.01, 15, 1],
    ],
  )
})

for (const [what, row] of [
  ['end before start', '1\t200\t100\t1\t1'],
  ['a word for a position', '1\tx\t100\t1\t1'],
  ['negative copies', '1\t1\t100\t-1\t1'],
  ['a word for copies', '1\t1\t100\tmany\t1'],
] as const)
  test(`${what} is SEGMENT_INVALID with its line`, async () => {
    await assert.rejects(partsOf(['Chromosome\tStart\tEnd\tnMajor\tnMinor', row]), {
      code: 'SEGMENT_INVALID',
      where: 'f:2',
    })
  })
