import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { PuncturedTree } from './punctured-tree.ts'

const handle = fc.uint8Array({ minLength: 8, maxLength: 8 })
/** Handles that share a long beginning, so that punctures lie side by side. */
const near = fc.integer({ min: 0, max: 20 }).map((n) => Uint8Array.of(7, 7, 7, 7, 7, 7, 7, n))

test('a destroyed secret is gone, and every other one is what it was', () => {
  const top = randomBytes(32)
  fc.assert(
    fc.property(
      fc.array(fc.oneof(handle, near), { minLength: 1, maxLength: 8 }),
      fc.array(near),
      (gone, asked) => {
        const whole = PuncturedTree.grow(top)
        const tree = PuncturedTree.grow(top)
        for (const one of gone) tree.puncture(one)
        const again = PuncturedTree.from(tree.toBytes())
        const isGone = new Set(gone.map((one) => Buffer.from(one).toString('hex')))
        for (const one of [...gone, ...asked, new Uint8Array(8), new Uint8Array(8).fill(255)]) {
          const expected = isGone.has(Buffer.from(one).toString('hex')) ? undefined : whole.secretOf(one)
          assert.deepEqual(tree.secretOf(one), expected)
          assert.deepEqual(again.secretOf(one), expected)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('what is kept holds no node on the way to a destroyed leaf, and stays small', () => {
  const tree = PuncturedTree.grow(randomBytes(32))
  const one = randomBytes(8)
  assert.equal(tree.puncture(one), true)
  assert.equal(tree.puncture(one), false, 'once')
  const bytes = tree.toBytes()
  assert.equal(bytes.length, 96 * 41)
  const path = one.readBigUInt64BE()
  for (let at = 0; at < bytes.length; at += 41) {
    const shift = BigInt(64 - 2 * bytes[at]!)
    assert.notEqual((path >> shift) << shift, bytes.readBigUInt64BE(at + 1), 'a node above the leaf')
  }
})

test('secrets of different handles differ; a handle has eight bytes', () => {
  const tree = PuncturedTree.grow(randomBytes(32))
  const secrets = Array.from({ length: 300 }, () => tree.secretOf(randomBytes(8))!.toString('hex'))
  assert.equal(new Set(secrets).size, 300)
  assert.throws(() => tree.secretOf(randomBytes(7)), RangeError)
})

test('a secret that was handed out may be overwritten', () => {
  const tree = PuncturedTree.grow(randomBytes(32))
  tree.puncture(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0))
  const leaf = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1)
  const first = tree.secretOf(leaf)!
  const kept = Buffer.from(first)
  first.fill(0)
  assert.deepEqual(tree.secretOf(leaf), kept)
})
