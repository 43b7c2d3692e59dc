import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { SourceFile } from '../record/genotype.ts'
import { Fault } from '../terms/fault.ts'
import { fileFault } from '../terms/file-fault.ts'

/** Where the bytes of a received file are. */
export type Content =
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
  | { readonly stream: AsyncIterable<Uint8Array>; readonly size?: number }

/** Bytes read so far and, where it is known, of how many; counted on the file as received, before decompression. */
export type Progress = (read: number, total: number | undefined) => void

/** One file as it arrives: its bytes, counted and hashed while they pass. */
export interface Upload {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
  /** The finished description. Call it after the last chunk. */
  source(format: SourceFile['format']): SourceFile
}

/** Opens a file, buffer or stream. Throws FILE_NOT_FOUND, FILE_UNREADABLE or EMPTY_FILE. */
export async function openUpload(name: string, content: Content, progress?: Progress): Promise<Upload> {
  const total = 'path' in content ? await sizeOf(content.path, name) : sizeInMemory(content)
  const hash = createHash('sha256')
  let sha256: string | undefined
  let read = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytesOf(content, name)) {
      if (chunk.length === 0) continue
      hash.update(chunk)
      read += chunk.length
      yield chunk
      progress?.(read, total)
    }
    if (read === 0) throw emptyFile(name)
    sha256 = hash.digest('hex')
  }
  return { name, chunks: chunks(), source: (format) => ({ name, format, sha256 }) }
}

export function emptyFile(name: string): Fault {
  return new Fault(
    'EMPTY_FILE',
    name,
    'the file is empty',
    'Send the file again; the transfer may have been cut.',
  )
}

async function* bytesOf(content: Content, name: string): AsyncGenerator<Uint8Array> {
  if ('bytes' in content) {
    yield content.bytes
    return
  }
  if ('stream' in content) {
    yield* content.stream
    return
  }
  try {
    for await (const chunk of createReadStream(content.path, { highWaterMark: 1 << 20 })) yield chunk
  } catch (error) {
    throw fileFault(error, name)
  }
}

async function sizeOf(path: string, name: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) {
      throw new Fault('FILE_UNREADABLE', name, 'this is a folder, not a file', 'Give the path of one file.')
    }
    return found.isFile() ? found.size : undefined
  } catch (error) {
    throw fileFault(error, name)
  }
}

function sizeInMemory(content: Exclude<Content, { path: string }>): number | undefined {
  return 'bytes' in content ? content.bytes.length : content.size
}
