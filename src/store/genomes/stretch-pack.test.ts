import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { StretchPacker, type StretchVariant, unpackStretch } from './stretch-pack.ts'

const numbers = fc
  .uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { maxLength: 20 })
  .map((list) => list.sort((a, b) => a - b))
const variants: fc.Arbitrary<StretchVariant[]> = fc
  .array(
    fc.record(
      {
        offset: fc.nat(65_535),
        allele: fc.constantFrom('A G', 'C T', 'AC A', `${'ACGT'.repeat(2000)} A`),
        oneCopy: numbers,
        moreCopies: numbers,
      },
      { noNullPrototype: true },
    ),
    { maxLength: 40 },
  )
  .map((list) => list.sort((a, b) => a.offset - b.offset))

test('packed variants come back as they were, all of them or those at some offsets', () => {
  fc.assert(
    fc.property(variants, fc.array(fc.nat(39)), (list, places) => {
      const packer = new StretchPacker()
      for (const { offset, allele, oneCopy, moreCopies } of list)
        packer.add(offset, allele, oneCopy, moreCopies)
      const packed = packer.packed()
      assert.deepEqual([...unpackStretch(packed)], list)
      const offsets = new Set(places.map((place) => list[place]?.offset ?? 7))
      assert.deepEqual(
        [...unpackStretch(packed, offsets)],
        list.filter(({ offset }) => offsets.has(offset)),
      )
    }),
  )
})

test('an unknown layout or cut bytes are a defect, not an empty answer', () => {
  assert.throws(() => [...unpackStretch(Buffer.of(9, 0))], /layout 9/)
  const packer = new StretchPacker()
  packer.add(300, 'A G', [1, 2, 300], [])
  const packed = packer.packed()
  for (let length = 7; length < packed.length; length++) {
    assert.throws(() => [...unpackStretch(packed.subarray(0, length))], /too early/)
    assert.throws(() => [...unpackStretch(packed.subarray(0, length), new Set([1]))], /too early/)
  }
})
