import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../../terms/fault.ts'
import { readChain } from './chain.ts'

const CHAIN = `chain 4900 chr1 249250621 + 100 350 chr1 248956422 + 110 365 2
100	50	55
100

chain 100 chr1 249250621 + 120 140 chr1 248956422 + 5000 5020 3
20

chain 4000 chr2 243199373 + 0 10 chr3 198295559 + 0 10 4
10

chain 4000 chr2 243199373 + 0 10 chr2 242193529 - 0 10 5
10
`

test('blocks of the same chromosome, forward; a chain of lower score does not overlap a better one', () => {
  assert.deepEqual(readChain(CHAIN, 'GRCh37', 'x'), [
    { chromosome: '1', start37: 101, end37: 200, start38: 111 },
    { chromosome: '1', start37: 251, end37: 350, start38: 266 },
  ])
})

test('the file of the other direction', () => {
  assert.deepEqual(readChain(CHAIN, 'GRCh38', 'x')[0], {
    chromosome: '1',
    start37: 111,
    end37: 210,
    start38: 101,
  })
})

test('a damaged line is named', () => {
  for (const [text, line] of [
    ['100\t50\t55\n', 1],
    ['chain 4900 chr1\n', 1],
    [`${CHAIN}x y z\n`, 13],
  ] as const)
    assert.throws(
      () => readChain(text, 'GRCh37', 'x.chain'),
      (error) =>
        error instanceof Fault && error.code === 'CHAIN_MALFORMED' && error.where === `x.chain:${line}`,
    )
})
