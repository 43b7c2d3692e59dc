import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { PackRef } from '../terms/evidence.ts'
import { Fault } from '../terms/fault.ts'
import { notJson } from '../terms/not-json.ts'

/** The head of one versioned set of facts: where it came from, under which licence, and a checksum of its files. */
export const FactPack = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  source: z.url(),
  version: z.string().regex(/^[A-Za-z0-9.-]+$/),
  retrieved: z.iso.date(),
  licence: z.string().min(1),
  /** Who must be named, as NOTICE prints it. */
  attribution: z.string().min(1),
  /** What a reader must know before relying on it, in our own words. */
  limits: z.array(z.string()).default([]),
  /** SHA-256 over "<sha256 of file>  <file name>\n" of every other file of the folder, sorted by name. */
  sha256: z.string().length(64),
})
export type FactPack = z.infer<typeof FactPack>

/** Checksum of the files of a pack folder, pack.json excepted. */
export function checksumOf(files: ReadonlyMap<string, Buffer>): string {
  const lines = [...files.keys()]
    .sort()
    .map((name) => `${createHash('sha256').update(files.get(name)!).digest('hex')}  ${name}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** Reads every file of a pack folder except pack.json. Throws FACTS_FILE_UNREADABLE, also on a folder in the pack. */
export function packFiles(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const name of readdirSync(folder).sort()) {
    if (name === 'pack.json') continue
    try {
      files.set(name, readFileSync(join(folder, name)))
    } catch (error) {
      throw new Fault(
        'FACTS_FILE_UNREADABLE',
        join(folder, name),
        `a file of the pack cannot be read: ${(error as Error).message}`,
        'A pack holds plain files that may be read; restore the folder or import the pack again.',
      )
    }
  }
  return files
}

/** One pack on disk, verified when it was opened. */
export class OpenPack {
  readonly head: FactPack
  readonly folder: string
  readonly #files: ReadonlyMap<string, Buffer>

  constructor(head: FactPack, folder: string, files: ReadonlyMap<string, Buffer>) {
    this.head = head
    this.folder = folder
    this.#files = files
  }

  get ref(): PackRef {
    return { id: this.head.id, version: this.head.version }
  }

  get fileNames(): string[] {
    return [...this.#files.keys()]
  }

  /** UTF-8 text of one file. Throws FACTS_FILE_MISSING. */
  text(name: string): string {
    const bytes = this.#files.get(name)
    if (bytes === undefined) {
      throw new Fault(
        'FACTS_FILE_MISSING',
        join(this.folder, name),
        `pack ${this.head.id}@${this.head.version} has no file "${name}"`,
        'Install the pack again with "garrod facts import".',
      )
    }
    return bytes.toString('utf8')
  }
}

/**
 * Opens one pack folder. Throws FACTS_HEAD_INVALID when pack.json is not a pack head, FACTS_CHECKSUM when a file
 * was changed after the pack was made.
 */
export function openPack(folder: string): OpenPack {
  const head = readHead(folder)
  const files = packFiles(folder)
  const found = checksumOf(files)
  if (found !== head.sha256) {
    throw new Fault(
      'FACTS_CHECKSUM',
      folder,
      `pack ${head.id}@${head.version} was changed after it was made: checksum ${found.slice(0, 12)}…, expected ${head.sha256.slice(0, 12)}…`,
      'Restore the folder, or import the pack again; a reviewed change belongs in a new version.',
    )
  }
  return new OpenPack(head, folder, files)
}

/** Reads and validates pack.json without reading the other files. */
export function readHead(folder: string): FactPack {
  const path = join(folder, 'pack.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Fault(
      'FACTS_HEAD_INVALID',
      path,
      'there is no pack.json here',
      'Point to a folder that holds one fact pack.',
    )
  }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new Fault(
      'FACTS_HEAD_INVALID',
      path,
      `pack.json: ${notJson(error, text)}`,
      'Restore the file from the release.',
    )
  }
  const parsed = FactPack.safeParse(raw)
  if (!parsed.success) {
    throw new Fault(
      'FACTS_HEAD_INVALID',
      path,
      `pack.json is not a pack head: ${z.prettifyError(parsed.error)}`,
      'Restore the file from the release.',
    )
  }
  return parsed.data
}
