import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openStream, sealStream } from './sealed-stream.ts'

const key = randomBytes(32)
const PIECE = 65_536
const SEALED_PIECE = PIECE + 16

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

const sealed = (plain: Buffer, size = 1000) => all(sealStream(key, inChunks(plain, size)))
const opened = (bytes: Buffer, size = 1000, under = key) =>
  all(openStream(under, inChunks(bytes, size), 'file'))
const tampered = (error: unknown) => (error as { code?: string }).code === 'VAULT_TAMPERED'

for (const length of [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17]) {
  test(`a file of ${length} bytes comes back, however it is cut on the way`, async () => {
    const plain = randomBytes(length)
    for (const size of [777, PIECE, 1_000_000]) {
      const bytes = await sealed(plain, size)
      for (const again of [501, SEALED_PIECE, 1_000_000]) assert.deepEqual(await opened(bytes, again), plain)
    }
  })
}

test('pieces altered, exchanged, repeated, left out or cut off are seen', async () => {
  const bytes = await sealed(randomBytes(3 * PIECE + 100))
  const head = bytes.subarray(0, 8)
  const piece = (i: number) => bytes.subarray(8 + i * SEALED_PIECE, 8 + (i + 1) * SEALED_PIECE)
  const [a, b, c, d] = [piece(0), piece(1), piece(2), piece(3)] as const
  assert.deepEqual(Buffer.concat([head, a, b, c, d]), bytes)
  const wrong: Record<string, Buffer> = {
    exchanged: Buffer.concat([head, b, a, c, d]),
    repeated: Buffer.concat([head, a, a, b, c, d]),
    'left out': Buffer.concat([head, a, c, d]),
    'cut off after a whole piece': Buffer.concat([head, a, b, c]),
    'cut off within a piece': bytes.subarray(0, -1),
    'a byte more': Buffer.concat([bytes, Buffer.of(0)]),
    'another beginning': Buffer.concat([Buffer.from('plaintxt'), a, b, c, d]),
    empty: Buffer.alloc(0),
    'the beginning alone': head,
  }
  for (const at of [0, 8, 8 + PIECE, bytes.length - 1]) {
    const altered = Buffer.from(bytes)
    altered[at]! ^= 1
    wrong[`altered at ${at}`] = altered
  }
  for (const [what, one] of Object.entries(wrong)) await assert.rejects(opened(one), tampered, what)
  await assert.rejects(opened(bytes, 1000, randomBytes(32)), tampered)
})
