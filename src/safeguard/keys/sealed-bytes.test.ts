import assert from 'node:assert/strict'
import { createDecipheriv, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { OVERHEAD, open, seal, versionOf } from './sealed-bytes.ts'

const key = randomBytes(32)

test('any bytes come back under their key and context, and under no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.nat(), (plain, context, version) => {
      const sealed = seal(key, version, context, plain)
      assert.equal(sealed.length, plain.length + OVERHEAD)
      assert.equal(versionOf(sealed), version)
      assert.deepEqual(open(key, context, sealed), Buffer.from(plain))
      assert.equal(open(key, `${context}.`, sealed), undefined)
      assert.equal(open(randomBytes(32), context, sealed), undefined)
    }),
  )
})

test('every altered bit is seen', () => {
  const sealed = seal(key, 7, 'here', 'plain')
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = Buffer.from(sealed)
    altered[bit >> 3]! ^= 1 << (bit & 7)
    assert.equal(open(key, 'here', altered), undefined, `bit ${bit}`)
  }
  for (let length = 0; length < sealed.length; length++)
    assert.equal(open(key, 'here', sealed.subarray(0, length)), undefined)
})

test('no nonce comes twice', () => {
  const seen = new Set(
    Array.from({ length: 5_000 }, () => seal(key, 1, '', '').subarray(5, 17).toString('hex')),
  )
  assert.equal(seen.size, 5_000)
})

test('it is AES-256-GCM as the standard has it', () => {
  const sealed = seal(key, 1, 'here', 'plain')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(5, 17))
  decipher.setAAD(Buffer.concat([Buffer.of(1, 0, 0, 0, 1), Buffer.from('here')]))
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(17, -16)), decipher.final()])
  assert.equal(plain.toString(), 'plain')
})
