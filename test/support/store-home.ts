import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopEmbedded } from '../../src/store/embedded/control.ts'

/** A new GARROD_HOME for one test file. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'garrod-test-'))
}

/** Stops what still runs there and deletes everything. */
export async function removeHome(home: string): Promise<void> {
  await stopEmbedded(home, true)
  rmSync(home, { recursive: true, force: true })
}
