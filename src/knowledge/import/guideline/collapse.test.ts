import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareResults, type Lookup, lookupsOf, productsOf } from './collapse.ts'

/** The lookups that products stand for, as sorted text. */
function expanded(products: readonly Map<string, readonly string[]>[]): string[] {
  return products.flatMap((product) => {
    const when = [...product].map(([gene, values]) => ({
      gene,
      basis: 'phenotype' as const,
      in: [...values],
    }))
    return lookupsOf(when).map(textOf)
  })
}

function textOf(lookup: Lookup): string {
  return JSON.stringify(Object.entries(lookup).sort())
}

test('a full square of two genes is one product', () => {
  const lookups = ['PM', 'IM'].flatMap((a) => ['0.0', '0.5'].map((b) => ({ CYP2C19: a, CYP2D6: b })))
  const products = productsOf(lookups)
  assert.deepEqual(products, [
    new Map([
      ['CYP2C19', ['IM', 'PM']],
      ['CYP2D6', ['0.0', '0.5']],
    ]),
  ])
})

test('a square with a hole keeps the hole', () => {
  const products = productsOf([
    { A: 'x', B: '1' },
    { A: 'x', B: '2' },
    { A: 'y', B: '1' },
  ])
  assert.equal(expanded(products).includes(textOf({ A: 'y', B: '2' })), false)
  assert.equal(expanded(products).length, 3)
})

test('products cover exactly the lookups, each once, for any set', () => {
  const value = fc.constantFrom('a', 'b', 'c', 'No Result')
  const lookups = fc.uniqueArray(fc.record({ A: value, B: value, C: value }), {
    selector: textOf,
    minLength: 1,
  })
  fc.assert(
    fc.property(lookups, (set) => {
      assert.deepEqual(expanded(productsOf(set)).sort(), set.map(textOf).sort())
    }),
  )
})

test('the products of a set do not depend on its order', () => {
  const value = fc.constantFrom('a', 'b', 'c')
  const lookups = fc.uniqueArray(fc.record({ A: value, B: value }), { selector: textOf, minLength: 1 })
  fc.assert(
    fc.property(lookups, (set) => {
      const size = (one: readonly Lookup[]): string[] => expanded(productsOf(one)).sort()
      assert.deepEqual(size(set), size([...set].reverse()))
    }),
  )
})

test('lookups over different genes are refused', () => {
  assert.throws(() => productsOf([{ A: 'x' }, { B: 'x' }]), RangeError)
})

test('results sort by score, at-least scores after equal ones, words last', () => {
  const sorted = ['No Result', '≥3.0', '10.0', '3.0', 'n/a', '0.25', '2.75'].sort(compareResults)
  assert.deepEqual(sorted, ['0.25', '2.75', '3.0', '≥3.0', '10.0', 'No Result', 'n/a'])
})
