import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Fault } from '../terms/fault.ts'

const inflate = promisify(gunzip)

/** How much is handed to one thread at a time: compressed bytes, and a cap on what they may become. */
const BATCH = 1 << 20
const BATCH_INFLATED = 1 << 22
/** Batches under way at once: one is scanned while the next are inflated on other threads. */
const AHEAD = 2

/**
 * True when the bytes open a bgzip (BGZF) file: gzip with an extra field "BC" in the first header.
 * Source: SAM/BAM specification v1, section 4.1. Needs the first 18 bytes.
 */
export function isBgzip(head: Uint8Array): boolean {
  return blockSize(head, 0) > 0
}

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

/** Total size of the block at `at`, from its "BC" field; -1 when this is not a bgzip block. */
function blockSize(bytes: Uint8Array, at: number): number {
  if (bytes.length - at < 18) return -1
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || bytes[at + 3] !== 4) return -1
  const extra = bytes[at + 10]! + 256 * bytes[at + 11]!
  let field = at + 12
  const end = Math.min(field + extra, bytes.length)
  while (field + 6 <= end) {
    const length = bytes[field + 2]! + 256 * bytes[field + 3]!
    if (bytes[field] === 66 && bytes[field + 1] === 67 && length === 2) {
      const size = bytes[field + 4]! + 256 * bytes[field + 5]! + 1
      return size >= 12 + extra + 8 ? size : -1
    }
    field += 4 + length
  }
  return -1
}

export function truncated(name: string, what: string): Fault {
  return new Fault(
    'TRUNCATED_GZIP',
    name,
    what,
    'The file was cut short. Copy or download it again; nothing of it was used.',
  )
}

function damaged(name: string, offset: number, length: number): Fault {
  return new Fault(
    'DAMAGED_GZIP',
    `${name}: bytes ${offset} to ${offset + length}`,
    'a compressed block does not check (wrong header, length or CRC-32)',
    'The file was altered on its way. Copy or download it again; nothing of it was used.',
  )
}
