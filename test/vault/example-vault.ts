import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/store/database/query.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { type Unlocked, unlock } from '../../src/store/vault/unlock.ts'
import { keyringOf } from '../support/keyring.ts'

/** A database with its vault, without the rest of the store. */
export async function openVault(home: string): Promise<{ database: Database } & Unlocked> {
  const database = await openEmbedded(home)
  try {
    await migrate(database)
    return { database, ...(await unlock(database, keyringOf(home))) }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A copy of a folder, as a backup would keep it. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'garrod-copy-'))
  copyInto(folder, copy)
  return copy
}

/** Copies what is in a folder into another, owners included: the database's files belong to its own user. */
export function copyInto(folder: string, target: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', `${folder}/.`, target], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
