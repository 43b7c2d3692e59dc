import { closeSync } from 'node:fs'
import { notEnded, openPlaced, runAt, textOf } from './run.ts'

/**
 * The uncompressed bytes of a file on disk that is plain, gzip or bgzip, read to its end and checked. Lists and headers are
 * read by this at every start, so what a stream and plain gzip need is loaded only where there is one.
 */
export async function* textOfFile(path: string, name: string): AsyncGenerator<Uint8Array> {
  const file = openPlaced(path, name)
  if (file === undefined) {
    const { openUpload } = await import('../upload.ts')
    const { uncompressed } = await import('../compression.ts')
    yield* uncompressed((await openUpload(name, { path })).chunks, name)
    return
  }
  try {
    for (let offset = 0; offset < file.size; ) {
      const run = runAt(file, offset)
      offset += run.bytes.length
      if (offset >= file.size && !run.endsEmpty) throw notEnded(file)
      const text = textOf(file, run)
      yield file.compressed ? Buffer.from(text) : text
    }
  } finally {
    closeSync(file.fd)
  }
}
