import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../terms/fault.ts'
import { isMarkAlive, markOfThisProcess } from '../database/process-life.ts'

/** Longest wait for another process to start or stop the server, ms. A first start takes about a second. */
const PATIENCE = 60_000

/**
 * Runs `work` while no other process holds the lock file. The file appears whole (written beside, then linked) and
 * names its holder; the lock of a process that died, even by kill -9, is taken over. Throws DATABASE_LOCKED after a minute.
 */
export async function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE
  while (!tryLock(path)) {
    if (performance.now() > deadline) {
      throw new Fault(
        'DATABASE_LOCKED',
        path,
        'another process has been starting or stopping the embedded database for a minute',
        `See what process ${holderOf(path)?.split('-')[0] ?? '(gone)'} is doing, end it if it hangs, and run the command again.`,
      )
    }
    await sleep(5)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function tryLock(path: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, markOfThisProcess())
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const holder = holderOf(path)
  if (holder !== undefined && !isMarkAlive(holder)) takeAway(path, holder)
  return false
}

function holderOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Removes a dead holder's lock. Moved aside first: only one process can, and it puts back a lock that is another's. */
function takeAway(path: string, deadHolder: string): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') !== deadHolder) linkSync(aside, path)
  } catch {
    // Someone else was faster; the next try sees what is there now.
  }
  rmSync(aside, { force: true })
}
