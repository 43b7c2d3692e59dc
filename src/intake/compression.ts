import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Fault } from '../terms/fault.ts'
import { isBgzip, truncated } from './bgzf/block.ts'
import { inflateBgzip } from './bgzf/stream.ts'
import { emptyFile } from './upload.ts'

/**
 * The uncompressed bytes of a file that is plain, gzip or bgzip, told apart by its first bytes and never by its name.
 * A damaged or cut file ends in a fault, so a reader that comes to the end has seen all of it.
 */
export async function* uncompressed(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(chunks, 18)
  if (head.length === 0) throw emptyFile(name)
  if (head[0] === 0x1f && head[1] === 0x8b)
    yield* isBgzip(head) ? inflateBgzip(all, name) : inflateGzip(all, name)
  else yield* all
}

/** The first bytes of a stream, and the whole stream still to be read, or closed when it is not wanted. */
interface Peeked {
  readonly head: Uint8Array
  readonly all: AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

/** Reads until at least `wanted` bytes are there, or the stream ends. */
export async function peek(chunks: AsyncIterable<Uint8Array>, wanted: number): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < wanted) {
    const next = await iterator.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head
      for (;;) {
        const next = await iterator.next()
        if (next.done) return
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return {
    head,
    all: all(),
    close: async () => {
      await iterator.return?.()
    },
  }
}

async function* inflateGzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 1 << 20 })
  // The failure reaches the reader through `gunzip`; a fault of the source itself is kept to be thrown as it is.
  let failure: unknown
  const pumped = pipeline(Readable.from(chunks), gunzip).catch((error: unknown) => {
    failure = error
  })
  try {
    for await (const text of gunzip) yield text
  } catch (error) {
    await pumped
    throw gzipFault(failure ?? error, name)
  } finally {
    gunzip.destroy()
  }
  await pumped
  if (failure !== undefined) throw gzipFault(failure, name)
}

function gzipFault(error: unknown, name: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'Z_BUF_ERROR') return truncated(name, 'the compressed data end too early')
  if (code.startsWith('Z_')) {
    return new Fault(
      'DAMAGED_GZIP',
      name,
      `the compressed data do not check (${(error as Error).message})`,
      'The file was altered on its way. Copy or download it again; nothing of it was used.',
    )
  }
  return error
}
