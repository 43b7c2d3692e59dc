import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type BackupReader, unreadable } from './backup-file.ts'

const count = z.number().int().min(0)
const sqlName = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** First member of a backup: what it is of. docs/backup.md describes the format. */
export const BackupHead = z.strictObject({
  format: z.literal('garrod-backup-1'),
  takenAt: z.iso.datetime(),
  garrod: z.string(),
  storeId: z.uuid(),
  /** Version of the server it was taken from. */
  postgres: z.string(),
  migrations: z.array(z.strictObject({ number: count, name: z.string(), sha256 })),
  tables: z.array(
    z.strictObject({
      name: sqlName,
      columns: z.array(sqlName).min(1),
      /** Columns that must have a value. */
      needed: z.array(sqlName),
    }),
  ),
})
export type BackupHead = z.infer<typeof BackupHead>

/** Last member: what all the others must be. A backup without it was never finished. */
export const Manifest = z.strictObject({
  members: z.array(z.strictObject({ name: z.string(), bytes: count, sha256 })),
  rows: z.record(z.string(), count),
  /** Received files that records rest on and that were not in the archive. */
  missing: z.array(z.string()),
  /** Where the audit logs stood. */
  audit: z.array(z.strictObject({ tenant: z.string(), size: count, root: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>

export const HEAD_NAME = 'garrod-backup.json'
export const MANIFEST_NAME = 'manifest.json'
export const ARCHIVE = 'archive/'

export function chunkName(table: string, chunk: number): string {
  return `tables/${table}/${String(chunk).padStart(6, '0')}.copy.gz`
}

export interface ReadBackup {
  readonly head: BackupHead
  readonly manifest: Manifest
}

/**
 * Reads every byte of a backup and compares it with its manifest. Throws BACKUP_UNREADABLE, naming the first member
 * that is altered, missing or not spoken of.
 */
export async function checkBackup(reader: BackupReader): Promise<ReadBackup> {
  const head = await parsedMember(reader, HEAD_NAME, BackupHead)
  const manifest = await parsedMember(reader, MANIFEST_NAME, Manifest)
  const spokenOf = new Set([MANIFEST_NAME, ...manifest.members.map(({ name }) => name)])
  const stranger = reader.names.find((name) => !spokenOf.has(name))
  if (stranger !== undefined) {
    throw unreadable(reader.path, `"${stranger}" is not spoken of in the manifest`)
  }
  for (const { name, bytes, sha256 } of manifest.members) {
    const hash = createHash('sha256')
    let read = 0
    for await (const chunk of reader.read(name)) {
      hash.update(chunk)
      read += chunk.length
    }
    if (read !== bytes || hash.digest('hex') !== sha256)
      throw unreadable(reader.path, `"${name}" was altered`)
  }
  return { head, manifest }
}

async function parsedMember<S extends z.ZodType>(
  reader: BackupReader,
  name: string,
  schema: S,
): Promise<z.output<S>> {
  try {
    return schema.parse(JSON.parse(await reader.text(name)))
  } catch {
    throw unreadable(reader.path, `"${name}" is missing or not as this version of Garrod writes it`)
  }
}
