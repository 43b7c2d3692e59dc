import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { TreeFrontier } from './tree-frontier.ts'
import { EMPTY_ROOT, leafHash, nodeHash } from './tree-hash.ts'
import { consistencyProof, inclusionProof, rootOf } from './tree-proof.ts'
import { isConsistent, isIncluded } from './verify-proof.ts'

/** The tree of RFC 6962, section 2.1.3, and of every other size up to it. */
const seven = Array.from({ length: 7 }, (_, i) => leafHash(`d${i}`))
const [d0, d1, d2, d3, d4, d5, d6] = seven as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
const g = nodeHash(d0, d1)
const h = nodeHash(d2, d3)
const i = nodeHash(d4, d5)
const k = nodeHash(g, h)
const l = nodeHash(i, d6)
const at = (leaves: readonly Buffer[]) => (index: number) => leaves[index]!

test('the example tree of RFC 6962, section 2.1.3: audit paths', () => {
  const path = (index: number) => inclusionProof(at(seven), index, 7)
  assert.deepEqual(rootOf(at(seven), 0, 7), nodeHash(k, l))
  assert.deepEqual(path(0), [d1, h, l])
  assert.deepEqual(path(3), [d2, g, l])
  assert.deepEqual(path(4), [d5, d6, k])
  assert.deepEqual(path(6), [i, k])
})

test('the example tree of RFC 6962, section 2.1.3: consistency proofs', () => {
  const proof = (older: number) => consistencyProof(at(seven), older, 7)
  assert.deepEqual(proof(3), [d2, d3, g, l])
  assert.deepEqual(proof(4), [l])
  assert.deepEqual(proof(6), [i, d6, k])
  assert.deepEqual(proof(7), [])
})

test('hashes as published: no leaves, the empty leaf, a leaf, a node', () => {
  assert.equal(EMPTY_ROOT.toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.equal(
    leafHash('').toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
  assert.equal(
    leafHash('L123456').toString('hex'),
    '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
  )
  assert.equal(
    nodeHash(Buffer.from('N123'), Buffer.from('N456')).toString('hex'),
    'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
  )
})

const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => leafHash(`leaf ${n}`))
const many = leavesOf(300)
const size = fc.integer({ min: 1, max: 300 })

test('a frontier that grows has the root of the whole tree, and survives being kept', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (a, b) => {
      const [first, all] = a < b ? [a, b] : [b, a]
      let frontier = TreeFrontier.empty()
      for (let n = 0; n < first; n++) frontier.append(many[n]!)
      assert.deepEqual(frontier.root(), rootOf(at(many), 0, first))
      frontier = TreeFrontier.of(first, frontier.bytes)
      for (let n = first; n < all; n++) frontier.append(many[n]!)
      assert.deepEqual(frontier.root(), rootOf(at(many), 0, all))
      assert.equal(frontier.size, all)
    }),
  )
})

test('a frontier of another size is refused', () => {
  const frontier = TreeFrontier.empty()
  for (const leaf of seven) frontier.append(leaf)
  assert.throws(() => TreeFrontier.of(8, frontier.bytes), RangeError)
  assert.throws(() => TreeFrontier.of(-1, Buffer.alloc(0)), RangeError)
  assert.throws(() => TreeFrontier.of(7, frontier.bytes.subarray(1)), RangeError)
})

test('every leaf is proved in every tree that has it, and with nothing else', () => {
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (n, pick, bit, byte) => {
      const index = pick % n
      const root = rootOf(at(many), 0, n)
      const proof = inclusionProof(at(many), index, n)
      const leaf = many[index]!
      assert.equal(isIncluded(root, n, index, leaf, proof), true)
      assert.equal(isIncluded(root, BigInt(n), BigInt(index), leaf, proof), true)
      assert.equal(isIncluded(root, n, index + 1, leaf, proof), false)
      assert.equal(isIncluded(root, n, index - 1, leaf, proof), false)
      assert.equal(isIncluded(root, n, n, leaf, proof), false)
      assert.equal(isIncluded(root, n, index, leaf, [...proof, leaf]), false)
      assert.equal(isIncluded(root, n, index, leaf, [leaf, ...proof]), false)
      assert.equal(isIncluded(root, n, index, leaf.subarray(0, 31), proof), false)
      if (proof.length === 0) return
      assert.equal(isIncluded(root, n, index, leaf, proof.slice(1)), false)
      assert.equal(isIncluded(root, n, index, leaf, proof.slice(0, -1)), false)
      const forged = proof.map((one) => Buffer.from(one))
      forged[byte % forged.length]![bit % 32]! ^= 1 << (bit % 8)
      assert.equal(isIncluded(root, n, index, leaf, forged), false)
    }),
  )
})

test('every tree is consistent with every later one, and with nothing else', () => {
  fc.assert(
    fc.property(size, size, fc.nat(), (a, b, bit) => {
      const [older, newer] = a < b ? [a, b] : [b, a]
      const first = rootOf(at(many), 0, older)
      const second = rootOf(at(many), 0, newer)
      const proof = consistencyProof(at(many), older, newer)
      assert.equal(isConsistent(first, older, second, newer, proof), true)
      assert.equal(isConsistent(first, older, second, newer, [...proof, first]), false)
      assert.equal(isConsistent(first, older, second, newer, [first, ...proof]), false)
      assert.equal(isConsistent(first, 0, second, newer, proof), false)
      if (older === newer) return
      assert.equal(isConsistent(second, older, first, newer, proof), false)
      assert.equal(isConsistent(second, newer, first, older, proof), false)
      assert.equal(isConsistent(first, older, second, newer, proof.slice(1)), false)
      assert.equal(isConsistent(first, older, second, newer, proof.slice(0, -1)), false)
      const forged = proof.map((one) => Buffer.from(one))
      forged[bit % forged.length]![bit % 32]! ^= 1 << (bit % 8)
      assert.equal(isConsistent(first, older, second, newer, forged), false)
    }),
  )
})

test('counts that no tree has are refused: fractions, negatives, beyond what a double tells apart', () => {
  for (const n of [0.5, -1, Number.NaN, 2 ** 53, -1n, 2n ** 64n]) {
    assert.equal(isIncluded(d0, n, 0, d0, []), false, `size ${n}`)
    assert.equal(isIncluded(d0, 1, n, d0, []), false, `index ${n}`)
    assert.equal(isConsistent(d0, n, d0, n, []), false, `sizes ${n}`)
  }
  assert.throws(() => inclusionProof(at(seven), 7, 7), RangeError)
  assert.throws(() => inclusionProof(at(seven), 0.5, 7), RangeError)
  assert.throws(() => consistencyProof(at(seven), 0, 7), RangeError)
  assert.throws(() => consistencyProof(at(seven), 8, 7), RangeError)
})
