import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { blockSize, damaged, truncated } from './block.ts'

const inflate = promisify(gunzip)

/** How much is handed to one thread at a time: compressed bytes, and a cap on what they may become. */
const BATCH = 1 << 20
const BATCH_INFLATED = 1 << 22
/** Batches under way at once: one is scanned while the next are inflated on other threads. */
const AHEAD = 2

/**
 * The text of a bgzip file, checked: every block's CRC-32 and length, no bytes between blocks, and the empty block that
 * marks the end. Throws TRUNCATED_GZIP when the file was cut, DAMAGED_GZIP when a block does not check.
 */
export async function* inflateBgzip(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const under: Promise<Uint8Array>[] = []
  let offset = 0
  let endsEmpty = false
  const batches = wholeBlocks(chunks, name, (last) => {
    endsEmpty = last
  })
  try {
    for await (const batch of batches) {
      under.push(inflated(batch, offset, name))
      offset += batch.bytes.length
      if (under.length > AHEAD) yield await (under.shift() as Promise<Uint8Array>)
    }
    while (under.length > 0) yield await (under.shift() as Promise<Uint8Array>)
  } finally {
    // A batch that fails after the reader has gone must not become an unhandled rejection.
    for (const one of under) one.catch(() => {})
  }
  if (!endsEmpty) throw truncated(name, 'the empty block that ends a bgzip file is missing')
}

interface Batch {
  readonly bytes: Uint8Array
  readonly inflatedSize: number
}

async function inflated(batch: Batch, offset: number, name: string): Promise<Uint8Array> {
  let text: Uint8Array
  try {
    // One output buffer of the right size keeps the whole batch on the other thread.
    const size = Math.max(batch.inflatedSize, 64)
    text = await inflate(batch.bytes, { chunkSize: size, maxOutputLength: size })
  } catch {
    throw damaged(name, offset, batch.bytes.length)
  }
  if (text.length !== batch.inflatedSize) throw damaged(name, offset, batch.bytes.length)
  return text
}

/** Cuts the stream into runs of whole blocks; `ended` says whether the last block so far was an empty one. */
async function* wholeBlocks(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  ended: (empty: boolean) => void,
): AsyncGenerator<Batch> {
  let held: Uint8Array = new Uint8Array(0)
  let offset = 0
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    let start = 0
    let at = 0
    let size = 0
    for (;;) {
      if (held.length - at < 18) break
      const length = blockSize(held, at)
      if (length <= 0) throw damaged(name, offset + at, 18)
      if (held.length - at < length) break
      const view = new DataView(held.buffer, held.byteOffset + at, length)
      const inflatedLength = view.getUint32(length - 4, true)
      if (inflatedLength > 65536) throw damaged(name, offset + at, length)
      if (at > start && (at - start >= BATCH || size + inflatedLength > BATCH_INFLATED)) {
        yield { bytes: held.subarray(start, at), inflatedSize: size }
        start = at
        size = 0
      }
      size += inflatedLength
      at += length
      ended(inflatedLength === 0)
    }
    if (at > start) yield { bytes: held.subarray(start, at), inflatedSize: size }
    held = held.subarray(at)
    offset += at
  }
  if (held.length > 0) throw truncated(name, `the last block, at byte ${offset}, is not complete`)
}
