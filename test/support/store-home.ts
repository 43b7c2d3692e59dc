import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMarkAlive, markOfThisProcess } from '../../src/store/database/process-life.ts'
import { stopEmbedded } from '../../src/store/embedded/control.ts'

/** A new GARROD_HOME for one test file. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), `garrod-test-${markOfThisProcess()}-`))
}

/** Stops what still runs there and deletes everything; then what test runs that were killed left running. */
export async function removeHome(home: string): Promise<void> {
  await stopAndDelete(home)
  for (const name of readdirSync(tmpdir())) {
    const [, mark] = /^garrod-test-(\d+-\d+)-/.exec(name) ?? []
    if (mark !== undefined && !isMarkAlive(mark))
      await stopAndDelete(join(tmpdir(), name)).catch(() => undefined)
  }
}

async function stopAndDelete(home: string): Promise<void> {
  await stopEmbedded(home, true)
  rmSync(home, { recursive: true, force: true })
}
