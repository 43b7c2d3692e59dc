import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareAlleles, diplotypeName } from './allele-order.ts'

test('alleles are in report order', () => {
  const ordered = [
    'Reference',
    '*1',
    '*2',
    '*10',
    '711+3A->G',
    'S1159F',
    'c.85T>C (*9A)',
    'c.1129-5923C>G',
    'ivacaftor non-responsive CFTR sequence',
    '[c.85T>C (*9A) + c.496A>G]',
    '[c.85T>C (*9A) + c.496A>G + c.1896T>C]',
  ]
  assert.deepEqual([...ordered].reverse().sort(compareAlleles), ordered)
})

test('a diplotype is written in that order whichever strand came first', () => {
  assert.equal(diplotypeName('*10', '*2'), '*2/*10')
  assert.equal(diplotypeName('[a + b]', 'c.85T>C (*9A)'), 'c.85T>C (*9A)/[a + b]')
})

test('the order is total: swapping turns the sign, equal only to itself', () => {
  const name = fc.stringMatching(/^(\*\d{1,3}|c\.\d{1,4}[ACGT]>[ACGT]|Reference|\[a \+ b\])$/)
  fc.assert(
    fc.property(
      name,
      name,
      (a, b) =>
        Math.sign(compareAlleles(a, b)) === -Math.sign(compareAlleles(b, a)) &&
        (compareAlleles(a, b) === 0) === (a === b),
    ),
  )
})
