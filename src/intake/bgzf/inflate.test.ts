import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { constants } from 'node:zlib'
import fc from 'fast-check'
import { BGZIP_END, bgzipBlock } from '../../../test/support/bgzip-writer.ts'
import { type Inflate, inflateByLibdeflate, inflateByZlib } from './inflate.ts'
import { LIBDEFLATE_SHA256, LIBDEFLATE_WASM } from './libdeflate.ts'

const libdeflate = inflateByLibdeflate() as Inflate
const both: readonly (readonly [string, Inflate])[] = [
  ['libdeflate', libdeflate],
  ['zlib', inflateByZlib],
]

test('the module is the one whose making is written down', () => {
  const found = createHash('sha256').update(Buffer.from(LIBDEFLATE_WASM, 'base64')).digest('hex')
  assert.equal(found, LIBDEFLATE_SHA256)
})

/** Text that a DEFLATE writer makes literals, near and far matches, runs and several codes of. */
const text = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(255), fc.nat(2000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
      fc.tuple(fc.stringMatching(/^[ACGT]{1,20}$/), fc.nat(200)).map(([a, n]) => Buffer.from(a.repeat(n))),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => Buffer.concat(pieces).subarray(0, 65280))

const level = fc.constantFrom(0, 1, 6, 9)
const strategy = fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY)

test('gives back what any writer of blocks was given', () => {
  const block = fc.tuple(text, fc.record({ level, strategy }))
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (parts) => {
      const blocks = Buffer.concat([...parts.map(([one, how]) => bgzipBlock(one, how)), BGZIP_END])
      const expected = Buffer.concat(parts.map(([one]) => one))
      for (const [name, inflate] of both) {
        const found = inflate(blocks, expected.length)
        assert.ok(typeof found !== 'number' && found.equals(expected), name)
      }
    }),
    { numRuns: 200, seed: 6100 },
  )
})

test('a block that was altered anywhere is named', () => {
  const good = bgzipBlock(Buffer.from('chr1\t100\t.\tA\tG\n'.repeat(300)))
  const size = 300 * 15
  fc.assert(
    fc.property(
      fc.integer({ min: 18, max: good.length - 5 }),
      fc.integer({ min: 1, max: 255 }),
      (at, change) => {
        const bad = Buffer.from(good)
        bad[at]! ^= change
        for (const [name, inflate] of both)
          assert.equal(inflate(Buffer.concat([good, bad, good]), 3 * size), good.length, name)
      },
    ),
    { numRuns: 300, seed: 6101 },
  )
})

test('a block that holds more or less text than it says is named, as is one with bytes after its end', () => {
  const good = bgzipBlock(Buffer.from('text'))
  for (const says of [0, 3, 5, 65536]) {
    const bad = Buffer.from(good)
    bad.writeUInt32LE(says, bad.length - 4)
    for (const [name, inflate] of both)
      assert.equal(inflate(Buffer.concat([good, bad]), 4 + says), good.length, `${name} ${says}`)
  }
  const longer = Buffer.concat([good.subarray(0, -8), Buffer.from([0]), good.subarray(-8)])
  longer.writeUInt16LE(longer.length - 1, 16)
  for (const [name, inflate] of both) assert.equal(inflate(longer, 4), 0, name)
})

test('many blocks after few: the memory grows and still gives the same', () => {
  const one = Buffer.from(
    Array.from({ length: 9000 }, (_, i) => `${(i * 2654435761) >>> 0}`)
      .join('\n')
      .slice(0, 65000),
  )
  const block = bgzipBlock(one)
  for (const count of [1, 120, 2]) {
    const found = libdeflate(Buffer.concat(Array.from({ length: count }, () => block)), count * one.length)
    assert.ok(
      typeof found !== 'number' && found.equals(Buffer.concat(Array.from({ length: count }, () => one))),
    )
  }
})
