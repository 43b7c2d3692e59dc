import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { BGZIP_END, bgzip, bgzipBlock } from '../../test/support/bgzip-writer.ts'
import { Fault } from '../terms/fault.ts'
import { isBgzip } from './bgzf/block.ts'
import { uncompressed } from './compression.ts'

async function* of(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function textOf(...chunks: Uint8Array[]): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of uncompressed(of(...chunks), 'file')) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function codeOf(...chunks: Uint8Array[]): Promise<string> {
  try {
    await textOf(...chunks)
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'read'
}

test('bgzip is told from gzip by its extra field', () => {
  assert.equal(isBgzip(bgzip('text')), true)
  assert.equal(isBgzip(BGZIP_END), true)
  assert.equal(isBgzip(gzipSync('text')), false)
  assert.equal(isBgzip(Buffer.from('text')), false)
})

test('plain, gzip, gzip of several members, bgzip, bgzip files joined', async () => {
  const long = 'line of text\n'.repeat(20_000)
  assert.equal(await textOf(Buffer.from(long)), long)
  assert.equal(await textOf(gzipSync(long)), long)
  assert.equal(await textOf(Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])), 'one\ntwo\n')
  assert.equal(await textOf(bgzip(long)), long)
  assert.equal(await textOf(Buffer.concat([bgzip('one\n'), bgzip('two\n')])), 'one\ntwo\n')
})

test('bgzip in pieces of one byte', async () => {
  const bytes = bgzip('some text that is cut everywhere\n', 7)
  const pieces = Array.from({ length: bytes.length }, (_, i) => bytes.subarray(i, i + 1))
  assert.equal(await textOf(...pieces), 'some text that is cut everywhere\n')
})

test('many small blocks stay in order', async () => {
  const long = Array.from({ length: 5000 }, (_, i) => `${i}\n`).join('')
  assert.equal(await textOf(bgzip(long, 50)), long)
})

test('more than one thread’s share of blocks in one piece', async () => {
  // Numbers that do not compress well, so that the compressed file exceeds a batch.
  const long = Array.from({ length: 400_000 }, (_, i) => ((i * 2654435761) >>> 0).toString(36)).join('\n')
  const bytes = bgzip(long)
  assert.ok(bytes.length > 1 << 20)
  assert.equal((await textOf(bytes)) === long, true)
})

test('what is cut or damaged', async () => {
  const text = 'some text\n'.repeat(50)
  const block = bgzipBlock(Buffer.from(text))
  assert.equal(await codeOf(Buffer.from([0x1f])), 'read')
  assert.equal(await codeOf(Buffer.from([0x1f, 0x8b])), 'TRUNCATED_GZIP')
  assert.equal(await codeOf(gzipSync(text).subarray(0, -1)), 'TRUNCATED_GZIP')
  assert.equal(await codeOf(gzipSync(text), gzipSync(text).subarray(0, 5)), 'TRUNCATED_GZIP')
  assert.equal(await codeOf(gzipSync(text), Buffer.from('rest')), 'DAMAGED_GZIP')
  assert.equal(await codeOf(block), 'TRUNCATED_GZIP')
  assert.equal(await codeOf(block, BGZIP_END.subarray(0, 20)), 'TRUNCATED_GZIP')
  assert.equal(await codeOf(block, BGZIP_END.subarray(0, 10)), 'TRUNCATED_GZIP')
  assert.equal(await codeOf(block, gzipSync(text)), 'DAMAGED_GZIP')
  assert.equal(await codeOf(block, Buffer.from('something else, longer than a header')), 'DAMAGED_GZIP')
})

test('a block that claims more text than it may hold is refused before it is inflated', async () => {
  const block = bgzipBlock(Buffer.from('text'))
  block.writeUInt32LE(70_000, block.length - 4)
  assert.equal(await codeOf(block, BGZIP_END), 'DAMAGED_GZIP')
  const short = bgzipBlock(Buffer.from('text'))
  short.writeUInt32LE(2, short.length - 4)
  assert.equal(await codeOf(short, BGZIP_END), 'DAMAGED_GZIP')
})

test('a fault of the source passes through the decompressor unchanged', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield gzipSync('text').subarray(0, 15)
    throw new Fault('UPLOAD_CUT', 'file', 'the connection closed', 'Send it again.')
  }
  await assert.rejects(
    async () => {
      for await (const _ of uncompressed(failing(), 'file'));
    },
    (error: Fault) => error.code === 'UPLOAD_CUT',
  )
})
