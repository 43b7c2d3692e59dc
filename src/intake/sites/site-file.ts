import { closeSync, fstatSync, openSync } from 'node:fs'
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { readAt } from '../bgzf/run.ts'
import { type SiteWindow, unpackWindow } from './site-window.ts'

/** A value that every site of the file may have. */
export interface SiteColumn {
  /** INFO key it is written under. */
  readonly id: string
  readonly type: 'Integer' | 'Float' | 'String'
  readonly description: string
}

/** Where the windows of a contig lie in the file; window n holds positions [n * 2^20, (n + 1) * 2^20), 1-based positions. */
export interface SiteContig {
  /** By `contigKey`. */
  readonly key: string
  readonly first: number
  /** Byte of each window from the first on, and one byte beyond the last. */
  readonly offsets: readonly number[]
}

/** What a site file says of itself. */
export interface SiteDirectory {
  readonly format: 1
  readonly source: string
  readonly version: string | undefined
  readonly assembly: Assembly
  readonly columns: readonly SiteColumn[]
  readonly contigs: readonly SiteContig[]
  readonly sites: number
  /** ALTs that are not bases ("<DEL>", "*"), and sites that were named again: neither is in the file. */
  readonly skipped: number
  readonly repeated: number
  /** Sites that were named again with other values; older files do not say. */
  readonly differing?: number
}

/**
 * Layout of a site file: MAGIC, windows packed by zstd with its checksum, the directory as JSON, its length and CRC-32, MAGIC.
 */
export const MAGIC = Buffer.from('garrod-sites-1\n\0')
const LARGEST_DIRECTORY = 1 << 28
/** Windows held at once. */
const HELD = 4

/** A site file opened to be looked up in. */
export class SiteFile {
  readonly path: string
  readonly directory: SiteDirectory
  readonly #fd: number
  readonly #contigs: ReadonlyMap<string, SiteContig>
  readonly #held = new Map<number, SiteWindow>()

  /** Throws FILE_NOT_FOUND, FILE_UNREADABLE or SITES_DAMAGED. */
  constructor(path: string) {
    this.path = path
    this.#fd = opened(path)
    const { size } = fstatSync(this.#fd)
    const end = MAGIC.length + 8
    const tail = readAt(this.#fd, Math.max(0, size - end), end)
    const head = readAt(this.#fd, 0, MAGIC.length)
    if (size < 2 * end || !head.equals(MAGIC) || !tail.subarray(8).equals(MAGIC))
      throw damagedSites(path, 'it is not a whole site file')
    const length = tail.readUInt32LE(0)
    if (length > Math.min(size - end, LARGEST_DIRECTORY))
      throw damagedSites(path, 'its directory is out of range')
    const text = readAt(this.#fd, size - end - length, length)
    if (crc32(text) !== tail.readUInt32LE(4)) throw damagedSites(path, 'its directory does not check')
    this.directory = JSON.parse(text.toString('utf8')) as SiteDirectory
    this.#contigs = new Map(this.directory.contigs.map((one) => [one.key, one]))
  }

  contig(key: string): SiteContig | undefined {
    return this.#contigs.get(key)
  }

  /** The window with this number, or undefined where the contig has no sites there. Throws SITES_DAMAGED. */
  window(contig: SiteContig, number: number): SiteWindow | undefined {
    const place = number - contig.first
    const from = contig.offsets[place]
    const to = contig.offsets[place + 1]
    if (from === undefined || to === undefined || from === to) return undefined
    const held = this.#held.get(from)
    if (held !== undefined) return held
    let window: SiteWindow
    try {
      window = unpackWindow(readAt(this.#fd, from, to - from), this.directory.columns.length)
    } catch {
      throw damagedSites(this.path, `bytes ${from} to ${to} do not check`)
    }
    const oldest = this.#held.keys().next()
    if (this.#held.size >= HELD && !oldest.done) this.#held.delete(oldest.value)
    this.#held.set(from, window)
    return window
  }

  close(): void {
    closeSync(this.#fd)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw fileFault(error, path)
  }
}

function damagedSites(path: string, what: string): Fault {
  return new Fault(
    'SITES_DAMAGED',
    basename(path),
    `the site file cannot be used: ${what}`,
    'Make it again with "garrod vcf sites".',
  )
}
