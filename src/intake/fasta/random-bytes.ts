import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'

/** Bytes of a file from any place in it, as they are when uncompressed. */
export interface RandomBytes {
  /** Uncompressed size in bytes. */
  readonly size: number
  /** Bytes [start, end); fewer where the file ends before. */
  read(start: number, end: number): Buffer
  close(): void
}

/** A file on disk, opened for reading at any place. Throws FILE_NOT_FOUND or FILE_UNREADABLE. */
export class PlainFile implements RandomBytes {
  readonly size: number
  readonly #fd: number

  constructor(path: string) {
    try {
      this.#fd = openSync(path, 'r')
    } catch (error) {
      throw fileFault(error, path)
    }
    const found = fstatSync(this.#fd)
    if (!found.isFile()) {
      closeSync(this.#fd)
      throw new Fault('FILE_UNREADABLE', path, 'this is not a file', 'Give the path of one file on disk.')
    }
    this.size = found.size
  }

  read(start: number, end: number): Buffer {
    const wanted = Math.max(0, Math.min(end, this.size) - start)
    const bytes = Buffer.allocUnsafe(wanted)
    let got = 0
    while (got < wanted) {
      const more = readSync(this.#fd, bytes, got, wanted - got, start + got)
      if (more === 0) break
      got += more
    }
    return bytes.subarray(0, got)
  }

  close(): void {
    closeSync(this.#fd)
  }
}
